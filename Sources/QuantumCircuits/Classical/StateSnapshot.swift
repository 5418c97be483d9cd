import QuantumStates

/// What a circuit records of its state at a place, without disturbing it.
///
/// Running with shots averages over them; `exactSnapshots` of the circuit gives exact values.
public struct StateSnapshot: Sendable, Hashable {
  /// Under which name the result is kept; the same name may stand at several places, which are then numbered in order.
  public let label: String
  /// What is recorded.
  public let content: Content

  /// The kinds of records.
  public enum Content: Sendable, Hashable {
    /// The expectation value of an observable whose qubit q is target q.
    case expectation(PauliSum)
    /// The probabilities of all values of the targets, the first as the least significant bit.
    case probabilities
  }

  public init(_ label: String, _ content: Content) {
    self.label = label
    self.content = content
  }

  /// The observable as one of the qubits of the circuit; nil for other contents.
  func observable(on targets: [Int]) -> PauliSum? {
    if case .expectation(let observable) = content { observable.mapped(to: targets) } else { nil }
  }
}

extension Instruction {
  var isSnapshot: Bool { if case .snapshot = kind { true } else { false } }
  /// Whether the instruction is a snapshot or has one in its blocks.
  var containsSnapshot: Bool { isSnapshot || blocks.joined().contains(where: \.containsSnapshot) }
}

extension Circuit {
  /// Whether something of the state is recorded on the way, which runs with shots do.
  public var hasSnapshots: Bool { instructions.contains(where: \.containsSnapshot) }
}
