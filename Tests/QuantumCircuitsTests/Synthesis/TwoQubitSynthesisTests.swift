import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

@Suite struct TwoQubitSynthesisTests {
  /// Unitaries without any symmetry, products, Clifford gates and others whose eigenvalues meet.
  static let matrices: [ComplexMatrix] = {
    var source = RandomSource(seed: 4)
    func one() -> ComplexMatrix { .randomUnitary(2, using: &source) }
    let random = (0..<30).map { _ in ComplexMatrix.randomUnitary(4, using: &source) }
    let products = (0..<5).map { _ in one().kronecker(one()) }
    let gates: [Gate] = [.cx, .cz, .swap, .iswap, .siswap, .ecr, .cy, .ch, .sswap]
    return random + products + [.identity(4)] + gates.map { $0.matrix() } + gates.map { one().kronecker(one()) * $0.matrix() }
  }()

  private static func unitary(_ circuit: Circuit) throws -> ComplexMatrix {
    var result = ComplexMatrix(rows: 4, columns: 4)
    for column in 0..<4 {
      var prepared = Circuit(qubits: 2)
      for qubit in 0..<2 where column >> qubit & 1 == 1 { prepared.append(X(qubit)) }
      prepared.append(circuit.instructions)
      let state = try prepared.run()
      for row in 0..<4 { result[row, column] = state[row] }
    }
    return result
  }

  @Test(arguments: matrices.indices) func threeCXGiveTheUnitary(_ place: Int) throws {
    let matrix = Self.matrices[place]
    for (first, second) in [(0, 1), (1, 0)] {
      var circuit = Circuit(qubits: 2)
      circuit.appendTwoQubit(matrix, on: first, second)
      #expect(circuit.instructions.count { $0.qubits.count == 2 } == 3)
      let swap = Gate.swap.matrix()
      let expected = first == 0 ? matrix : swap * matrix * swap
      #expect(try Self.unitary(circuit).isClose(to: expected, upToPhaseWithin: 1e-9))
    }
  }

  @Test func oneQubitAnglesGiveTheUnitary() {
    var source = RandomSource(seed: 5)
    let gates: [Gate] = [.id, .x, .y, .z, .h, .s, .sdg, .t, .sx]
    for matrix in gates.map({ $0.matrix() }) + (0..<20).map({ _ in ComplexMatrix.randomUnitary(2, using: &source) }) {
      guard case .gate(.u, let angles) = Instruction.euler(matrix, on: 0).kind else {
        Issue.record("no U")
        continue
      }
      let found = Gate.u.matrix(angles: angles.map { $0.value(parameters: [], features: []) })
      #expect(found.isClose(to: matrix, upToPhaseWithin: 1e-10))
    }
  }
}
