import LinearAlgebra
import QuantumCircuits

// Functions that are built in, and subroutines.

extension FileReader {
  /// The built-in functions, and `ln`, as version 2 calls the logarithm.
  static let functions = [
    "arccos", "arcsin", "arctan", "ceiling", "cos", "exp", "floor", "imag", "log", "mod", "popcount", "pow", "real", "rotl", "rotr",
    "sin", "sizeof", "sqrt", "tan",
  ]

  func call(_ name: String, _ arguments: [Expression], at mark: Mark) throws(OpenQASMError) -> Value {
    switch lookUp(name) {
    case .subroutine(let syntax):
      guard let value = try call(syntax, arguments, at: mark) else {
        throw error(.misplaced("\(name) returns no value", advice: "call it in a statement of its own"), at: mark)
      }
      return value
    case .function(let function):
      let values = try self.values(arguments, 1...1, name, at: mark)
      return try apply(function, values[0], at: mark)
    case let other?: throw error(.wrongKind(name: name, found: other.name, expected: "a function"), at: mark)
    case nil: return try builtIn(name, arguments, at: mark)
    }
  }

  /// A call as a statement: a subroutine, whose value is not needed.
  func carryOutCall(_ name: String, _ arguments: [Expression], at mark: Mark) throws(OpenQASMError) {
    switch lookUp(name) {
    case .subroutine(let syntax): _ = try call(syntax, arguments, at: mark)
    case .gate: throw error(.expected("qubits after \(name)(...)", found: ";"), at: mark)
    case nil where libraryGates[name] != nil: throw error(.expected("qubits after \(name)(...)", found: ";"), at: mark)
    case nil where !Self.functions.contains(name):
      throw unknown("subroutine or gate", name, at: mark, advice: "define it with def, and gates need qubits after them") {
        switch $0 {
        case .subroutine, .gate: true
        default: false
        }
      }
    default: throw error(.misplaced("the value of \(name) is not used", advice: "assign it, or remove the statement"), at: mark)
    }
  }

  private func values(
    _ arguments: [Expression], _ expected: ClosedRange<Int>, _ name: String, at mark: Mark
  ) throws(OpenQASMError) -> [Value] {
    guard expected.contains(arguments.count) else {
      let count = expected.lowerBound == 1 && expected.upperBound == 1 ? "1 argument" : "\(expected.upperBound) arguments"
      throw error(.wrongArgumentCount(function: name, expected: count, found: arguments.count), at: mark)
    }
    var values: [Value] = []
    for argument in arguments { values.append(try evaluate(argument)) }
    return values
  }

  private func apply(_ function: AngleFunction, _ value: Value, at mark: Mark) throws(OpenQASMError) -> Value {
    let argument = try angle(value, at: mark)
    guard let number = argument.constantValue else { return .number(.function(function, argument)) }
    let result = function(number)
    guard result.isFinite else {
      throw error(.arithmetic("\(function.rawValue) of \(number) is no finite number; check its argument"), at: mark)
    }
    return .number(Angle(result))
  }

  private func builtIn(_ name: String, _ arguments: [Expression], at mark: Mark) throws(OpenQASMError) -> Value {
    let elementary: [String: AngleFunction] = [
      "arccos": .acos, "arcsin": .asin, "arctan": .atan, "cos": .cos, "exp": .exp, "log": .log, "ln": .log, "sin": .sin,
      "sqrt": .sqrt,
      "tan": .tan,
    ]
    if let function = elementary[name], (name == "ln") == (version == .two && function == .log) {
      let value = try values(arguments, 1...1, name, at: mark)[0]
      if case .complex(let z) = value { return try apply(function, z, at: mark) }
      return try apply(function, value, at: mark)
    }
    switch name {
    case "ceiling", "floor":
      let value = try values(arguments, 1...1, name, at: mark)[0]
      guard let number = try angle(value, at: mark).constantValue else {
        throw error(.notKnown(what: "\(name)(...)", dependsOn: "an input"), at: mark)
      }
      return .number(Angle(number.rounded(name == "floor" ? .down : .up)))
    case "mod": return try apply(.modulo, try values(arguments, 2...2, name, at: mark), at: mark)
    case "pow": return try apply(.power, try values(arguments, 2...2, name, at: mark), at: mark)
    case "real", "imag":
      let number = try complex(try values(arguments, 1...1, name, at: mark)[0], at: mark)
      return .number(Angle(name == "real" ? number.real : number.imaginary))
    case "popcount":
      switch try values(arguments, 1...1, name, at: mark)[0] {
      case .bits(let bits): return .integer(bits.count { $0 })
      case .measured(.bits(let bits), _) where bits.count <= 63:
        let sum = bits.dropFirst().reduce(ClassicalExpression.bits([bits[0]])) { .binary(.plus, $0, .bits([$1])) }
        return .measured(sum, width: nil)
      case .measured:
        throw error(.unsupported(feature: "popcount of computed bits", advice: "store them in a register first"), at: mark)
      case let other: return .integer(try integer(other, "an integer", at: mark).nonzeroBitCount)
      }
    case "rotl", "rotr":
      let values = try self.values(arguments, 2...2, name, at: mark)
      let distance = try integer(values[1], "a distance", at: mark)
      guard case .bits(let bits) = values[0], !bits.isEmpty else {
        throw error(.wrongType(expected: "known bits", found: values[0].name), at: mark)
      }
      let shift = (name == "rotl" ? -(distance % bits.count) : distance % bits.count) + bits.count
      return .bits(bits.indices.map { bits[($0 + shift) % bits.count] })
    case "sizeof": return try size(of: arguments, at: mark)
    default:
      let subroutines = scopes[0].names.filter { if case .subroutine = $0.value.binding { true } else { false } }.keys.sorted()
      let names = subroutines + Self.functions
      throw error(
        .unknown(
          kind: "function", name: name, nearest: nearest(to: name, among: names), advice: "define it with def before it is used"),
        at: mark)
    }
  }

