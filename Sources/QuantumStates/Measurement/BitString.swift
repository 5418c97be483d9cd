/// The outcome of measuring several qubits, printed with bit 0 on the right: `|q2 q1 q0>` -> "011" means q0 = q1 = 1.
///
/// Bit j belongs to the j-th measured qubit; measuring all qubits gives a basis index.
public struct BitString: Sendable, Hashable, Codable {
  /// The bits as an integer, bit 0 the least significant.
  public let value: Int
  /// How many bits.
  public let width: Int

  /// - Parameters:
  ///   - value: in 0..<2^width.
  ///   - width: 0...62 bits.
  public init(_ value: Int, width: Int) {
    precondition((0...62).contains(width), "BitString: width is \(width), must be 0...62")
    precondition(value >= 0 && value >> width == 0, "BitString: \(value) does not fit \(width) bits")
    self.value = value
    self.width = width
  }

  /// The value of one bit, 0 or 1.
  public subscript(bit: Int) -> Int {
    precondition((0..<width).contains(bit), "BitString: bit \(bit) outside 0..<\(width)")
    return (value >> bit) & 1
  }
}

extension BitString: LosslessStringConvertible {
  /// Bit 0 on the right, all bits shown.
  public var description: String {
    String((0..<width).reversed().map { self[$0] == 1 ? "1" : "0" })
  }

  /// Reads what `description` prints; nil for anything but 0 and 1, or more than 62 of them.
  public init?(_ text: String) {
    guard text.utf8.count <= 62, text.utf8.allSatisfy({ $0 == UInt8(ascii: "0") || $0 == UInt8(ascii: "1") }) else { return nil }
    self.init(text.utf8.reduce(0) { $0 << 1 | Int($1 - UInt8(ascii: "0")) }, width: text.utf8.count)
  }
}

extension BitString: ExpressibleByStringLiteral {
  /// `"011"`; anything but 0 and 1 is a programming error.
  public init(stringLiteral text: String) {
    guard let bits = BitString(text) else { preconditionFailure("BitString: \"\(text)\" must hold at most 62 digits 0 and 1") }
    self = bits
  }
}

extension BitString: Comparable {
  public static func < (left: BitString, right: BitString) -> Bool { (left.width, left.value) < (right.width, right.value) }
}
