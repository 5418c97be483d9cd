// Expressions, by the table of precedence.

extension Parser {
  /// An expression whose operators all bind at least as strongly as `precedence`.
  mutating func expression(_ precedence: Int = 1) throws(OpenQASMError) -> Expression {
    try deeper { parser throws(OpenQASMError) in try parser.operators(precedence) }
  }

  private mutating func operators(_ precedence: Int) throws(OpenQASMError) -> Expression {
    var left = try prefixed()
    while let operation = binaryOperator, operation.precedence >= precedence {
      let token = try advance()
      // A power binds to the right, everything else to the left.
      let right = try expression(operation == .power ? operation.precedence : operation.precedence + 1)
      left = Expression(kind: .binary(operation, left, right), mark: left.mark.through(right.mark))
      // Trees are walked by recursion.
      guard left.height <= Expression.heightLimit else { throw error(.tooDeep(limit: Expression.heightLimit), at: token) }
    }
    return left
  }

  /// The operator that stands here; in version 2 the sign ^ is a power.
  private var binaryOperator: BinaryOperator? {
    if version == .two, token.kind == .bitXor { return .power }
    return BinaryOperator(token.kind)
  }

  /// ("-" | "!" | "~") expression | primary { index }
  private mutating func prefixed() throws(OpenQASMError) -> Expression {
    let operation: UnaryOperator
    switch token.kind {
    case .minus: operation = .minus
    case .not: operation = .not
    case .bitNot: operation = .bitNot
    case .plus where version == .two:
      try advance()
      return try expression(BinaryOperator.unaryPrecedence)
    default: return try indexed(try primary())
    }
    let start = try advance().start
    let operand = try expression(BinaryOperator.unaryPrecedence)
    return Expression(kind: .unary(operation, operand), mark: mark(from: start))
  }

