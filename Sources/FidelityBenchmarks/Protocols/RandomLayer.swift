import QuantumCircuits
import Randomness
import Stabilizers

/// A layer that random circuits are made of: CX on some neighbours of a chain, a random one-qubit Clifford element on every other
/// qubit.
struct RandomLayer {
  private let pairs: [(control: Int, target: Int)]
  private let elements: [(qubit: Int, element: Clifford)]

  /// - Parameters:
  ///   - count: the chain 0, 1, ..., count - 1.
  ///   - density: the share of qubits that are in a pair, on average, as far as pairs can be found.
  init(qubits count: Int, density: Double, using source: inout RandomSource) {
    var isTaken = [Bool](repeating: false, count: count)
    var edges: [Int] = []
    for edge in source.permutation(of: max(0, count - 1)) where !isTaken[edge] && !isTaken[edge + 1] {
      (isTaken[edge], isTaken[edge + 1]) = (true, true)
      edges.append(edge)
    }
    let share = edges.isEmpty ? 0 : min(1, Double(count) * density / Double(2 * edges.count))
    pairs = edges.filter { _ in source.uniform() < share }
      .map { edge in source.integer(below: 2) == 0 ? (edge, edge + 1) : (edge + 1, edge) }
    let paired = Set(pairs.flatMap { [$0.control, $0.target] })
    elements = (0..<count).filter { !paired.contains($0) }.map { ($0, Clifford.random(qubits: 1, using: &source)) }
  }

  var instructions: [Instruction] { instructions(elements) }
  var inverse: [Instruction] { instructions(elements.map { ($0.qubit, $0.element.inverse) }) }

  private func instructions(_ elements: [(qubit: Int, element: Clifford)]) -> [Instruction] {
    pairs.map { Instruction.gate(.cx, angles: [], qubits: [$0.control, $0.target]) }
      + elements.flatMap { $0.element.instructions(on: [$0.qubit]) }
  }

  /// The Clifford element of the layer on all qubits of the chain.
  func element(qubits count: Int) -> Clifford {
    let paired = pairs.reduce(Clifford.identity(count)) { $0.then(.cx, on: [$1.control, $1.target]) }
    return elements.reduce(paired) { $0.then($1.element, on: [$1.qubit]) }
  }
}

extension Circuit {
  /// Adds I, X, Y or Z to every qubit; the identity is left out.
  mutating func appendRandomPaulis(using source: inout RandomSource) {
    for qubit in 0..<qubitCount {
      let choice = source.integer(below: 4)
      if choice > 0 { append(Instruction.gate([Gate.x, .y, .z][choice - 1], on: qubit)) }
    }
  }

  /// What a Clifford circuit without noise measures; its outcome must not be one of chance.
  var certainOutcome: Int {
    do {
      return try stabilizerProgram().reference().enumerated().reduce(0) { $1.element ? $0 | 1 << $1.offset : $0 }
    } catch { preconditionFailure("\(error)") }
  }
}
