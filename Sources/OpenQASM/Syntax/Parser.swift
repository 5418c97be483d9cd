/// Reads statements from tokens: recursive descent, one method a rule of the grammar, one token ahead.
///
/// Statements are handed out one by one, so that a long file is never in memory as a tree.
struct Parser {
  /// How many levels of blocks and parentheses may stand inside each other, so that no text can exhaust the stack.
  static let depthLimit = 100

  private var lexer: Lexer
  let file: Int
  var token: Token
  /// Where the last token that was taken ends.
  private var previousEnd = 0
  private(set) var version: Version
  var depth = 0
  /// In pragmas lists in brackets are expressions.
  var acceptsLists = false

  /// The two languages.
  enum Version: String {
    case two = "2.0"
    case three = "3.0"
  }

  init(_ source: SourceText, file: Int, version: Version) throws(OpenQASMError) {
    lexer = Lexer(source)
    self.file = file
    self.version = version
    token = try lexer.next()
  }

  /// Reads the rest of a pragma's line after the word `pragma`.
  init(pragma line: Token, in source: SourceText, file: Int) throws(OpenQASMError) {
    let word = source.bytes[line.start] == UInt8(ascii: "#") ? 7 : 6
    lexer = Lexer(source, from: line.start + word, to: line.end)
    self.file = file
    version = .three
    acceptsLists = true
    token = try lexer.next()
  }

  var source: SourceText { lexer.source }

  /// The words that no name may be.
  var keywords: Set<String> { version == .two ? Keywords.versionTwo : Keywords.all }

  // MARK: Tokens

  /// Moves to the next token and returns the one left behind.
  @discardableResult
  mutating func advance() throws(OpenQASMError) -> Token {
    let taken = token
    previousEnd = taken.end
    token = try lexer.next()
    return taken
  }

  /// Takes the token where it is of this kind.
  mutating func take(_ kind: Token.Kind) throws(OpenQASMError) -> Bool {
    guard token.kind == kind else { return false }
    try advance()
    return true
  }

  /// Takes a token that must stand here.
  @discardableResult
  mutating func expect(_ kind: Token.Kind, _ context: String = "") throws(OpenQASMError) -> Token {
    guard token.kind == kind else {
      // What is missing at the end of a statement is missing where the last token ends, not where the next begins.
      throw expected(kind.name + context, atEndOfPrevious: kind == .semicolon)
    }
    return try advance()
  }

  /// Takes the keyword where it stands here.
  mutating func take(word: String) throws(OpenQASMError) -> Bool {
    guard isWord(word) else { return false }
    try advance()
    return true
  }

  func isWord(_ word: String) -> Bool {
    token.kind == .identifier && token.end - token.start == word.utf8.count && text(of: token) == word
  }

  func text(of token: Token) -> String { source.text(of: token) }

  func mark(of token: Token) -> Mark { Mark(file: file, start: token.start, end: token.end) }

  /// The mark from a place to the last token taken.
  func mark(from start: Int) -> Mark { Mark(file: file, start: start, end: max(start, previousEnd)) }

  func error(_ reason: OpenQASMError.Reason, at token: Token) -> OpenQASMError { source.error(reason, token.start, token.end) }

  /// The error that something else was expected here.
  func expected(_ what: String, atEndOfPrevious: Bool = false) -> OpenQASMError {
    let found = token.kind == .end ? token.kind.name : text(of: token)
    let reason = OpenQASMError.Reason.expected(what, found: found.count > 40 ? String(found.prefix(40)) + "..." : found)
    return atEndOfPrevious ? source.error(reason, previousEnd, previousEnd) : error(reason, at: token)
  }

  /// Runs a rule one level deeper.
  mutating func deeper<Result>(_ rule: (inout Parser) throws(OpenQASMError) -> Result) throws(OpenQASMError) -> Result {
    guard depth < Self.depthLimit else { throw error(.tooDeep(limit: Self.depthLimit), at: token) }
    depth += 1
    defer { depth -= 1 }
    return try rule(&self)
  }

  // MARK: The file

  /// `OPENQASM 3.0;` at the beginning of the file; where it is missing, version 3 is meant.
  mutating func header() throws(OpenQASMError) {
    guard try take(word: "OPENQASM") else { return }
    let number = token
    guard number.kind == .real || number.kind == .integer else { throw expected("a version such as 3.0") }
    try advance()
    switch text(of: number) {
    case "2", "2.0": version = .two
    case "3", "3.0", "3.1": version = .three
    case let other: throw error(.badVersion(other), at: number)
    }
    try expect(.semicolon)
  }

  /// The next statement; nil at the end of the file.
  mutating func nextStatement() throws(OpenQASMError) -> Statement? {
    token.kind == .end ? nil : try statement()
  }

  /// name
  mutating func name(_ what: String = "a name") throws(OpenQASMError) -> String {
    guard token.kind == .identifier else { throw expected(what) }
    let name = text(of: token)
    if keywords.contains(name) { throw expected("\(what), which is no word of the language,") }
    try advance()
    return name
  }

  /// The rest of the line from a place on.
  mutating func restOfLine(from start: Int) throws(OpenQASMError) -> String {
    let rest = lexer.restOfLine(from: start)
    previousEnd = start + rest.utf8.count
    token = try lexer.next()
    return rest
  }

  /// item { "," item } [","], up to a closing token, which is not taken.
  mutating func list<Item>(
    until close: Token.Kind, _ item: (inout Parser) throws(OpenQASMError) -> Item
  ) throws(OpenQASMError) -> [Item] {
    var items: [Item] = []
    while token.kind != close {
      items.append(try item(&self))
      guard try take(.comma) else { break }
    }
    return items
  }
}

/// The words that no name may be.
enum Keywords {
  static let versionTwo: Set<String> = [
    "OPENQASM", "include", "qreg", "creg", "gate", "opaque", "measure", "reset", "barrier", "if",
  ]

  static let all: Set<String> = [
    "OPENQASM", "include", "defcalgrammar", "def", "cal", "defcal", "gate", "extern", "box", "let", "break", "continue", "if",
    "else", "end", "return", "for", "while", "in", "switch", "case", "default", "nop", "input", "output", "const", "readonly",
    "mutable", "qreg", "qubit", "creg", "bool", "bit", "int", "uint", "float", "angle", "complex", "array", "void", "duration",
    "stretch", "gphase", "inv", "pow", "ctrl", "negctrl", "durationof", "delay", "reset", "measure", "barrier", "true", "false",
    "opaque", "sizeof",
  ]
}
