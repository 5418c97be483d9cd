import QuantumStates

/// Counts of the circuits of a plan, by name.
public struct BenchmarkData: Sendable, Hashable {
  /// How often each outcome of each circuit occurred.
  public let counts: [String: OutcomeCounts]

  public init(_ counts: [String: OutcomeCounts]) { self.counts = counts }

  /// How often each circuit was run: all equally often, as has been checked.
  var shots: Int { counts.first?.value.shots ?? 0 }

  /// The counts of a circuit, which are there: the data have been checked.
  subscript(name: String) -> OutcomeCounts { counts[name]! }

  /// - Throws: `BenchmarkError` for missing and unknown circuits, bit strings of the wrong width, and totals that differ.
  func check(_ benchmark: some FidelityProtocol) throws(BenchmarkError) {
    let names = benchmark.circuitNames
    let missing = names.filter { counts[$0] == nil }
    guard missing.isEmpty else { throw .missingCircuits(missing) }
    let unknown = Set(counts.keys).subtracting(names).sorted()
    guard unknown.isEmpty else { throw .unknownCircuits(unknown) }
    for (index, name) in names.enumerated() where self[name].width != benchmark.width(of: index) {
      throw .width(circuit: name, found: self[name].width, expected: benchmark.width(of: index))
    }
    guard let first = names.first else { return }
    let shots = self[first].shots
    for name in names where self[name].shots != shots || shots == 0 {
      throw .totals(circuit: name, found: self[name].shots, other: first, expected: shots)
    }
  }
}

/// Counts that say nothing, or not what they should.
public enum BenchmarkError: Error, Sendable, Hashable, CustomStringConvertible {
  /// Circuits of the plan without counts.
  case missingCircuits([String])
  /// Counts of circuits that are not in the plan.
  case unknownCircuits([String])
  /// Outcomes with another number of bits than the circuit measures.
  case width(circuit: String, found: Int, expected: Int)
  /// A circuit that was run more or less often than another.
  case totals(circuit: String, found: Int, other: String, expected: Int)
  /// Settings that no circuits follow from.
  case settings(String)
  /// An outcome that is no bit string, or a number of occurrences that is no whole number of at least 0.
  case entry(circuit: String, outcome: String, reason: String)
  /// A text that holds no counts.
  case unreadable(String)

  public var description: String {
    switch self {
    case .missingCircuits(let names):
      "There are no counts of \(Self.list(names)): run every circuit of the manifest, and keep its name."
    case .unknownCircuits(let names):
      "There are counts of \(Self.list(names)), which the plan does not have: are they of another benchmark, or another seed?"
    case .width(let circuit, let found, let expected):
      "The outcomes of \(circuit) have \(found) bits, the circuit measures \(expected): give every measured bit, and no other."
    case .totals(let circuit, let found, let other, let expected):
      "\(circuit) was run \(found) times and \(other) \(expected) times: run all circuits equally often, at least once."
    case .settings(let reason), .unreadable(let reason): reason
    case .entry(let circuit, let outcome, let reason): "The counts of \(circuit), outcome \(outcome): \(reason)."
    }
  }

  private static func list(_ names: [String]) -> String {
    names.count <= 3 ? names.joined(separator: ", ") : "\(names[0]), \(names[1]) and \(names.count - 2) other circuits"
  }
}
