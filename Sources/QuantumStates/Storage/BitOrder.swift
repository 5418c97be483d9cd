/// Which end of a basis index qubit 0 is: every array of amplitudes that crosses a border carries this label.
public enum BitOrder: String, Sendable, Hashable, Codable {
  /// Qubit 0 is the least significant bit: the order used everywhere inside.
  case littleEndian
  /// Qubit 0 is the most significant bit.
  case bigEndian

  package func littleEndianIndex(_ index: Int, qubits: Int) -> Int {
    guard self == .bigEndian, qubits > 0 else { return index }
    var (rest, reversed) = (index, 0)
    for _ in 0..<qubits { (reversed, rest) = (reversed << 1 | rest & 1, rest >> 1) }
    return reversed
  }
}
