import LinearAlgebra
import QuantumCircuits

// Types as they are written become types with numbers, and values fit themselves to them.

extension FileReader {
  /// The type with its sizes computed.
  func type(_ syntax: TypeSyntax) throws(OpenQASMError) -> ValueType {
    func size(_ expression: Expression, _ limit: Int) throws(OpenQASMError) -> Int {
      let size = try integer(expression, "a size")
      guard size >= 1 else { throw error(.badSize(what: syntax.kind.rawValue, found: size), at: expression.mark) }
      guard size <= limit else {
        let what = "\(syntax.kind.rawValue)[\(size)] is too large"
        throw error(.limit(what, limit: limit, advice: "choose a smaller size"), at: expression.mark)
      }
      return size
    }
    let limit: Int
    switch syntax.kind {
    case .bit, .qubit: limit = 1_000_000
    case .int, .uint, .float: limit = 64
    case .angle: limit = 52
    case .bool, .complex: limit = 1
    }
    var dimensions: [Int] = []
    for dimension in syntax.dimensions { dimensions.append(try size(dimension, 1_000_000)) }
    var count = 1
    for dimension in dimensions {
      count *= dimension
      guard count <= 1_000_000 else {
        throw error(.limit("the array has too many elements", limit: 1_000_000, advice: "choose a smaller size"), at: syntax.mark)
      }
    }
    if syntax.kind == .float, let expression = syntax.size {
      let bits = try size(expression, limit)
      guard bits == 64 || bits == 32 else {
        throw error(.unsupported(feature: "float[\(bits)]", advice: "use float[64] or float[32]"), at: syntax.mark)
      }
    }
    return ValueType(
      kind: syntax.kind, size: try syntax.size.map { (e) throws(OpenQASMError) in try size(e, limit) }, dimensions: dimensions)
  }

  /// The value as one of the type: rounded, reduced or reinterpreted as the language says.
  func cast(_ value: Value, to type: ValueType, at mark: Mark, isExplicit: Bool = false) throws(OpenQASMError) -> Value {
    if !type.dimensions.isEmpty { return try castArray(value, to: type, at: mark) }
    switch type.kind {
    case .float: return .number(try float(value, type, at: mark))
    case .angle: return .number(try angle(value, type, at: mark))
    case .complex: return .complex(try complex(value, at: mark))
    case .bool:
      if case .measured(let expression, let width) = value {
        return width == 1 ? value : .measured(.binary(.notEqual, expression, .integer(0)), width: 1)
      }
      return .boolean(try truth(value, at: mark) ?? false)
    case .int, .uint:
      if case .measured = value { return try measuredInteger(value, type, at: mark) }
      if isExplicit, case .number(let angle) = value, let number = angle.constantValue {
        guard number.magnitude < 9e18 else { throw error(.arithmetic("\(number) does not fit an integer"), at: mark) }
        return .integer(wrapped(Int(number), type))
      }
      return .integer(wrapped(try integer(value, "an integer", at: mark), type))
    case .bit: return try bits(value, count: type.size, at: mark)
    case .qubit: throw error(.wrongType(expected: "a value", found: "a qubit"), at: mark)
    }
  }

  /// The low bits of an integer, with the sign that they have in its type.
  private func wrapped(_ value: Int, _ type: ValueType) -> Int {
    guard let size = type.size, size < 64 else { return value }
    let above = 64 - size
    return type.kind == .int ? (value << above) >> above : Int(bitPattern: (UInt(bitPattern: value) << above) >> above)
  }

  private func float(_ value: Value, _ type: ValueType, at mark: Mark) throws(OpenQASMError) -> Angle {
    let number = try angle(value, at: mark)
    guard type.size == 32, let constant = number.constantValue else { return number }
    return Angle(Double(Float(constant)))
  }

