import QuantumCircuits
import QuantumStates

/// How it goes on after a statement.
enum Flow {
  case next, breakLoop, continueLoop, end
  case returnValue(Value?)
}

extension FileReader {
  /// How many statements may stand inside each other, through blocks and calls together.
  static let nestingLimit = 150

  /// Carries out a statement.
  func carryOut(_ statement: Statement) throws(OpenQASMError) -> Flow {
    try step(at: statement.mark)
    guard nesting < Self.nestingLimit else { throw error(.tooDeep(limit: Self.nestingLimit), at: statement.mark) }
    nesting += 1
    let flow = try flow(of: statement)
    nesting -= 1
    return flow
  }

  private func flow(of statement: Statement) throws(OpenQASMError) -> Flow {
    let mark = statement.mark
    if !statement.annotations.isEmpty { try take(statement.annotations, for: statement) }
    switch statement.kind {
    case .gateCall(let call): try apply(call, at: mark)
    case .include(let path): try include(path, at: mark)
    case .qubits(let name, let size): try declareQubits(name, size, at: mark)
    case .declaration(let type, let name, let value, let isConstant):
      try declare(name, try self.type(type), value, isConstant: isConstant, at: mark)
    case .input(let type, let name):
      try declareInput(
        name, try self.type(type), isFeature: statement.annotations.contains { $0.name == "hilbert.feature" }, at: mark)
    case .output(let type, let name): try declareOutput(name, try self.type(type), at: mark)
    case .alias(let name, let value): try declareAlias(name, value, at: mark)
    case .gate(let syntax): try defineGate(syntax, at: mark)
    case .subroutine(let syntax):
      try requireOutermost("a subroutine", at: mark)
      try define(syntax.name, .subroutine(syntax), at: syntax.nameMark)
    case .external(let name, let nameMark):
      guard let function = AngleFunction(rawValue: name), function == .tanh else {
        throw error(.unsupported(feature: "the external function \(name)", advice: "only tanh is known here"), at: nameMark)
      }
      try define(name, .function(function), at: nameMark)
    case .measurement(let operand, let target): try measure(operand, into: target, at: mark)
    case .assignment(let target, let operation, let value): try assign(target, operation, value, at: mark)
    case .expression(let value):
      guard case .call(let name, let arguments) = value.kind else {
        throw error(.expected("a statement", found: "a value"), at: mark)
      }
      try carryOutCall(name, arguments, at: mark)
    case .reset(let operand):
      let targets = try qubits(operand).qubits
      try checkDifferent(targets, in: [operand])
      try emit(Instruction(.reset, targets: targets), at: mark)
    case .barrier(let operands):
      var (targets, seen): ([Int], Set<Int>) = ([], [])
      for operand in operands { targets += try qubits(operand).qubits.filter { seen.insert($0).inserted } }
      try emit(Instruction(.barrier, targets: targets), at: mark)
    case .idle(let operands):
      for operand in operands { _ = try qubits(operand) }
    case .pragma(let pragma): try carryOut(pragma, at: mark)
    case .block(let body): return try inBlock { reader throws(OpenQASMError) in try reader.carryOut(body) }
    case .conditional(let condition, let then, let otherwise): return try conditional(condition, then, otherwise, at: mark)
    case .forLoop(let type, let name, let domain, let body): return try forLoop(try self.type(type), name, domain, body, at: mark)
    case .whileLoop(let condition, let body): return try whileLoop(condition, body, at: mark)
    case .switchCase(let value, let cases, let otherwise): return try switchCase(value, cases, otherwise, at: mark)
    case .breakLoop, .continueLoop:
      let isBreak = if case .breakLoop = statement.kind { true } else { false }
      guard loopDepth > 0 else {
        throw error(.misplaced("\(isBreak ? "break" : "continue") stands in no loop", advice: "remove it"), at: mark)
      }
      return isBreak ? .breakLoop : .continueLoop
    case .end:
      guard callDepth == 0, measuredDepth == 0 else {
        throw error(
          .unsupported(
            feature: "end inside a block that depends on measured bits, a gate or a subroutine", advice: "use if and else"),
          at: mark)
      }
      return .end
    case .returnValue(let value):
      guard scopes.contains(where: \.isClosed), !isInGate else {
        throw error(.misplaced("return stands in no subroutine", advice: "remove it"), at: mark)
      }
      return .returnValue(try value.map { (e) throws(OpenQASMError) in try evaluate(e) })
    }
    return .next
  }

