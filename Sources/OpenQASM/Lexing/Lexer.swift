/// Cuts the bytes of a file into tokens, one at a time and each byte once.
struct Lexer {
  let source: SourceText
  private(set) var position: Int
  /// Where the text ends: the file, or the line of a pragma.
  private let end: Int

  private var bytes: [UInt8] { source.bytes }

  init(_ source: SourceText) {
    self.source = source
    end = source.bytes.count
    // A byte order mark at the very beginning is no part of the text.
    position = source.bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The tokens of a part of a file.
  init(_ source: SourceText, from start: Int, to end: Int) {
    self.source = source
    position = start
    self.end = end
  }

  /// The next token; at the end of the file again and again the token `end`.
  mutating func next() throws(OpenQASMError) -> Token {
    try skipSpace()
    let start = position
    guard start < end else { return Token(kind: .end, start: start, end: start) }
    let byte = bytes[start]
    if ByteClass.isNameStart(byte) { return try name(from: start) }
    if ByteClass.isDigit(byte) || (byte == UInt8(ascii: ".") && ByteClass.isDigit(self.byte(at: start + 1))) {
      return try number(from: start)
    }
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return try text(from: start, quote: byte)
    case UInt8(ascii: "$"): return try hardwareQubit(from: start)
    case UInt8(ascii: "#"): return try pragma(from: start)
    default: return try symbol(from: start)
    }
  }

  /// The rest of the line from a place on, as annotations and pragmas take it; the next token is the first of the next line.
  mutating func restOfLine(from start: Int) -> String {
    position = start
    while position < end, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    let isReturn = position > start && bytes[position - 1] == UInt8(ascii: "\r")
    return source.text(start, isReturn ? position - 1 : position)
  }

  /// The byte at a place, 0 beyond the end.
  private func byte(at place: Int) -> UInt8 { place < end ? bytes[place] : 0 }

  /// Moves over blanks, line ends and comments.
  private mutating func skipSpace() throws(OpenQASMError) {
    while position < end {
      switch bytes[position] {
      case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"): position += 1
      case UInt8(ascii: "/") where byte(at: position + 1) == UInt8(ascii: "/"):
        while position < end, bytes[position] != UInt8(ascii: "\n") { position += 1 }
      case UInt8(ascii: "/") where byte(at: position + 1) == UInt8(ascii: "*"):
        let start = position
        position += 2
        while !(byte(at: position) == UInt8(ascii: "*") && byte(at: position + 1) == UInt8(ascii: "/")) {
          guard position < end else { throw source.error(.unterminated("the comment /*"), start, start + 2) }
          position += 1
        }
        position += 2
      default: return
      }
    }
  }

  private mutating func name(from start: Int) throws(OpenQASMError) -> Token {
    var isASCII = true
    while position < end, ByteClass.isNamePart(bytes[position]) {
      if bytes[position] >= 0x80 { isASCII = false }
      position += 1
    }
    if !isASCII { try checkLetters(start, position) }
    // The old spelling of a pragma has no number sign.
    if position - start == 6, source.text(start, position) == "pragma" { return pragmaToken(from: start, contents: position) }
    return Token(kind: .identifier, start: start, end: position)
  }