  private func apply(_ operation: BinaryOperator, _ values: [Value], at mark: Mark) throws(OpenQASMError) -> Value {
    try apply(operation, values[0], values[1], at: mark)
  }

  private func apply(_ function: AngleFunction, _ z: Complex<Double>, at mark: Mark) throws(OpenQASMError) -> Value {
    switch function {
    case .exp: return .complex(.exp(z))
    case .log: return .complex(.log(z))
    case .sin: return .complex(.sin(z))
    case .cos: return .complex(.cos(z))
    case .sqrt: return .complex(.sqrt(z))
    default: throw error(.wrongType(expected: "a real number", found: "a complex number"), at: mark)
    }
  }

  private func size(of arguments: [Expression], at mark: Mark) throws(OpenQASMError) -> Value {
    guard 1...2 ~= arguments.count else {
      throw error(.wrongArgumentCount(function: "sizeof", expected: "1 or 2 arguments", found: arguments.count), at: mark)
    }
    if case .name(let name) = arguments[0].kind, case .qubits(let qubits, _)? = lookUp(name) { return .integer(qubits.count) }
    if let (bits, _) = try storedBits(arguments[0]) { return .integer(bits.count) }
    var value = try evaluate(arguments[0])
    let dimension = arguments.count == 2 ? try integer(arguments[1], "a dimension") : 0
    guard 0...100 ~= dimension else { throw error(.arithmetic("there is no dimension \(dimension)"), at: mark) }
    for _ in 0..<dimension {
      guard case .array(let values) = value, let first = values.first else { break }
      value = first
    }
    switch value {
    case .array(let values): return .integer(values.count)
    case .bits(let bits): return .integer(bits.count)
    default: throw error(.wrongType(expected: "an array or a register", found: value.name), at: mark)
    }
  }

  // MARK: Subroutines

  /// Carries out a subroutine; its value, nil where it returns none.
  private func call(_ syntax: SubroutineSyntax, _ arguments: [Expression], at mark: Mark) throws(OpenQASMError) -> Value? {
    guard gateDepth == 0 else {
      throw error(.misplaced("a subroutine is called in a gate", advice: "a gate holds gates only"), at: mark)
    }
    guard arguments.count == syntax.parameters.count else {
      let expected = syntax.parameters.count == 1 ? "1 argument" : "\(syntax.parameters.count) arguments"
      throw error(.wrongArgumentCount(function: syntax.name, expected: expected, found: arguments.count), at: mark)
    }
    var scope = Scope(isClosed: true)
    var passed: [Int] = []
    for ((syntaxType, name), argument) in zip(syntax.parameters, arguments) {
      let type = try self.type(syntaxType)
      let binding: Binding
      if type.kind == .qubit {
        let operand = try qubits(argument)
        guard operand.isSingle == (type.size == nil), operand.qubits.count == type.size ?? 1 else {
          let what = "the qubits \(name) of \(syntax.name) and what is passed"
          throw error(.sizesDiffer(what: what, expected: type.size ?? 1, found: operand.qubits.count), at: argument.mark)
        }
        passed += operand.qubits
        binding = .qubits(operand.qubits, isSingle: operand.isSingle)
      } else {
        let value = try cast(try evaluate(argument), to: type, at: argument.mark)
        binding = .variable(try settled(value, type, name, at: argument.mark), type, isConstant: false)
      }
      scope.names[name] = Definition(binding: binding, mark: syntaxType.mark)
    }
    if Set(passed).count != passed.count { try checkDifferent(passed, in: arguments) }
    let result = try self.result(syntax)
    return try called(syntax.name, at: mark) { reader throws(OpenQASMError) in
      reader.scopes.append(scope)
      let flow = try reader.carryOut(syntax.body)
      var value: Value?
      if case .returnValue(let returned) = flow { value = returned }
      if let result {
        guard let returned = value else {
          throw reader.error(.misplaced("\(syntax.name) ends without return", advice: "return a value"), at: syntax.nameMark)
        }
        value = try reader.settled(try reader.cast(returned, to: result, at: mark), result, syntax.name, at: mark)
      }
      reader.leaveScope(keeping: value)
      return result == nil ? nil : value
    }
  }

  /// A computed value that depends on measured bits, stored in bits of its own: it is a copy, and expressions stay short.
  private func settled(_ value: Value, _ type: ValueType, _ name: String, at mark: Mark) throws(OpenQASMError) -> Value {
    guard case .measured(let expression, _) = value else { return value }
    if case .bits = expression { return value }
    let bits = Array(try newBits(name, count: type.width ?? 1, isVariable: true, at: mark))
    try store(value, in: bits, isSingle: bits.count == 1, nil, at: mark, mark)
    return measured(bits, type)
  }

  private func result(_ syntax: SubroutineSyntax) throws(OpenQASMError) -> ValueType? {
    guard let result = syntax.result else { return nil }
    return try type(result)
  }
}
