/// Settings of benchmarks that need no more than qubits and shots: `GHZFidelity`, `WFidelity`, `ReadoutCharacterization` and
/// `DetectorTomography`.
public struct RegisterSettings: Sendable, Hashable, Codable {
  /// How many, from qubit 0 on.
  public let qubits: Int
  /// Times that each circuit is run.
  public let shots: Int

  /// Settings that a benchmark checks.
  public init(qubits: Int, shots: Int) { (self.qubits, self.shots) = (qubits, shots) }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  func check(for user: String, qubits range: ClosedRange<Int>, shots least: Int = 2) throws(BenchmarkError) {
    guard range.contains(qubits), shots >= least else {
      throw .settings(
        "\(user) takes \(range.lowerBound) to \(range.upperBound) qubits and at least \(least) shot\(least == 1 ? "" : "s"), not \(qubits) "
          + "and \(shots).")
    }
  }
}
