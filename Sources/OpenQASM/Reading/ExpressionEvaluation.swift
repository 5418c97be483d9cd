import LinearAlgebra
import QuantumCircuits

// What an expression comes to.

extension FileReader {
  /// How many parts an expression in inputs may have; loops could make them as long as they like.
  static let angleSizeLimit = 500

  /// The constants that every file knows.
  static let constants: [String: Double] = [
    "pi": .pi, "π": .pi, "tau": 2 * .pi, "τ": 2 * .pi, "euler": 2.718281828459045, "ℇ": 2.718281828459045,
  ]

  func evaluate(_ expression: Expression) throws(OpenQASMError) -> Value {
    let mark = expression.mark
    switch expression.kind {
    case .integer(let value): return version == .two ? .number(Angle(Double(value))) : .integer(value)
    case .real(let value): return .number(Angle(value))
    case .imaginary(let value): return .complex(Complex(0, value))
    case .boolean(let value): return .boolean(value)
    case .bits(let digits): return .bits(digits.reversed())
    case .text(let text): return .text(text)
    case .name(let name): return try value(ofName: name, at: mark)
    case .unary(let operation, let operand): return try apply(operation, to: evaluate(operand), at: mark)
    case .binary(.concatenate, _, _):
      throw error(.misplaced("++ joins registers in a let", advice: "name the result with let, then use the name"), at: mark)
    case .binary(let operation, let left, let right):
      return try apply(operation, try evaluate(left), try evaluate(right), at: mark)
    case .call(let name, let arguments): return try call(name, arguments, at: mark)
    case .cast(let syntax, let operand):
      let type = try self.type(syntax)
      return try cast(try evaluate(operand), to: type, at: mark, isExplicit: true)
    case .index(let base, let items): return try element(of: base, items, at: mark)
    case .element(let name, let index, let base, let place):
      return try element(of: Expression(kind: .name(name), mark: base), [Expression(kind: .integer(index), mark: place)], at: mark)
    case .measurement(let operand): return try measuredValue(operand, at: mark)
    case .array(let items), .set(let items):
      var values: [Value] = []
      for item in items { values.append(try evaluate(item)) }
      return .array(values)
    case .range:
      throw error(.misplaced("a range stands in brackets", advice: "write [first:last]"), at: mark)
    case .hardwareQubit: throw error(.wrongType(expected: "a value", found: "a qubit"), at: mark)
    }
  }

  private func value(ofName name: String, at mark: Mark) throws(OpenQASMError) -> Value {
    if let binding = lookUp(name) {
      switch binding {
      case .variable(let value?, _, _): return value
      case .variable(nil, let type, _):
        throw error(
          .misplaced("\(name) has no value yet", advice: "assign one where it is declared: \(type.name) \(name) = ...;"), at: mark)
      case .bits(let bits, let type): return measured(bits, type)
      default: throw error(.wrongKind(name: name, found: binding.name, expected: "a value"), at: mark)
      }
    }
    if let constant = Self.constants[name] { return .number(Angle(constant)) }
    if scopes[0].names[name] != nil {
      let advice = "a gate or subroutine sees constants of the file only; pass it, or declare it const"
      throw error(.misplaced("\(name) is not visible here", advice: advice), at: mark)
    }
    throw unknown("value", name, at: mark, advice: "declare it before it is used") {
      switch $0 {
      case .variable, .bits: true
      default: false
      }
    }
  }

  /// What bits that the circuit computes stand for.
  func measured(_ bits: [Int], _ type: ValueType) -> Value {
    guard type.kind == .int, bits.count < 64 else { return .measured(.bits(bits), width: type.kind == .bit ? bits.count : nil) }
    // Two's complement: the highest bit counts negative.
    let sign = ClassicalExpression.integer(1 << (bits.count - 1))
    return .measured(.binary(.minus, .binary(.bitXor, .bits(bits), sign), sign), width: nil)
  }

  // MARK: Numbers of a certain kind

