import OpenQASM
import QuantumCircuits

/// Settings of benchmarks that look at what a circuit does: `StateTomography`, `PurityTest` and `ProcessTomography`. In a manifest
/// the circuit is OpenQASM.
public struct PreparationSettings: Sendable, Codable {
  /// What is looked at, without measurements.
  public let circuit: Circuit
  /// Times that each circuit is run.
  public let shots: Int

  /// Settings that a benchmark checks.
  public init(circuit: Circuit, shots: Int) { (self.circuit, self.shots) = (circuit, shots) }

  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on so many qubits, and for a single shot.
  func check(for user: String, qubits: ClosedRange<Int>) throws(BenchmarkError) {
    guard qubits.contains(circuit.qubitCount), circuit.isUnitary, circuit.parameterCount + circuit.featureCount == 0, shots >= 2
    else {
      throw .settings(
        "\(user) takes a circuit of gates on \(qubits.lowerBound) to \(qubits.upperBound) qubits without open parameters, and at least 2 "
          + "shots.")
    }
  }

  private enum CodingKeys: CodingKey { case circuit, shots }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      circuit: try container.decodeCircuit(forKey: .circuit), shots: try container.decode(Int.self, forKey: .shots))
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(circuit, forKey: .circuit)
    try container.encode(shots, forKey: .shots)
  }
}
