import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

struct AlgorithmTests {
  @Test(arguments: 1...5)
  func qftIsTheFourierMatrix(_ qubits: Int) {
    let dimension = 1 << qubits
    let norm = 1 / Double(dimension).squareRoot()
    let fourier = ComplexMatrix(
      (0..<dimension).map { row in
        (0..<dimension).map { Complex(length: norm, phase: 2 * .pi * Double(row * $0 % dimension) / Double(dimension)) }
      })
    #expect(maximumDifference(fullUnitary(.qft(qubits: qubits)), fourier) < 1e-13)
    #expect(maximumDifference(fullUnitary(Circuit.qft(qubits: qubits).inverse), fourier.adjoint) < 1e-13)
    #expect(Circuit.qft(qubits: qubits, reversesOrder: false).operationCount == qubits * (qubits + 1) / 2)
  }

  @Test func ghzIsTheEvenSuperposition() {
    let amplitudes = fullUnitary(.ghz(qubits: 4)).column(0)
    let expected = (0..<16).map { Complex($0 == 0 || $0 == 15 ? 0.5.squareRoot() : 0) }
    #expect(maximumDifference(amplitudes, expected) < 1e-15)
  }

  /// exp(-i t H) by the exponential of the matrix.
  static func evolution(_ hamiltonian: PauliSum, _ time: Double, qubits: Int) throws -> ComplexMatrix {
    try (Complex(0, -time) * hamiltonian.matrix(qubits: qubits)).exponential()
  }

  @Test func termsThatCommuteEvolveExactly() throws {
    let hamiltonian = 0.7 * Z(0) * Z(1) - 0.3 * Z(2) + 0.4
    let exact = try Self.evolution(hamiltonian, 1.3, qubits: 3)
    #expect(maximumDifference(fullUnitary(.trotterEvolution(hamiltonian, time: 1.3, steps: 1)), exact) < 1e-13)
    let feature = Circuit.trotterEvolution(hamiltonian, time: .feature(0), steps: 2, order: 2)
    #expect(maximumDifference(fullUnitary(feature, features: [1.3]), exact) < 1e-13)
  }

  @Test(arguments: [1, 2])
  func errorsFallWithTheOrder(_ order: Int) throws {
    let hamiltonian = Z(0) * Z(1) + 0.7 * X(0) + 0.4 * X(1) - 0.2 * Y(0) * Z(1)
    let exact = try Self.evolution(hamiltonian, 0.9, qubits: 2)
    func error(_ steps: Int) -> Double {
      maximumDifference(fullUnitary(.trotterEvolution(hamiltonian, time: 0.9, steps: steps, order: order)), exact)
    }
    // Twice the steps: half the error in first order, a quarter in second.
    let ratio = error(16) / error(32)
    #expect((ratio - (order == 1 ? 2 : 4)).magnitude < 0.15)
    #expect(error(32) < (order == 1 ? 0.03 : 0.001))
  }

  @Test func aWiderCircuitCanBeAskedFor() {
    #expect(Circuit.trotterEvolution(1 * Z(0), time: 1, steps: 1, qubits: 3).qubitCount == 3)
  }
}
