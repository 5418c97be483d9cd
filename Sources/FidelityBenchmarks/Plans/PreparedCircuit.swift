import OpenQASM
import QuantumCircuits

// Circuits that protocols are about stand in manifests as OpenQASM.
extension KeyedDecodingContainer {
  /// The circuit of an OpenQASM text.
  func decodeCircuit(forKey key: Key) throws -> Circuit {
    try CircuitFile(openQASM: decode(String.self, forKey: key), named: key.stringValue).circuit
  }
}

extension KeyedEncodingContainer {
  mutating func encode(_ circuit: Circuit, forKey key: Key) throws { try encode(CircuitFile(circuit).openQASM(), forKey: key) }
}
