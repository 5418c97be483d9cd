/// Settings of benchmarks that ask whether a width is passed: `QuantumVolume` and `MirrorVolume`.
public struct VolumeSettings: Sendable, Hashable, Codable {
  /// Qubits, and layers.
  public let qubits: Int
  /// Random circuits; a claim takes 100.
  public let circuits: Int
  /// Times that each circuit is run.
  public let shots: Int

  /// Settings that a benchmark checks.
  public init(qubits: Int, circuits: Int, shots: Int) { (self.qubits, self.circuits, self.shots) = (qubits, circuits, shots) }

  /// - Throws: `BenchmarkError.settings` for settings that no circuits follow from.
  func check(for user: String, width range: ClosedRange<Int>, isEven: Bool) throws(BenchmarkError) {
    guard range.contains(qubits), !isEven || qubits.isMultiple(of: 2), circuits >= 2, shots >= 1 else {
      throw .settings(
        "\(user) takes \(isEven ? "an even number of " : "")\(range.lowerBound) to \(range.upperBound) qubits, at least 2 circuits and shots, "
          + "not \(qubits), \(circuits) and \(shots).")
    }
  }

  func names(_ word: String) -> [String] { (0..<circuits).map { "\(word)-\($0)" } }
}
