import LinearAlgebra
import QuantumCircuits

// What operators do with values: the arithmetic of integers, numbers, bits, and of what waits for measurements.

extension FileReader {
  func apply(_ operation: UnaryOperator, to value: Value, at mark: Mark) throws(OpenQASMError) -> Value {
    switch (operation, value) {
    case (.minus, .measured): return .measured(.binary(.minus, .integer(0), try classical(value, at: mark)), width: nil)
    case (.minus, .number(let angle)): return .number(-angle)
    case (.minus, .complex(let value)): return .complex(-value)
    case (.minus, _):
      let number = try integer(value, "a number", at: mark)
      guard number != .min else { throw overflow(at: mark) }
      return .integer(-number)
    case (.not, .measured): return .measured(.not(try classical(value, at: mark)), width: 1)
    case (.not, _): return .boolean(try truth(value, at: mark) == false)
    case (.bitNot, .bits(let bits)): return .bits(bits.map { !$0 })
    case (.bitNot, .boolean(let value)): return .boolean(!value)
    case (.bitNot, .measured(let expression, let width)):
      guard let width, width < 64 else {
        throw error(.unsupported(feature: "~ of a number that depends on measured bits", advice: "use it on bits"), at: mark)
      }
      return .measured(.binary(.bitXor, expression, .integer(width == 63 ? .max : 1 << width - 1)), width: width)
    case (.bitNot, _): return .integer(~(try integer(value, "a number", at: mark)))
    }
  }

  func apply(_ operation: BinaryOperator, _ left: Value, _ right: Value, at mark: Mark) throws(OpenQASMError) -> Value {
    switch (left, right) {
    case (.measured, _), (_, .measured): return try measuredOperation(operation, left, right, at: mark)
    case (.array, _), (_, .array), (.text, _), (_, .text):
      throw error(
        .wrongType(expected: "numbers or bits on both sides of \(operation.rawValue)", found: left.name + " and " + right.name),
        at: mark)
    case (.complex, _), (_, .complex): return try complexOperation(operation, left, right, at: mark)
    case (.number, _), (_, .number): return try numberOperation(operation, left, right, at: mark)
    case (.bits(let a), .bits(let b)) where a.count == b.count:
      if let bits = bitOperation(operation, a, b) { return bits }
    case (.bits(let bits), _) where operation == .shiftLeft || operation == .shiftRight:
      let distance = try integer(right, "a number", at: mark)
      guard distance >= 0 else { throw negativeShift(at: mark) }
      let shift = min(distance, bits.count) * (operation == .shiftLeft ? -1 : 1)
      return .bits(bits.indices.map { bits.indices.contains($0 + shift) && bits[$0 + shift] })
    default: break
    }
    if operation == .and || operation == .or {
      let (a, b) = (try truth(left, at: mark) ?? false, try truth(right, at: mark) ?? false)
      return .boolean(operation == .and ? a && b : a || b)
    }
    return try integerOperation(
      operation, try integer(left, "a number", at: mark), try integer(right, "a number", at: mark), at: mark)
  }

  private func bitOperation(_ operation: BinaryOperator, _ a: [Bool], _ b: [Bool]) -> Value? {
    switch operation {
    case .bitAnd: .bits(zip(a, b).map { $0 && $1 })
    case .bitOr: .bits(zip(a, b).map { $0 || $1 })
    case .bitXor: .bits(zip(a, b).map { $0 != $1 })
    case .equal: .boolean(a == b)
    case .notEqual: .boolean(a != b)
    default: nil
    }
  }

  private func overflow(at mark: Mark) -> OpenQASMError {
    error(.arithmetic("the integer does not fit 64 bits; use a float"), at: mark)
  }

  private func negativeShift(at mark: Mark) -> OpenQASMError {
    error(.arithmetic("a shift by a negative number; shift the other way"), at: mark)
  }

  private func integerOperation(_ operation: BinaryOperator, _ a: Int, _ b: Int, at mark: Mark) throws(OpenQASMError) -> Value {
    func checked(_ result: (partialValue: Int, overflow: Bool)) throws(OpenQASMError) -> Value {
      if result.overflow { throw overflow(at: mark) }
      return .integer(result.partialValue)
    }
    switch operation {
    case .plus: return try checked(a.addingReportingOverflow(b))
    case .minus: return try checked(a.subtractingReportingOverflow(b))
    case .times: return try checked(a.multipliedReportingOverflow(by: b))
    case .divide:
      guard b != 0 else { throw divisionByZero(at: mark) }
      return try checked(a.dividedReportingOverflow(by: b))
    case .modulo:
      guard b != 0 else { throw divisionByZero(at: mark) }
      return try checked(a.remainderReportingOverflow(dividingBy: b))
    case .power:
      if b < 0 { return .number(Angle(Double.pow(Double(a), Double(b)))) }
      var (result, base, rest) = (1, a, b)
      // Squares that are not needed any more may overflow.
      while rest > 0 {
        if rest & 1 == 1 {
          guard case .integer(let product) = try checked(result.multipliedReportingOverflow(by: base)) else { break }
          result = product
        }
        rest >>= 1
        if rest > 0, case .integer(let square) = try checked(base.multipliedReportingOverflow(by: base)) { base = square }
      }
      return .integer(result)
    case .shiftLeft, .shiftRight:
      guard b >= 0 else { throw negativeShift(at: mark) }
      return .integer(operation == .shiftLeft ? a << b : a >> b)
    case .less: return .boolean(a < b)
    case .lessOrEqual: return .boolean(a <= b)
    case .greater: return .boolean(a > b)
    case .greaterOrEqual: return .boolean(a >= b)
    case .equal: return .boolean(a == b)
    case .notEqual: return .boolean(a != b)
    case .bitAnd: return .integer(a & b)
    case .bitOr: return .integer(a | b)
    case .bitXor: return .integer(a ^ b)
    case .and, .or, .concatenate: return .boolean(operation == .and ? a != 0 && b != 0 : a != 0 || b != 0)
    }
  }