  /// Names may hold any letters of Unicode; what else is not ASCII has no place in a file.
  private func checkLetters(_ start: Int, _ end: Int) throws(OpenQASMError) {
    var decoder = UTF8()
    var iterator = bytes[start..<end].makeIterator()
    var place = start
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar):
        let isGood = scalar.isASCII || scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal
        let width = UTF8.width(scalar)
        guard isGood else { throw source.error(.unexpectedCharacter("\(scalar)"), place, place + width) }
        place += width
      case .emptyInput: return
      case .error: throw source.error(.notText(byte: bytes[place]), place, place + 1)
      }
    }
  }

  /// integer | real, with an optional unit: `im` makes it imaginary, a unit of time a duration.
  private mutating func number(from start: Int) throws(OpenQASMError) -> Token {
    var kind = Token.Kind.integer
    if bytes[start] == UInt8(ascii: "0"), "xXoObB".utf8.contains(byte(at: start + 1)) {
      position += 2
      while ByteClass.isNamePart(byte(at: position)) { position += 1 }
      return Token(kind: .integer, start: start, end: position)
    }
    skipDigits()
    if byte(at: position) == UInt8(ascii: ".") {
      kind = .real
      position += 1
      skipDigits()
    }
    if byte(at: position) | 0x20 == UInt8(ascii: "e") {
      let sign = byte(at: position + 1)
      let signed = sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-")
      if ByteClass.isDigit(byte(at: position + (signed ? 2 : 1))) {
        kind = .real
        position += signed ? 2 : 1
        skipDigits()
      }
    }
    // Letters right behind a number are a unit, or a mistake.
    let unitStart = position
    while ByteClass.isNamePart(byte(at: position)) { position += 1 }
    switch source.text(unitStart, position) {
    case "": break
    case "im": kind = .imaginary
    case "ns", "us", "µs", "μs", "ms", "s", "dt": kind = .timing
    default:
      let reason = "a name cannot begin with a digit, and a number ends where letters begin"
      throw source.error(.badNumber(source.text(start, position), reason: reason), start, position)
    }
    return Token(kind: kind, start: start, end: position)
  }

  private mutating func skipDigits() {
    while ByteClass.isDigit(byte(at: position))
      || (byte(at: position) == UInt8(ascii: "_") && ByteClass.isDigit(byte(at: position + 1)))
    {
      position += 1
    }
  }

  private mutating func text(from start: Int, quote: UInt8) throws(OpenQASMError) -> Token {
    position += 1
    while position < end, bytes[position] != quote {
      guard bytes[position] != UInt8(ascii: "\n") else { break }
      position += 1
    }
    guard byte(at: position) == quote else { throw source.error(.unterminated("the text in quotes"), start, start + 1) }
    position += 1
    return Token(kind: .text, start: start, end: position)
  }

  private mutating func hardwareQubit(from start: Int) throws(OpenQASMError) -> Token {
    position += 1
    skipDigits()
    guard position > start + 1 else { throw source.error(.unexpectedCharacter("$"), start, start + 1) }
    return Token(kind: .hardwareQubit, start: start, end: position)
  }

  private mutating func pragma(from start: Int) throws(OpenQASMError) -> Token {
    position += 1
    guard bytes[position..<end].starts(with: Array("pragma".utf8)) else {
      throw source.error(.unexpectedCharacter("#"), start, start + 1)
    }
    return pragmaToken(from: start, contents: position + 6)
  }

  private mutating func pragmaToken(from start: Int, contents: Int) -> Token {
    position = contents
    while position < end, bytes[position] != UInt8(ascii: "\n") { position += 1 }
    return Token(kind: .pragma, start: start, end: position)
  }

  private mutating func symbol(from start: Int) throws(OpenQASMError) -> Token {
    for (text, kind) in Token.Kind.symbolsByFirstByte[Int(bytes[start])] where matches(text, at: start) {
      position += text.count
      return Token(kind: kind, start: start, end: position)
    }
    let byte = bytes[start]
    let shown = byte < 0x20 || byte == 0x7F ? "the control character \(byte)" : String(UnicodeScalar(byte))
    throw source.error(.unexpectedCharacter(shown), start, start + 1)
  }

  private func matches(_ text: [UInt8], at start: Int) -> Bool {
    for place in text.indices where byte(at: start + place) != text[place] { return false }
    return true
  }
}

/// What a byte may be part of.
enum ByteClass {
  static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }

  /// Letters, the underscore, and every byte of a character beyond ASCII, which is looked at when the name is complete.
  static func isNameStart(_ byte: UInt8) -> Bool {
    (byte | 0x20) &- UInt8(ascii: "a") < 26 || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  static func isNamePart(_ byte: UInt8) -> Bool { isNameStart(byte) || isDigit(byte) }
}