  /// Carries out statements until one leads elsewhere.
  func carryOut(_ statements: [Statement]) throws(OpenQASMError) -> Flow {
    for statement in statements {
      let flow = try carryOut(statement)
      guard case .next = flow else { return flow }
    }
    return .next
  }

  /// Runs something with the names of a block of its own.
  func inBlock<Result>(_ body: (FileReader) throws(OpenQASMError) -> Result) throws(OpenQASMError) -> Result {
    scopes.append(Scope(isClosed: false))
    let result = try body(self)
    leaveScope()
    return result
  }

  /// What may stand only at the outermost level of a file.
  func requireOutermost(_ what: String, at mark: Mark) throws(OpenQASMError) {
    guard scopes.count == 1, measuredDepth == 0 else {
      throw error(.misplaced("\(what) is declared in a block", advice: "move it to the outermost level of the file"), at: mark)
    }
  }

  /// Hilbert's own annotations take effect; others are kept as they are.
  private func take(_ annotations: [Annotation], for statement: Statement) throws(OpenQASMError) {
    for annotation in annotations {
      switch annotation.name {
      case "hilbert.feature":
        guard case .input = statement.kind else {
          throw error(.misplaced("@hilbert.feature stands before an input", advice: "move it or remove it"), at: annotation.mark)
        }
      case "hilbert.limit":
        guard case .whileLoop = statement.kind, let limit = Int(annotation.rest), limit >= 1 else {
          let advice = "write for example @hilbert.limit 100"
          throw error(
            .misplaced("@hilbert.limit gives the rounds of a while on the next line", advice: advice), at: annotation.mark)
        }
        annotatedLimit = limit
      case "hilbert.variable":
        let declared: TypeSyntax? =
          switch statement.kind {
          case .declaration(let type, _, value: nil, isConstant: false), .output(let type, _): type
          default: nil
          }
        guard let declared, declared.kind == .bit, declared.dimensions.isEmpty, scopes.count == 1 else {
          throw error(
            .misplaced("@hilbert.variable stands before a register of bits", advice: "move it or remove it"), at: annotation.mark)
        }
        annotatedVariable = true
      case let name where name.hasPrefix("hilbert."):
        let known = ["hilbert.feature", "hilbert.limit", "hilbert.variable"]
        let advice = "annotations of Hilbert are \(known.joined(separator: ", "))"
        throw error(
          .unknown(kind: "annotation", name: name, nearest: nearest(to: name, among: known), advice: advice), at: annotation.mark)
      default:
        guard measuredDepth == 0, callDepth == 0 else {
          throw error(.unsupported(feature: "an annotation inside a block", advice: "put it before the block"), at: annotation.mark)
        }
        remarks.append(
          Remark("@\(annotation.name)\(annotation.rest.isEmpty ? "" : " ")\(annotation.rest)", place: instructions.count))
      }
    }
  }

  // MARK: Measurements and assignments

  private func measure(_ operand: Expression, into target: Expression?, at mark: Mark) throws(OpenQASMError) {
    let source = try qubits(operand)
    try checkDifferent(source.qubits, in: [operand])
    guard let target else {
      // The outcome is not kept under a name; the measurement happens all the same.
      let bits = try newBits("unread", count: source.qubits.count, isVariable: false, at: mark)
      return try emit(Instruction(.measurement(bits: Array(bits)), targets: source.qubits), at: mark)
    }
    if case .name(let name) = target.kind, case .variable? = lookUp(name) { try promote(name, at: target.mark) }
    let bits = try targetBits(target)
    guard bits.count == source.qubits.count else {
      throw error(
        .sizesDiffer(what: "qubits and the bits that they are measured into", expected: source.qubits.count, found: bits.count),
        at: mark)
    }
    try emit(Instruction(.measurement(bits: bits), targets: source.qubits), at: mark)
  }

  /// A measurement inside an expression: its outcome in bits without a name.
  func measuredValue(_ operand: Expression, at mark: Mark) throws(OpenQASMError) -> Value {
    let source = try qubits(operand)
    try checkDifferent(source.qubits, in: [operand])
    let bits = try newBits("outcome", count: source.qubits.count, isVariable: true, at: mark)
    try emit(Instruction(.measurement(bits: Array(bits)), targets: source.qubits), at: mark)
    return .measured(.bits(Array(bits)), width: bits.count)
  }