  /// The value as an integer that is known now.
  func integer(_ expression: Expression, _ what: String) throws(OpenQASMError) -> Int {
    // Most indices are plain numbers.
    if case .integer(let value) = expression.kind { return value }
    return try integer(try evaluate(expression), what, at: expression.mark)
  }

  func integer(_ value: Value, _ what: String, at mark: Mark) throws(OpenQASMError) -> Int {
    switch value {
    case .integer(let value): return value
    case .boolean(let value): return value ? 1 : 0
    case .bits(let bits):
      if let value = Value.integer(of: bits) { return value }
      throw error(.arithmetic("\(bits.count) bits are more than an integer holds, which has 63"), at: mark)
    case .number(let angle):
      guard let value = angle.constantValue else { throw error(.notKnown(what: what, dependsOn: "an input"), at: mark) }
      if let integer = Int(exactly: value) { return integer }
      throw error(.wrongType(expected: "a whole number", found: "\(value)"), at: mark)
    case .measured: throw error(.notKnown(what: what, dependsOn: "measured bits"), at: mark)
    case .complex, .array, .text: throw error(.wrongType(expected: "a whole number", found: value.name), at: mark)
    }
  }

  /// The value as a float or angle, which may depend on inputs.
  func angle(_ value: Value, at mark: Mark) throws(OpenQASMError) -> Angle {
    switch value {
    case .number(let angle):
      guard !angle.isConstant, angle.isLarger(than: Self.angleSizeLimit) else { return angle }
      let what = "an expression in the inputs has too many parts"
      throw error(.limit(what, limit: Self.angleSizeLimit, advice: "use several gates or inputs"), at: mark)
    case .integer(let value): return Angle(Double(value))
    case .boolean(let value): return value ? 1 : 0
    case .bits: return Angle(Double(try integer(value, "a number", at: mark)))
    case .complex(let value) where value.imaginary == 0: return Angle(value.real)
    case .measured: throw error(.notKnown(what: "an angle", dependsOn: "measured bits"), at: mark)
    case .complex, .array, .text: throw error(.wrongType(expected: "a number", found: value.name), at: mark)
    }
  }

  /// An angle of a gate: a finite number, or an expression in inputs.
  func gateAngle(_ expression: Expression) throws(OpenQASMError) -> Angle {
    // Halves that are meant as numbers would be 0: whole numbers divide as integers.
    if version == .three, case .binary(.divide, let left, let right) = expression.kind, case .integer(let a) = left.kind,
      case .integer(let b) = right.kind, b != 0, a % b != 0
    {
      let advice = "write \(a).0/\(b)"
      throw error(.misplaced("\(a)/\(b) is \(a / b), for whole numbers divide as integers", advice: advice), at: expression.mark)
    }
    let result = try angle(try evaluate(expression), at: expression.mark)
    if let value = result.constantValue, !value.isFinite {
      throw error(.arithmetic("the angle is \(value); check what it is computed from"), at: expression.mark)
    }
    return result
  }

  func complex(_ value: Value, at mark: Mark) throws(OpenQASMError) -> Complex<Double> {
    if case .complex(let value) = value { return value }
    guard let real = try angle(value, at: mark).constantValue else {
      throw error(.notKnown(what: "a matrix entry", dependsOn: "an input"), at: mark)
    }
    return Complex(real)
  }

  /// The value as something that the circuit computes from bits.
  func classical(_ value: Value, at mark: Mark) throws(OpenQASMError) -> ClassicalExpression {
    switch value {
    case .measured(let expression, let width):
      if let width, width > 63 {
        throw error(.limit("a register of \(width) bits is used as a number", limit: 63, advice: "use parts of it"), at: mark)
      }
      return expression
    case .number(let angle):
      guard angle.isConstant else { throw error(.notKnown(what: "a value beside measured bits", dependsOn: "an input"), at: mark) }
      return .integer(try integer(value, "a value", at: mark))
    default: return .integer(try integer(value, "a value", at: mark))
    }
  }

