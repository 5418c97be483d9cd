// Declarations: types, variables, gates, subroutines.

extension Parser {
  /// kind ["[" size "]"]
  mutating func type() throws(OpenQASMError) -> TypeSyntax {
    let start = token
    guard start.kind == .identifier, let kind = TypeSyntax.Kind(rawValue: text(of: start)) else {
      if isWord("duration") || isWord("stretch") {
        throw error(.unsupported(feature: text(of: start), advice: "circuits here have no time; remove it"), at: start)
      }
      throw expected("a type such as int, float or bit")
    }
    try advance()
    var size: Expression?
    if try take(.leftBracket) {
      if kind == .complex {
        _ = try type()
      } else {
        size = try expression()
      }
      try expect(.rightBracket)
    }
    if size != nil, kind == .bool { throw error(.misplaced("bool has no size", advice: "remove the brackets"), at: start) }
    return TypeSyntax(kind: kind, size: size, mark: mark(from: start.start))
  }

  /// type | "array" "[" type "," sizes "]"
  mutating func typeOrArray() throws(OpenQASMError) -> TypeSyntax {
    guard isWord("array") else { return try type() }
    let start = try advance()
    try expect(.leftBracket)
    let element = try type()
    try expect(.comma)
    let dimensions = try list(until: .rightBracket) { parser throws(OpenQASMError) in try parser.expression() }
    guard !dimensions.isEmpty else { throw expected("the size of the array") }
    try expect(.rightBracket)
    if element.kind == .qubit {
      throw error(.misplaced("there are no arrays of qubits", advice: "a register holds several: qubit[4] q;"), at: start)
    }
    return TypeSyntax(kind: element.kind, size: element.size, dimensions: dimensions, mark: mark(from: start.start))
  }

  mutating func declaration(_ word: String) throws(OpenQASMError) -> Statement.Kind {
    if word == "qreg" || word == "creg" {
      let start = try advance()
      let name = try self.name()
      var size: Expression?
      if try take(.leftBracket) {
        size = try expression()
        try expect(.rightBracket)
      } else if version == .two {
        throw expected("the size in brackets")
      }
      try expect(.semicolon)
      if word == "qreg" { return .qubits(name, size: size) }
      return .declaration(TypeSyntax(kind: .bit, size: size, mark: mark(of: start)), name, value: nil, isConstant: false)
    }
    let isConstant = try take(word: "const")
    // A type in front of a parenthesis is a cast: an expression as a statement.
    let type = try typeOrArray()
    let name = try self.name()
    if type.kind == .qubit {
      try expect(.semicolon)
      return .qubits(name, size: type.size)
    }
    var value: Expression?
    if isConstant || token.kind == .assign {
      try expect(.assign)
      value = token.kind == .leftBrace ? try braces(as: Expression.Kind.array) : try expression()
    }
    try expect(.semicolon)
    return .declaration(type, name, value: value, isConstant: isConstant)
  }

  mutating func inputOrOutput(isInput: Bool) throws(OpenQASMError) -> Statement.Kind {
    try advance()
    let type = try typeOrArray()
    let name = try self.name()
    try expect(.semicolon)
    return isInput ? .input(type, name) : .output(type, name)
  }

  /// "gate" name ["(" names ")"] names "{" statements "}"
  mutating func gateDefinition() throws(OpenQASMError) -> GateSyntax {
    try advance()
    let nameToken = token
    let name = try self.name("the name of the gate")
    var angles: [String] = []
    if try take(.leftParenthesis) {
      angles = try list(until: .rightParenthesis) { parser throws(OpenQASMError) in try parser.name("the name of an angle") }
      try expect(.rightParenthesis)
    }
    let qubits = try list(until: .leftBrace) { parser throws(OpenQASMError) in try parser.name("the name of a qubit") }
    try checkDifferent(angles + qubits, in: "gate \(name)", at: nameToken)
    let body = try block()
    return GateSyntax(name: name, nameMark: mark(of: nameToken), angles: angles, qubits: qubits, body: body)
  }

  /// "def" name "(" [type name { "," type name }] ")" ["->" type] "{" statements "}"
  mutating func subroutine() throws(OpenQASMError) -> SubroutineSyntax {
    try advance()
    let nameToken = token
    let name = try self.name("the name of the subroutine")
    try expect(.leftParenthesis)
    let parameters = try list(until: .rightParenthesis) { parser throws(OpenQASMError) in
      if parser.isWord("readonly") || parser.isWord("mutable") {
        let feature = "a reference to an array (\(parser.text(of: parser.token)))"
        throw parser.error(
          .unsupported(feature: feature, advice: "pass its elements, or write the loop in place"), at: parser.token)
      }
      let type = try parser.type()
      return (type: type, name: try parser.name("the name of a parameter"))
    }
    try expect(.rightParenthesis)
    try checkDifferent(parameters.map(\.name), in: "def \(name)", at: nameToken)
    let result = try take(.arrow) ? try type() : nil
    let body = try block()
    return SubroutineSyntax(name: name, nameMark: mark(of: nameToken), parameters: parameters, result: result, body: body)
  }

  private func checkDifferent(_ names: [String], in owner: String, at token: Token) throws(OpenQASMError) {
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw error(.misplaced("\(name) stands twice in \(owner)", advice: "give each its own name"), at: token)
    }
  }

  /// "extern" name "(" types ")" ["->" type] ";"
  mutating func external() throws(OpenQASMError) -> Statement.Kind {
    try advance()
    let nameToken = token
    let name = try self.name("the name of the function")
    try expect(.leftParenthesis)
    _ = try list(until: .rightParenthesis) { parser throws(OpenQASMError) in try parser.type() }
    try expect(.rightParenthesis)
    if try take(.arrow) { _ = try type() }
    try expect(.semicolon)
    return .external(name, mark(of: nameToken))
  }
}
