/// A qubit on which an operation depends: it acts only where the qubit has the given value.
public struct Control: Sendable, Hashable, Codable, ExpressibleByIntegerLiteral {
  /// Which qubit.
  public let qubit: Int
  /// Whether it acts on |1>, the usual control, or on |0>.
  public let isOne: Bool

  public init(_ qubit: Int, isOne: Bool = true) {
    self.qubit = qubit
    self.isOne = isOne
  }

  /// A control on |1>.
  public init(integerLiteral qubit: Int) { self.init(qubit) }
}