  private func divisionByZero(at mark: Mark) -> OpenQASMError {
    error(.arithmetic("a division by zero; check the divisor"), at: mark)
  }

  private func numberOperation(_ operation: BinaryOperator, _ left: Value, _ right: Value, at mark: Mark) throws(OpenQASMError)
    -> Value
  {
    let (a, b) = (try angle(left, at: mark), try angle(right, at: mark))
    switch operation {
    case .plus: return .number(a + b)
    case .minus: return .number(a - b)
    case .times: return .number(a * b)
    case .divide:
      if b.constantValue == 0 { throw divisionByZero(at: mark) }
      return .number(a / b)
    case .power: return .number(try power(a, b, at: mark))
    default: break
    }
    guard let x = a.constantValue, let y = b.constantValue else {
      throw error(.notKnown(what: "both sides of \(operation.rawValue)", dependsOn: "an input"), at: mark)
    }
    switch operation {
    case .modulo:
      guard y != 0 else { throw divisionByZero(at: mark) }
      return .number(Angle(x.truncatingRemainder(dividingBy: y)))
    case .less: return .boolean(x < y)
    case .lessOrEqual: return .boolean(x <= y)
    case .greater: return .boolean(x > y)
    case .greaterOrEqual: return .boolean(x >= y)
    case .equal: return .boolean(x == y)
    case .notEqual: return .boolean(x != y)
    case .and: return .boolean(x != 0 && y != 0)
    case .or: return .boolean(x != 0 || y != 0)
    default:
      throw error(
        .wrongType(expected: "integers or bits on both sides of \(operation.rawValue)", found: left.name + " and " + right.name),
        at: mark)
    }
  }

  /// Powers: any of numbers; of what depends on inputs whole ones, as products, and the second as the square.
  func power(_ base: Angle, _ exponent: Angle, at mark: Mark) throws(OpenQASMError) -> Angle {
    guard let y = exponent.constantValue else {
      throw error(.unsupported(feature: "an exponent that depends on an input", advice: "write it with exp and log"), at: mark)
    }
    if let x = base.constantValue { return Angle(Double.pow(x, y)) }
    if y == 2 { return .square(base) }
    if y == 0.5 { return .sqrt(base) }
    guard let times = Int(exactly: y), 1...64 ~= times.magnitude else {
      throw error(
        .unsupported(feature: "the power \(y) of what depends on an input", advice: "write it with exp and log"), at: mark)
    }
    let product = (1..<times.magnitude).reduce(base) { product, _ in product * base }
    return times > 0 ? product : 1 / product
  }

  private func complexOperation(_ operation: BinaryOperator, _ left: Value, _ right: Value, at mark: Mark) throws(OpenQASMError)
    -> Value
  {
    let (a, b) = (try complex(left, at: mark), try complex(right, at: mark))
    switch operation {
    case .plus: return .complex(a + b)
    case .minus: return .complex(a - b)
    case .times: return .complex(a * b)
    case .divide:
      guard b != .zero else { throw divisionByZero(at: mark) }
      return .complex(a / b)
    case .power: return .complex(.pow(a, b))
    case .equal: return .boolean(a == b)
    case .notEqual: return .boolean(a != b)
    default:
      throw error(.wrongType(expected: "real numbers on both sides of \(operation.rawValue)", found: "a complex number"), at: mark)
    }
  }

  private func measuredOperation(_ operation: BinaryOperator, _ left: Value, _ right: Value, at mark: Mark) throws(OpenQASMError)
    -> Value
  {
    guard let operation = ClassicalExpression.Operator(rawValue: operation.rawValue) else {
      let feature = "\(operation.rawValue) of values that depend on measured bits"
      throw error(.unsupported(feature: feature, advice: "use + - * << >> and bits"), at: mark)
    }
    let (a, b) = (try classical(left, at: mark), try classical(right, at: mark))
    // Bits joined bit by bit are bits again, of the wider register.
    var width: Int?
    switch operation {
    case .bitAnd, .bitOr, .bitXor:
      if case .measured(_, let w?) = left { width = w }
      if case .measured(_, let w?) = right { width = max(w, width ?? 0) }
    case .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual, .and, .or: width = 1
    case .shiftLeft, .shiftRight, .plus, .minus, .times: break
    }
    return .measured(.binary(operation, a, b), width: width)
  }
}