  /// Whether a condition holds; nil where measured bits decide.
  func truth(_ value: Value, at mark: Mark) throws(OpenQASMError) -> Bool? {
    switch value {
    case .measured: return nil
    case .boolean(let value): return value
    case .bits(let bits): return bits.contains(true)
    case .integer(let value): return value != 0
    case .number(let angle):
      guard let value = angle.constantValue else { throw error(.notKnown(what: "a condition", dependsOn: "an input"), at: mark) }
      return value != 0
    case .complex, .array, .text: throw error(.wrongType(expected: "a condition", found: value.name), at: mark)
    }
  }

  // MARK: Elements

  private func element(of base: Expression, _ items: [Expression], at mark: Mark) throws(OpenQASMError) -> Value {
    if let (bits, isSingle) = try storedBits(Expression(kind: .index(base, items), mark: mark)) {
      return .measured(.bits(bits), width: isSingle ? 1 : bits.count)
    }
    var value = try evaluate(base)
    for item in items { value = try element(of: value, item, name: base) }
    return value
  }

  private func element(of value: Value, _ item: Expression, name base: Expression) throws(OpenQASMError) -> Value {
    let name = text(of: base.mark)
    func bits(_ bits: [Bool]) throws(OpenQASMError) -> Value {
      let places = try self.places(item, count: bits.count, name: name)
      return places.isSingle ? .boolean(bits[places.list[0]]) : .bits(places.list.map { bits[$0] })
    }
    switch value {
    case .array(let values):
      let places = try self.places(item, count: values.count, name: name)
      return places.isSingle ? values[places.list[0]] : .array(places.list.map { values[$0] })
    case .bits(let all): return try bits(all)
    case .measured(.bits(let all), width: _?):
      let places = try self.places(item, count: all.count, name: name)
      return .measured(.bits(places.list.map { all[$0] }), width: places.list.count)
    case .integer(let number): return try bits((0..<64).map { number >> $0 & 1 == 1 })
    default: throw error(.wrongType(expected: "a register or an array before the brackets", found: value.name), at: base.mark)
    }
  }

  /// The places that an index, a range or a set chooses among `count`.
  func places(_ item: Expression, count: Int, name: String) throws(OpenQASMError) -> (list: [Int], isSingle: Bool) {
    switch item.kind {
    case .range(let start, let step, let stop):
      let step = try step.map { (e) throws(OpenQASMError) in try integer(e, "the step of a range") } ?? 1
      guard step != 0 else { throw error(.arithmetic("the step of a range is 0"), at: item.mark) }
      let first = try start.map { (e) throws(OpenQASMError) in try place(e, count, name) } ?? (step > 0 ? 0 : count - 1)
      let last = try stop.map { (e) throws(OpenQASMError) in try place(e, count, name) } ?? (step > 0 ? count - 1 : 0)
      let list = Array(stride(from: first, through: last, by: step))
      guard !list.isEmpty else { throw error(.arithmetic("the range chooses nothing of \(name); check its ends"), at: item.mark) }
      return (list, false)
    case .set(let members):
      var list: [Int] = []
      for member in members { list.append(try place(member, count, name)) }
      return (list, false)
    default: return ([try place(item, count, name)], true)
    }
  }

  /// One index; negative ones count from the end.
  private func place(_ expression: Expression, _ count: Int, _ name: String) throws(OpenQASMError) -> Int {
    let index = try integer(expression, "an index")
    guard -count..<count ~= index else { throw error(.indexOutOfRange(index, name: name, size: count), at: expression.mark) }
    return index < 0 ? index + count : index
  }

  /// The text that a mark stands for.
  func text(of mark: Mark) -> String { sources[Int(mark.file)].text(Int(mark.start), Int(mark.start + mark.length)) }
}

extension Angle {
  /// Whether the expression has more parts than that.
  fileprivate func isLarger(than limit: Int) -> Bool {
    var (count, open) = (0, [self])
    while let next = open.popLast() {
      count += 1
      if count > limit { return true }
      switch next {
      case .constant, .symbol: break
      case .sum(let left, let right), .product(let left, let right), .quotient(let left, let right): open += [left, right]
      case .function(_, let argument): open.append(argument)
      }
    }
    return false
  }
}