  /// An angle of n bits is a multiple of 2π/2^n in a turn; one without a size stays as it is.
  private func angle(_ value: Value, _ type: ValueType, at mark: Mark) throws(OpenQASMError) -> Angle {
    guard let size = type.size else { return try angle(value, at: mark) }
    let turn = Double(sign: .plus, exponent: size, significand: 1)
    let unit = 2 * Double.pi / turn
    if case .bits(let bits) = value {
      guard bits.count == size, let integer = Value.integer(of: bits) else {
        throw error(.sizesDiffer(what: "bits and the angle that they become", expected: size, found: bits.count), at: mark)
      }
      return Angle(Double(integer) * unit)
    }
    guard let number = try angle(value, at: mark).constantValue else {
      let advice = "declare the input as angle, without a size"
      throw error(.unsupported(feature: "\(type.name) of what depends on an input", advice: advice), at: mark)
    }
    let steps = (number / unit).rounded(.toNearestOrEven)
    return Angle((steps - turn * (steps / turn).rounded(.down)) * unit)
  }

  private func measuredInteger(_ value: Value, _ type: ValueType, at mark: Mark) throws(OpenQASMError) -> Value {
    guard case .measured(let expression, let width) = value else { return value }
    let size = type.size ?? 64
    // Bits that fit, as a number without a sign, are that number.
    if let width, width < size || (width == size && type.kind == .uint) { return .measured(expression, width: nil) }
    if width == nil, size == 64 { return value }
    let low =
      width.map { $0 <= size } ?? false
      ? expression : .binary(.bitAnd, try classical(value, at: mark), .integer(size >= 63 ? .max : 1 << size - 1))
    guard type.kind == .int, size < 64 else { return .measured(low, width: nil) }
    let sign = ClassicalExpression.integer(1 << (size - 1))
    return .measured(.binary(.minus, .binary(.bitXor, low, sign), sign), width: nil)
  }

  private func bits(_ value: Value, count: Int?, at mark: Mark) throws(OpenQASMError) -> Value {
    guard let count else {
      if case .measured(_, let width) = value, width != 1 {
        return .measured(.binary(.notEqual, try classical(value, at: mark), .integer(0)), width: 1)
      }
      if case .measured = value { return value }
      if case .bits(let bits) = value, bits.count != 1 {
        throw error(.sizesDiffer(what: "bits and what they are stored in", expected: 1, found: bits.count), at: mark)
      }
      return .bits([try truth(value, at: mark) ?? false])
    }
    switch value {
    case .bits(let bits):
      guard bits.count == count else {
        throw error(.sizesDiffer(what: "bits and what they are stored in", expected: count, found: bits.count), at: mark)
      }
      return value
    case .measured(let expression, let width):
      if let width, width > count {
        throw error(.sizesDiffer(what: "bits and what they are stored in", expected: count, found: width), at: mark)
      }
      return .measured(expression, width: count)
    default:
      let number = try integer(value, "bits", at: mark)
      if count < 63, number >= 1 << count || number < -(1 << count) / 2 {
        throw error(.arithmetic("\(number) does not fit \(count) bits"), at: mark)
      }
      return .bits((0..<count).map { number >> min($0, 63) & 1 == 1 })
    }
  }

  private func castArray(_ value: Value, to type: ValueType, at mark: Mark) throws(OpenQASMError) -> Value {
    guard case .array(let items) = value else { throw error(.wrongType(expected: "a list in braces", found: value.name), at: mark) }
    guard items.count == type.dimensions[0] else {
      throw error(.sizesDiffer(what: "the array and its list", expected: type.dimensions[0], found: items.count), at: mark)
    }
    let element = ValueType(kind: type.kind, size: type.size, dimensions: Array(type.dimensions.dropFirst()))
    var values: [Value] = []
    for item in items {
      let value = try cast(item, to: element, at: mark)
      if case .measured = value {
        throw error(.unsupported(feature: "an array of what depends on measured bits", advice: "use registers of bits"), at: mark)
      }
      values.append(value)
    }
    return .array(values)
  }
}
