// Statements, by their first word.

extension Parser {
  /// { annotation } statement
  mutating func statement() throws(OpenQASMError) -> Statement {
    var annotations: [Annotation] = []
    while token.kind == .at { annotations.append(try annotation()) }
    let start = token
    if !annotations.isEmpty, start.kind == .end || start.kind == .rightBrace {
      throw expected("the statement that the annotation is about")
    }
    let kind = try deeper { parser throws(OpenQASMError) in try parser.statementKind() }
    return Statement(kind: kind, mark: mark(from: start.start), annotations: annotations)
  }

  /// "@" name { "." name } rest of the line
  private mutating func annotation() throws(OpenQASMError) -> Annotation {
    let start = token
    if version == .two { throw error(.otherVersion(feature: "an annotation", version: "3.0"), at: start) }
    try advance()
    guard token.kind == .identifier else { throw expected("the name of an annotation") }
    var end = token.end
    let bytes = source.bytes
    while end < bytes.count, ByteClass.isNamePart(bytes[end]) || bytes[end] == UInt8(ascii: ".") { end += 1 }
    let name = source.text(token.start, end)
    let mark = Mark(file: file, start: start.start, end: end)
    return Annotation(name: name, rest: try restOfLine(from: end).trimmed, mark: mark)
  }

  private mutating func statementKind() throws(OpenQASMError) -> Statement.Kind {
    switch token.kind {
    case .pragma: return .pragma(try pragma())
    case .leftBrace: return .block(try block())
    case .identifier: break
    default: return try assignmentOrExpression()
    }
    let word = text(of: token)
    guard Keywords.all.contains(word) else { return try statementOfName() }
    if version == .two { try checkVersionTwo(word) }
    switch word {
    case "OPENQASM": throw error(.misplaced("the version stands once, at the beginning", advice: "remove this line"), at: token)
    case "include":
      try advance()
      let path = try expect(.text)
      try expect(.semicolon)
      return .include(String(text(of: path).dropFirst().dropLast()))
    case "qubit", "qreg", "creg", "bit", "int", "uint", "float", "angle", "bool", "complex", "array", "const":
      return try declaration(word)
    case "input", "output": return try inputOrOutput(isInput: word == "input")
    case "let":
      try advance()
      let name = try self.name()
      try expect(.assign)
      let value = try expression(0)
      try expect(.semicolon)
      return .alias(name, value)
    case "gate": return .gate(try gateDefinition())
    case "def": return .subroutine(try subroutine())
    case "extern": return try external()
    case "gphase", "inv", "pow", "ctrl", "negctrl":
      let call = try gateCall()
      try expect(.semicolon)
      return .gateCall(call)
    case "measure": return try arrowMeasurement()
    case "reset":
      try advance()
      let operand = try self.operand()
      try expect(.semicolon)
      return .reset(operand)
    case "barrier", "nop":
      try advance()
      let operands = try list(until: .semicolon) { parser throws(OpenQASMError) in try parser.operand() }
      try expect(.semicolon)
      return word == "nop" ? .idle(operands) : .barrier(operands)
    case "if": return try conditional()
    case "for": return try forLoop()
    case "while":
      try advance()
      let condition = try parenthesised()
      return .whileLoop(condition, body: try body())
    case "switch": return try switchCase()
    case "break", "continue", "end":
      try advance()
      try expect(.semicolon)
      return word == "end" ? .end : word == "break" ? .breakLoop : .continueLoop
    case "return":
      try advance()
      let value = token.kind == .semicolon ? nil : try expression()
      try expect(.semicolon)
      return .returnValue(value)
    default: return try unsupported(word)
    }
  }

  /// Refuses what OpenQASM 2 has not.
  private func checkVersionTwo(_ word: String) throws(OpenQASMError) {
    let words: Set<String> = ["include", "qreg", "creg", "gate", "opaque", "measure", "reset", "barrier", "if", "OPENQASM"]
    if words.contains(word) { return }
    throw error(.otherVersion(feature: word, version: "3.0"), at: token)
  }

  private func unsupported(_ word: String) throws(OpenQASMError) -> Statement.Kind {
    let timing = "circuits here have no time; remove it"
    let advice: [String: String] = [
      "opaque": "nothing says what an opaque gate does; define it with gate", "box": timing, "delay": timing, "duration": timing,
      "stretch": timing, "cal": "pulses are no part of a circuit; remove the calibration",
      "defcal": "pulses are no part of a circuit; remove the calibration",
      "defcalgrammar": "pulses are no part of a circuit; remove the calibration",
    ]
    guard let text = advice[word] else { throw expected("a statement") }
    throw error(.unsupported(feature: word, advice: text), at: token)
  }