  private func assign(_ target: Expression, _ operation: BinaryOperator?, _ expression: Expression, at mark: Mark)
    throws(OpenQASMError)
  {
    var value = try evaluate(expression)
    if let operation { value = try apply(operation, try evaluate(target), value, at: mark) }
    if case .name(let name) = target.kind, case .variable(_, let type, let isConstant)? = lookUp(name) {
      if isConstant {
        throw error(.misplaced("\(name) is a constant", advice: "declare it without const to change it"), at: target.mark)
      }
      let fitted = try cast(value, to: type, at: expression.mark)
      guard case .measured = fitted else { return rebind(name, .variable(fitted, type, isConstant: false)) }
      try promote(name, at: target.mark)
    }
    if let (bits, isSingle) = try storedBits(target) {
      return try store(value, in: bits, isSingle: isSingle, target, at: expression.mark, mark)
    }
    try assignElement(target, value, at: mark)
  }

  /// Stores a value in bits of the circuit.
  func store(
    _ value: Value, in bits: [Int], isSingle: Bool, _ target: Expression?, at valueMark: Mark, _ mark: Mark
  ) throws(OpenQASMError) {
    var type = ValueType(kind: .bit, size: isSingle ? nil : bits.count)
    if case .name(let name)? = target?.kind, case .bits(_, let own)? = lookUp(name) { type = own }
    try checkDifferentBits(bits, at: target?.mark ?? mark)
    switch try cast(value, to: type, at: valueMark) {
    case .measured(let expression, let width):
      if case .bits(let sources) = expression, bits.count > 63, width == bits.count {
        for (place, bit) in bits.enumerated() {
          let value = place < sources.count ? ClassicalExpression.bits([sources[place]]) : .integer(0)
          try emit(Instruction(.assignment(bits: [bit], value), targets: []), at: mark)
        }
        return
      }
      try emit(
        Instruction(.assignment(bits: bits, try classical(.measured(expression, width: width), at: valueMark)), targets: []),
        at: mark)
    case .bits(let known):
      // As many bits at a time as one number holds.
      for start in stride(from: 0, to: bits.count, by: 62) {
        let end = min(start + 62, bits.count)
        let part = Value.integer(of: Array(known[start..<end])) ?? 0
        try emit(Instruction(.assignment(bits: Array(bits[start..<end]), .integer(part)), targets: []), at: mark)
      }
    case let other:
      let number = try integer(other, "a stored value", at: valueMark)
      if type.size == nil, let limits = type.unsizedRange, !limits.contains(number) {
        let cause =
          "\(number) does not fit the \(bits.count) bits of \(type.name) where measured bits decide; declare \(type.name)[64]"
        throw error(.arithmetic(cause), at: valueMark)
      }
      try emit(Instruction(.assignment(bits: bits, .integer(number)), targets: []), at: mark)
    }
  }

  /// Stores into an element of an array or a known register.
  private func assignElement(_ target: Expression, _ value: Value, at mark: Mark) throws(OpenQASMError) {
    var path: [Expression] = []
    var base = target
    while case .index(let inner, let items) = base.kind {
      path = items + path
      base = inner
    }
    guard case .name(let name) = base.kind, case .variable(let old?, let type, let isConstant)? = lookUp(name), !path.isEmpty else {
      _ = try targetBits(target)
      return
    }
    if isConstant {
      throw error(.misplaced("\(name) is a constant", advice: "declare it without const to change it"), at: target.mark)
    }
    // Storing copies the array; what that takes counts as steps.
    stepCount += type.dimensions.reduce(1, *) / 64
    let element = ValueType(kind: type.kind, size: type.size, dimensions: Array(type.dimensions.dropFirst(path.count)))
    guard path.count <= type.dimensions.count else {
      throw error(.unsupported(feature: "storing into a part of a number", advice: "use a register of bits"), at: target.mark)
    }
    let fitted = try cast(value, to: element, at: mark)
    if case .measured = fitted {
      throw error(.unsupported(feature: "an array of what depends on measured bits", advice: "use registers of bits"), at: mark)
    }
    rebind(name, .variable(try replacing(old, path[...], by: fitted, name), type, isConstant: false))
  }

  private func replacing(_ old: Value, _ path: ArraySlice<Expression>, by new: Value, _ name: String) throws(OpenQASMError) -> Value
  {
    guard let first = path.first, case .array(var values) = old else { return new }
    let places = try places(first, count: values.count, name: name)
    for place in places.list { values[place] = try replacing(values[place], path.dropFirst(), by: new, name) }
    return .array(values)
  }

  func checkDifferentBits(_ bits: [Int], at mark: Mark) throws(OpenQASMError) {
    if Set(bits).count != bits.count { throw error(.misplaced("a bit is named twice", advice: "name each bit once"), at: mark) }
  }
}
