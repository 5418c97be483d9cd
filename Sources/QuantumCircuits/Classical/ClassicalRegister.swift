/// A named stretch of the classical bits of a circuit.
///
/// ```swift
/// var circuit = Circuit(qubits: 3)
/// let syndrome = circuit.addRegister("syndrome", size: 2)
/// circuit.append(Measure(0, into: syndrome[0]))
/// circuit.append(If(syndrome == 1) { X(2) })
/// ```
/// Convention: bit 0 of a register is the least significant bit of its value and stands on the right in print.
public struct ClassicalRegister: Sendable, Hashable, Codable {
  /// What the register is called; unlike all others of its circuit.
  public let name: String
  /// Its places among all classical bits of the circuit.
  public let bits: Range<Int>

  /// - Parameter bits: places among the bits of the circuit; the first register begins at 0, each other where the one before ends.
  public init(_ name: String, bits: Range<Int>) {
    precondition(
      bits.lowerBound >= 0 && !bits.isEmpty, "ClassicalRegister \(name): the bits \(bits) must be at least one, from 0 on")
    self.name = name
    self.bits = bits
  }

  /// How many bits.
  public var size: Int { bits.count }

  /// One bit of the register, numbered from 0.
  public subscript(bit: Int) -> ClassicalBit {
    precondition(0..<size ~= bit, "ClassicalRegister \(name): no bit \(bit) in a register of \(size)")
    return ClassicalBit(bits.lowerBound + bit)
  }
}

/// A classical bit of a circuit, by its place among all of them.
public struct ClassicalBit: Sendable, Hashable, Codable, ExpressibleByIntegerLiteral {
  /// The place among the bits of the circuit.
  public let index: Int

  public init(_ index: Int) { self.index = index }
  public init(integerLiteral index: Int) { self.init(index) }
}

extension [ClassicalRegister] {
  /// A bit as print shows it: `c[0]`, or `bit[0]` where no register holds it.
  func name(ofBit bit: Int) -> String {
    first { $0.bits.contains(bit) }.map { "\($0.name)[\(bit - $0.bits.lowerBound)]" } ?? "bit[\(bit)]"
  }

  /// Several bits as print shows them: the name of the register that they are, or one by one.
  func name(ofBits bits: [Int]) -> String {
    if let whole = first(where: { $0.bits.elementsEqual(bits) }), bits.count > 1 || whole.size == 1 { return whole.name }
    return bits.map { name(ofBit: $0) }.joined(separator: ",")
  }
}
