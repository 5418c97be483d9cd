import OpenQASM
import QuantumCircuits

// Circuits that protocols are about: checked when a protocol is made, and OpenQASM in its manifest.
extension Circuit {
  /// - Throws: `BenchmarkError.settings` for a circuit that is not made of gates on so many qubits, and for a single shot.
  func checkPreparation(for user: String, qubits: ClosedRange<Int>, shots: Int) throws(BenchmarkError) {
    guard qubits.contains(qubitCount), isUnitary, parameterCount + featureCount == 0, shots >= 2 else {
      throw .settings(
        "\(user) takes a circuit of gates on \(qubits.lowerBound) to \(qubits.upperBound) qubits without open parameters, and at least 2 "
          + "shots.")
    }
  }
}

extension KeyedDecodingContainer {
  /// The circuit of an OpenQASM text.
  func decodeCircuit(forKey key: Key) throws -> Circuit {
    try CircuitFile(openQASM: decode(String.self, forKey: key), named: key.stringValue).circuit
  }
}

extension KeyedEncodingContainer {
  mutating func encode(_ circuit: Circuit, forKey key: Key) throws { try encode(CircuitFile(circuit).openQASM(), forKey: key) }
}