  /// A statement that begins with a name: a gate, a subroutine, an assignment.
  private mutating func statementOfName() throws(OpenQASMError) -> Statement.Kind {
    let start = token
    let name = text(of: start)
    try advance()
    switch token.kind {
    case .identifier, .hardwareQubit:
      // By far the most frequent statement: a gate without angles.
      var call = GateCall(name: name, nameMark: mark(of: start))
      call.operands = try list(until: .semicolon) { parser throws(OpenQASMError) in try parser.gateOperand() }
      try expect(.semicolon)
      return .gateCall(call)
    case .leftParenthesis:
      let arguments = try self.arguments()
      if token.kind == .identifier || token.kind == .hardwareQubit {
        var call = GateCall(name: name, nameMark: mark(of: start), arguments: arguments)
        call.operands = try list(until: .semicolon) { parser throws(OpenQASMError) in try parser.gateOperand() }
        try expect(.semicolon)
        return .gateCall(call)
      }
      if token.kind == .leftBracket { throw durationOfGate }
      let value = Expression(kind: .call(name, arguments), mark: mark(from: start.start))
      if try take(.arrow) {
        let target = try operand()
        try expect(.semicolon)
        return .assignment(target, nil, value)
      }
      try expect(.semicolon)
      return .expression(value)
    default:
      let target = try indexed(Expression(kind: .name(name), mark: mark(of: start)))
      if token.kind == .identifier || token.kind == .hardwareQubit { throw durationOfGate }
      return try assignment(to: target)
    }
  }

  private var durationOfGate: OpenQASMError {
    error(.unsupported(feature: "a gate with a duration in brackets", advice: "circuits here have no time; remove it"), at: token)
  }

  private mutating func assignmentOrExpression() throws(OpenQASMError) -> Statement.Kind {
    guard token.kind == .minus || token.kind == .leftParenthesis || token.kind == .integer else { throw expected("a statement") }
    let value = try expression()
    try expect(.semicolon)
    return .expression(value)
  }

  private mutating func assignment(to target: Expression) throws(OpenQASMError) -> Statement.Kind {
    let operation = BinaryOperator(assignment: token.kind)
    guard token.kind == .assign || operation != nil else {
      throw expected(token.kind == .semicolon ? "qubits or = after the name" : "=")
    }
    if version == .two { throw error(.otherVersion(feature: "an assignment", version: "3.0"), at: token) }
    try advance()
    let value = try expression()
    try expect(.semicolon)
    if case .measurement(let operand) = value.kind, operation == nil { return .measurement(operand, into: target) }
    return .assignment(target, operation, value)
  }

  /// "measure" operand ["->" target]
  private mutating func arrowMeasurement() throws(OpenQASMError) -> Statement.Kind {
    try advance()
    let operand = try self.operand()
    let target = try take(.arrow) ? try self.operand() : nil
    if version == .two, target == nil { throw expected("->") }
    try expect(.semicolon)
    return .measurement(operand, into: target)
  }

  /// "(" [expression { "," expression }] ")"
  mutating func arguments() throws(OpenQASMError) -> [Expression] {
    try expect(.leftParenthesis)
    let arguments = try list(until: .rightParenthesis) { parser throws(OpenQASMError) in try parser.expression() }
    try expect(.rightParenthesis)
    return arguments
  }

  /// { modifier "@" } name ["(" angles ")"] operands
  mutating func gateCall(takesAnyWord: Bool = false) throws(OpenQASMError) -> GateCall {
    var modifiers: [Modifier] = []
    while token.kind == .identifier, let kind = Modifier.Kind(rawValue: text(of: token)) {
      let start = try advance()
      guard modifiers.count < Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit), at: start) }
      let arguments = token.kind == .leftParenthesis ? try self.arguments() : []
      let expected = kind == .power ? 1...1 : kind == .inverse ? 0...0 : 0...1
      guard expected.contains(arguments.count) else {
        let text = kind == .power ? "one exponent in parentheses" : kind == .inverse ? "nothing in parentheses" : "one number"
        throw error(.wrongArgumentCount(function: kind.rawValue, expected: text, found: arguments.count), at: start)
      }
      modifiers.append(Modifier(kind: kind, argument: arguments.first, mark: mark(from: start.start)))
      try expect(.at, " after \(kind.rawValue)")
    }
    let start = token
    guard start.kind == .identifier, takesAnyWord || isWord("gphase") || !keywords.contains(text(of: start)) else {
      throw expected("the name of a gate")
    }
    try advance()
    var call = GateCall(modifiers: modifiers, name: text(of: start), nameMark: mark(of: start))
    if token.kind == .leftParenthesis { call.arguments = try arguments() }
    if token.kind == .leftBracket { throw durationOfGate }
    call.operands = try list(until: .semicolon) { parser throws(OpenQASMError) in
      if parser.token.kind == .end { throw parser.expected("a qubit") }
      return try parser.operand()
    }
    return call
  }
}

extension String {
  /// The text without blanks at its ends.
  var trimmed: String {
    var part = self[...]
    while let first = part.first, first.isWhitespace { part.removeFirst() }
    while let last = part.last, last.isWhitespace { part.removeLast() }
    return String(part)
  }
}