  /// { "[" index { "," index } "]" }
  mutating func indexed(_ base: Expression) throws(OpenQASMError) -> Expression {
    var result = base
    var height = 0
    while try take(.leftBracket) {
      height += 1
      guard height <= Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit), at: token) }
      let items = try list(until: .rightBracket) { parser throws(OpenQASMError) in try parser.indexItem() }
      guard !items.isEmpty else { throw expected("an index") }
      try expect(.rightBracket)
      result = Expression(kind: .index(result, items), mark: mark(from: Int(base.mark.start)))
    }
    return result
  }

  /// set | [expression] ":" [expression] [":" expression] | expression
  mutating func indexItem() throws(OpenQASMError) -> Expression {
    let start = token.start
    if token.kind == .leftBrace { return try braces(as: Expression.Kind.set) }
    let first = token.kind == .colon ? nil : try expression()
    guard try take(.colon) else { return first! }
    let isEnd = token.kind == .rightBracket || token.kind == .comma || token.kind == .colon
    let second = isEnd ? nil : try expression()
    guard try take(.colon) else {
      return Expression(kind: .range(start: first, step: nil, stop: second), mark: mark(from: start))
    }
    let third = token.kind == .rightBracket || token.kind == .comma ? nil : try expression()
    return Expression(kind: .range(start: first, step: second, stop: third), mark: mark(from: start))
  }

  /// "{" item { "," item } "}", where an item may be a list itself.
  mutating func braces(as kind: @escaping ([Expression]) -> Expression.Kind) throws(OpenQASMError) -> Expression {
    try deeper { parser throws(OpenQASMError) in
      let start = try parser.expect(.leftBrace).start
      let items = try parser.list(until: .rightBrace) { parser throws(OpenQASMError) in
        parser.token.kind == .leftBrace ? try parser.braces(as: kind) : try parser.expression()
      }
      try parser.expect(.rightBrace)
      return Expression(kind: kind(items), mark: parser.mark(from: start))
    }
  }

  /// name | call | cast | literal | "(" expression ")" | measurement
  private mutating func primary() throws(OpenQASMError) -> Expression {
    let start = token
    switch token.kind {
    case .identifier: return try word()
    case .integer:
      try advance()
      return Expression(kind: .integer(try integer(start)), mark: mark(of: start))
    case .real:
      try advance()
      return Expression(kind: .real(try real(text(of: start), start)), mark: mark(of: start))
    case .imaginary:
      try advance()
      return Expression(kind: .imaginary(try real(String(text(of: start).dropLast(2)), start)), mark: mark(of: start))
    case .timing:
      throw error(
        .unsupported(feature: "the duration \(text(of: start))", advice: "circuits here have no time; remove it"), at: start)
    case .text:
      try advance()
      return Expression(kind: literal(text(of: start)), mark: mark(of: start))
    case .hardwareQubit:
      try advance()
      guard let number = Int(text(of: start).dropFirst().filter { $0 != "_" }) else {
        throw error(.badNumber(text(of: start), reason: "it is too large"), at: start)
      }
      return Expression(kind: .hardwareQubit(number), mark: mark(of: start))
    case .leftParenthesis:
      try advance()
      let inner = try expression()
      try expect(.rightParenthesis)
      return Expression(kind: inner.kind, mark: mark(from: start.start))
    case .leftBracket where acceptsLists:
      // Lists of numbers stand only in pragmas.
      try advance()
      let items = try deeper { parser throws(OpenQASMError) in
        try parser.list(until: .rightBracket) { parser throws(OpenQASMError) in try parser.expression() }
      }
      try expect(.rightBracket)
      return Expression(kind: .array(items), mark: mark(from: start.start))
    default: throw expected("an expression")
    }
  }

  /// A text in quotes: bits where it holds only 0, 1 and the underscore.
  private func literal(_ quoted: String) -> Expression.Kind {
    let digits = quoted.dropFirst().dropLast()
    guard !digits.isEmpty, digits.first != "_", digits.allSatisfy({ "01_".contains($0) }), digits.contains(where: { $0 != "_" })
    else {
      return .text(String(digits))
    }
    return .bits(digits.filter { $0 != "_" }.map { $0 == "1" })
  }

  /// An expression that begins with a word.
  private mutating func word() throws(OpenQASMError) -> Expression {
    let start = token
    let word = text(of: start)
    if version == .two { return try nameOrCall(word, start) }
    switch word {
    case "true", "false":
      try advance()
      return Expression(kind: .boolean(word == "true"), mark: mark(of: start))
    case "measure":
      try advance()
      let operand = try self.operand()
      return Expression(kind: .measurement(operand), mark: mark(from: start.start))
    case "durationof":
      throw error(.unsupported(feature: "durationof", advice: "circuits here have no time; remove it"), at: start)
    case "array":
      throw error(.unsupported(feature: "a cast to an array", advice: "declare an array and assign its elements"), at: start)
    default: break
    }
    if TypeSyntax.Kind(rawValue: word) != nil || word == "duration" || word == "stretch" {
      let type = try self.type()
      try expect(.leftParenthesis)
      let operand = try expression()
      try expect(.rightParenthesis)
      return Expression(kind: .cast(type, operand), mark: mark(from: start.start))
    }
    return try nameOrCall(word, start)
  }

  private mutating func nameOrCall(_ word: String, _ start: Token) throws(OpenQASMError) -> Expression {
    // `pow` is a modifier and a function, `sizeof` a function only.
    if keywords.contains(word), word != "pow", word != "sizeof" { throw expected("an expression") }
    try advance()
    guard try take(.leftParenthesis) else { return Expression(kind: .name(word), mark: mark(of: start)) }
    let arguments = try list(until: .rightParenthesis) { parser throws(OpenQASMError) in try parser.expression() }
    try expect(.rightParenthesis)
    return Expression(kind: .call(word, arguments), mark: mark(from: start.start))
  }

  /// A qubit or several: name { index } | physical qubit
  mutating func operand() throws(OpenQASMError) -> Expression {
    guard token.kind == .identifier || token.kind == .hardwareQubit else { throw expected("a qubit such as q[0]") }
    let start = token
    if token.kind == .hardwareQubit { return try expression() }
    let name = try self.name("a qubit")
    return try indexed(Expression(kind: .name(name), mark: mark(of: start)))
  }

  /// The same after a gate, where one element of a register is the rule.
  mutating func gateOperand() throws(OpenQASMError) -> Expression {
    let start = self
    if token.kind == .identifier {
      let name = try self.name("a qubit")
      let base = mark(of: start.token)
      guard try take(.leftBracket) else { return Expression(kind: .name(name), mark: base) }
      if token.kind == .integer {
        let place = mark(of: token)
        let index = try integer(try advance())
        if try take(.rightBracket), token.kind == .comma || token.kind == .semicolon {
          return Expression(kind: .element(name, index, name: base, index: place), mark: mark(from: start.token.start))
        }
      }
      self = start
    }
    return try operand()
  }

  private func integer(_ token: Token) throws(OpenQASMError) -> Int {
    let digits = text(of: token).filter { $0 != "_" }
    let value =
      switch digits.prefix(2).lowercased() {
      case "0x": Int(digits.dropFirst(2), radix: 16)
      case "0o": Int(digits.dropFirst(2), radix: 8)
      case "0b": Int(digits.dropFirst(2), radix: 2)
      default: Int(digits)
      }
    guard let value else {
      let isLong = digits.allSatisfy(\.isHexDigit) || digits.count > 15
      throw error(.badNumber(text(of: token), reason: isLong ? "it does not fit 64 bits" : "its digits are wrong"), at: token)
    }
    return value
  }

  private func real(_ digits: String, _ token: Token) throws(OpenQASMError) -> Double {
    guard let value = Double(digits.filter { $0 != "_" && $0 != " " }), value.isFinite else {
      throw error(.badNumber(text(of: token), reason: "it is too large for a double"), at: token)
    }
    return value
  }
}
