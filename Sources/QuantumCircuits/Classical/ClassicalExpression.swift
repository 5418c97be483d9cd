/// An integer computed from classical bits while a circuit runs: what conditions test and assignments store.
///
/// ```swift
/// If(flag[0] && !(syndrome == 3)) { X(2) }
/// ```
/// Convention: 0 is false, everything else is true; comparisons and logic give 0 or 1. Arithmetic wraps around at 64 bits.
public indirect enum ClassicalExpression: Sendable, Hashable, Codable {
  /// A number.
  case integer(Int)
  /// The value of up to `mostBits` bits, the first as the least significant, without a sign; of so many the last is the sign.
  case bits([Int])
  /// 1 where the operand is 0, else 0.
  case not(ClassicalExpression)
  /// Two operands joined.
  case binary(Operator, ClassicalExpression, ClassicalExpression)

  /// How two operands are joined; the raw value is the OpenQASM spelling.
  public enum Operator: String, Sendable, Hashable, Codable, CaseIterable {
    case equal = "=="
    case notEqual = "!="
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case and = "&&"
    case or = "||"
    case bitAnd = "&"
    case bitOr = "|"
    case bitXor = "^"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case plus = "+"
    case minus = "-"
    case times = "*"
  }

  /// How many bits one number holds.
  public static let mostBits = 64

  /// All bits that the value depends on, in the order of first use.
  public var usedBits: [Int] {
    var seen: Set<Int> = []
    return numbers.joined().filter { seen.insert($0).inserted }
  }

  /// The bits of each number that is read from some.
  var numbers: [[Int]] {
    switch self {
    case .integer: []
    case .bits(let bits): [bits]
    case .not(let operand): operand.numbers
    case .binary(_, let left, let right): left.numbers + right.numbers
    }
  }

  /// The value for given bits.
  public func value(_ bit: (Int) -> Bool) -> Int {
    switch self {
    case .integer(let value): value
    case .bits(let bits): bits.enumerated().reduce(0) { $0 | (bit($1.element) ? 1 << $1.offset : 0) }
    case .not(let operand): operand.value(bit) == 0 ? 1 : 0
    case .binary(let operation, let left, let right): operation.value(left.value(bit), right.value(bit))
    }
  }

  /// The expression with bit b replaced by bit `image(b)`.
  public func mappingBits(_ image: (Int) -> Int) -> ClassicalExpression {
    switch self {
    case .integer: self
    case .bits(let bits): .bits(bits.map(image))
    case .not(let operand): .not(operand.mappingBits(image))
    case .binary(let operation, let left, let right): .binary(operation, left.mappingBits(image), right.mappingBits(image))
    }
  }
}

extension ClassicalExpression.Operator {
  fileprivate func value(_ left: Int, _ right: Int) -> Int {
    switch self {
    case .equal: left == right ? 1 : 0
    case .notEqual: left != right ? 1 : 0
    case .less: left < right ? 1 : 0
    case .lessOrEqual: left <= right ? 1 : 0
    case .greater: left > right ? 1 : 0
    case .greaterOrEqual: left >= right ? 1 : 0
    case .and: left != 0 && right != 0 ? 1 : 0
    case .or: left != 0 || right != 0 ? 1 : 0
    case .bitAnd: left & right
    case .bitOr: left | right
    case .bitXor: left ^ right
    case .shiftLeft: left << right
    case .shiftRight: left >> right
    case .plus: left &+ right
    case .minus: left &- right
    case .times: left &* right
    }
  }
}

extension ClassicalExpression: CustomStringConvertible {
  public var description: String { text(registers: []) }

  /// The expression with bits under their names: `c == 3`, `c[0] && !d[1]`.
  public func text(registers: [ClassicalRegister]) -> String {
    switch self {
    case .integer(let value): return "\(value)"
    case .bits(let bits):
      let name = registers.name(ofBits: bits)
      return name.contains(",") ? "{\(name)}" : name
    case .not(let operand): return "!\(operand.operandText(registers))"
    case .binary(let operation, let left, let right):
      return "\(left.operandText(registers)) \(operation.rawValue) \(right.operandText(registers))"
    }
  }

  private func operandText(_ registers: [ClassicalRegister]) -> String {
    if case .binary = self { "(\(text(registers: registers)))" } else { text(registers: registers) }
  }
}

// MARK: - Writing expressions

/// What a condition is written with: bits, registers, expressions.
public protocol ClassicalValue {
  /// The same value as an expression.
  var expression: ClassicalExpression { get }
}

extension ClassicalExpression: ClassicalValue {
  public var expression: ClassicalExpression { self }
}

extension ClassicalBit: ClassicalValue {
  public var expression: ClassicalExpression { .bits([index]) }
}

extension ClassicalRegister: ClassicalValue {
  public var expression: ClassicalExpression { .bits(Array(bits)) }
}

/// Whether a classical value is a number.
public func == (left: some ClassicalValue, right: Int) -> ClassicalExpression { .binary(.equal, left.expression, .integer(right)) }

/// Whether a classical value is not a number.
public func != (left: some ClassicalValue, right: Int) -> ClassicalExpression {
  .binary(.notEqual, left.expression, .integer(right))
}

/// Whether both values are true.
public func && (left: some ClassicalValue, right: some ClassicalValue) -> ClassicalExpression {
  .binary(.and, left.expression, right.expression)
}

/// Whether one of two values is true.
public func || (left: some ClassicalValue, right: some ClassicalValue) -> ClassicalExpression {
  .binary(.or, left.expression, right.expression)
}

/// The bits that differ between two values; of single bits their parity.
public func ^ (left: some ClassicalValue, right: some ClassicalValue) -> ClassicalExpression {
  .binary(.bitXor, left.expression, right.expression)
}

/// Whether a value is false.
public prefix func ! (operand: some ClassicalValue) -> ClassicalExpression { .not(operand.expression) }
