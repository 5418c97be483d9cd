// Blocks and what decides about them: conditions, loops, cases; and pragmas.

extension Parser {
  /// "{" statements "}"
  mutating func block() throws(OpenQASMError) -> [Statement] {
    let start = try expect(.leftBrace)
    var statements: [Statement] = []
    while token.kind != .rightBrace {
      if token.kind == .end { throw error(.unterminated("the block {"), at: start) }
      statements.append(try statement())
    }
    try advance()
    return statements
  }

  /// A block, or one statement.
  mutating func body() throws(OpenQASMError) -> [Statement] {
    token.kind == .leftBrace ? try block() : [try statement()]
  }

  mutating func parenthesised() throws(OpenQASMError) -> Expression {
    try expect(.leftParenthesis)
    let inner = try expression()
    try expect(.rightParenthesis)
    return inner
  }

  /// "if" "(" condition ")" body ["else" body]
  mutating func conditional() throws(OpenQASMError) -> Statement.Kind {
    try advance()
    let condition = try parenthesised()
    if version == .two, token.kind == .leftBrace { throw error(.otherVersion(feature: "a block", version: "3.0"), at: token) }
    let then = try body()
    guard version == .three, try take(word: "else") else { return .conditional(condition, then: then, otherwise: []) }
    return .conditional(condition, then: then, otherwise: try body())
  }

  /// "for" type name "in" (set | "[" range "]" | expression) body
  mutating func forLoop() throws(OpenQASMError) -> Statement.Kind {
    try advance()
    let type = try self.type()
    let name = try self.name("the name of the loop's variable")
    guard try take(word: "in") else { throw expected("in") }
    let domain: Expression
    switch token.kind {
    case .leftBrace: domain = try braces(as: Expression.Kind.set)
    case .leftBracket:
      let start = try advance()
      domain = try indexItem()
      guard case .range = domain.kind else {
        throw error(.misplaced("a loop runs over a range such as [0:3]", advice: "write a colon between first and last"), at: start)
      }
      try expect(.rightBracket)
    default: domain = try expression()
    }
    return .forLoop(type, name, in: domain, body: try body())
  }

  /// "switch" "(" value ")" "{" { "case" values block } ["default" block] "}"
  mutating func switchCase() throws(OpenQASMError) -> Statement.Kind {
    try advance()
    let value = try parenthesised()
    let start = try expect(.leftBrace)
    var cases: [(values: [Expression], body: [Statement])] = []
    var otherwise: [Statement] = []
    while token.kind != .rightBrace {
      if token.kind == .end { throw error(.unterminated("the block {"), at: start) }
      if try take(word: "case") {
        let values = try list(until: .leftBrace) { parser throws(OpenQASMError) in try parser.expression() }
        guard !values.isEmpty else { throw expected("a value") }
        cases.append((values, try block()))
      } else if try take(word: "default") {
        otherwise = try block()
        guard token.kind == .rightBrace else { throw expected("} after the default, which comes last") }
      } else {
        throw expected("case or default")
      }
    }
    try advance()
    return .switchCase(value, cases: cases, otherwise: otherwise)
  }

  /// A pragma: the words of Hilbert are read as a call in the rest of the line, others are kept as they are.
  mutating func pragma() throws(OpenQASMError) -> PragmaSyntax {
    let line = token
    if version == .two { throw error(.otherVersion(feature: "a pragma", version: "3.0"), at: line) }
    try advance()
    // What other programs write need not be cut into our tokens.
    let words = source.text(of: line).split(whereSeparator: \.isWhitespace)
    guard words.count > 1, words[1] == "hilbert" else { return .foreign(source.text(of: line).trimmed) }
    var inner = try Parser(pragma: line, in: source, file: file)
    guard try inner.take(word: "hilbert") else { return .foreign(source.text(of: line).trimmed) }
    let word = inner.token
    switch inner.text(of: word) {
    case "observable":
      let place = Mark(file: file, start: inner.token.end, end: line.end)
      return .observable(source.text(inner.token.end, line.end), place)
    case "noise":
      try inner.advance()
      return .instruction(try inner.pragmaCall(), noise: true)
    default: return .instruction(try inner.pragmaCall(), noise: false)
    }
  }

  private mutating func pragmaCall() throws(OpenQASMError) -> GateCall {
    // A channel is called reset, which is a word of the language too.
    let call = try gateCall(takesAnyWord: true)
    guard token.kind == .end else { throw expected("the end of the line") }
    return call
  }
}
