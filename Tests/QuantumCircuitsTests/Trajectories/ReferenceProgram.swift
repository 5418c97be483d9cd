import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport

/// The exact distribution of a circuit's classical bits with the density matrix that goes with each value of them.
///
/// Slow and independent: full matrices, one unnormalised density matrix for each value of all bits.
struct ReferenceProgram {
  let circuit: Circuit
  /// By value of all bits; traces are probabilities.
  private(set) var densities: [Int: ComplexMatrix]

  init(_ circuit: Circuit) throws {
    self.circuit = circuit
    var start = ComplexMatrix(rows: 1 << circuit.qubitCount, columns: 1 << circuit.qubitCount)
    start[0, 0] = 1
    densities = [0: start]
    for instruction in circuit.instructions { densities = try run(instruction, densities) }
  }

  private func run(_ instruction: Instruction, _ states: [Int: ComplexMatrix]) throws -> [Int: ComplexMatrix] {
    switch instruction.kind {
    case .channel(let channel): return try applying(channel.kraus(), instruction.targets, states)
    case .reset:
      return instruction.targets.reduce(states) { applying([[[1, 0], [0, 0]], [[0, 1], [0, 0]]], [$1], $0) }
    case .measurement(let bits):
      return zip(instruction.targets, bits).reduce(states) { states, place in
        var result: [Int: ComplexMatrix] = [:]
        for (memory, density) in states {
          for outcome in 0..<2 {
            let projected = applying([.diagonal(outcome == 0 ? [1, 0] : [0, 1])], [place.0], [memory: density])[memory]!
            add(projected, to: memory & ~(1 << place.1) | outcome << place.1, &result)
          }
        }
        return result
      }
    case .assignment(let bits, let value):
      var result: [Int: ComplexMatrix] = [:]
      for (memory, density) in states {
        let number = value.value { memory >> $0 & 1 == 1 }
        let stored = bits.enumerated().reduce(memory) { $0 & ~(1 << $1.element) | (number >> $1.offset & 1) << $1.element }
        add(density, to: stored, &result)
      }
      return result
    case .conditional(let condition, let then, let otherwise):
      let parts = [true, false].map { wanted in states.filter { (condition.value(bit(of: $0.key)) != 0) == wanted } }
      var result: [Int: ComplexMatrix] = [:]
      for (block, part) in zip([then, otherwise], parts) {
        for (memory, density) in try block.reduce(part, { try run($1, $0) }) { add(density, to: memory, &result) }
      }
      return result
    case .loop(let condition, let limit, let body):
      var (running, result) = (states, [Int: ComplexMatrix]())
      for _ in 0...limit {
        for (memory, density) in running where condition.value(bit(of: memory)) == 0 { add(density, to: memory, &result) }
        running = running.filter { condition.value(bit(of: $0.key)) != 0 }
        running = try body.reduce(running) { try run($1, $0) }
      }
      return result
    default:
      let unitary = fullUnitary(try Circuit(qubits: circuit.qubitCount, instructions: [instruction]))
      return states.mapValues { unitary * $0 * unitary.adjoint }
    }
  }

  private func bit(of memory: Int) -> (Int) -> Bool { { memory >> $0 & 1 == 1 } }

  private func add(_ density: ComplexMatrix, to memory: Int, _ result: inout [Int: ComplexMatrix]) {
    result[memory] = result[memory].map { $0 + density } ?? density
  }

  private func applying(_ kraus: [ComplexMatrix], _ targets: [Int], _ states: [Int: ComplexMatrix]) -> [Int: ComplexMatrix] {
    let operators = kraus.map { ReferenceOperators.embedded($0, targets: targets, qubitCount: circuit.qubitCount) }
    return states.mapValues { density in
      operators.dropFirst().reduce(operators[0] * density * operators[0].adjoint) { $0 + $1 * density * $1.adjoint }
    }
  }

  /// The probability of each value of all bits.
  var probabilities: [Double] { (0..<1 << circuit.bitCount).map { max(0, densities[$0]?.trace.real ?? 0) } }

  /// The density matrix whatever the bits are.
  var density: ComplexMatrix {
    densities.values.reduce(ComplexMatrix(rows: 1 << circuit.qubitCount, columns: 1 << circuit.qubitCount), +)
  }

  func expectation(_ observable: PauliSum) -> Double { (observable.matrix(qubits: circuit.qubitCount) * density).trace.real }
}
