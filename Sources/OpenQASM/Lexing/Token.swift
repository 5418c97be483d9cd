/// The smallest piece of a file that means something: its kind and the bytes where it stands.
struct Token {
  var kind: Kind
  var start: Int
  var end: Int

  enum Kind: UInt8 {
    case identifier, integer, real, imaginary, timing, text, hardwareQubit, pragma
    case leftParenthesis, rightParenthesis, leftBracket, rightBracket, leftBrace, rightBrace
    case semicolon, comma, colon, dot, at, arrow, assign
    case plus, minus, times, divide, modulo, power, concatenate
    case equal, notEqual, less, lessOrEqual, greater, greaterOrEqual
    case and, or, not, bitAnd, bitOr, bitXor, bitNot, shiftLeft, shiftRight
    case plusAssign, minusAssign, timesAssign, divideAssign, moduloAssign, powerAssign
    case andAssign, orAssign, xorAssign, shiftLeftAssign, shiftRightAssign, notAssign
    case end
  }
}

extension Token.Kind {
  /// The token as a message names it.
  var name: String {
    switch self {
    case .identifier: "a name"
    case .integer: "a whole number"
    case .real: "a number"
    case .imaginary: "an imaginary number"
    case .timing: "a duration"
    case .text: "a text in quotes"
    case .hardwareQubit: "a physical qubit"
    case .pragma: "a pragma"
    case .end: "the end of the file"
    default: Self.symbols.first { $0.kind == self }?.text ?? "\(self)"
    }
  }

  /// The spelling of every token that is always spelled the same, longer ones before those that they begin with.
  static let symbols: [(text: String, kind: Token.Kind)] = [
    ("**=", .powerAssign), ("<<=", .shiftLeftAssign), (">>=", .shiftRightAssign),
    ("->", .arrow), ("**", .power), ("++", .concatenate), ("==", .equal), ("!=", .notEqual), ("<=", .lessOrEqual),
    (">=", .greaterOrEqual), ("&&", .and), ("||", .or), ("<<", .shiftLeft), (">>", .shiftRight), ("+=", .plusAssign),
    ("-=", .minusAssign), ("*=", .timesAssign), ("/=", .divideAssign), ("%=", .moduloAssign), ("&=", .andAssign),
    ("|=", .orAssign), ("^=", .xorAssign), ("~=", .notAssign),
    ("(", .leftParenthesis), (")", .rightParenthesis), ("[", .leftBracket), ("]", .rightBracket), ("{", .leftBrace),
    ("}", .rightBrace), (";", .semicolon), (",", .comma), (":", .colon), (".", .dot), ("@", .at), ("=", .assign), ("+", .plus),
    ("-", .minus), ("*", .times), ("/", .divide), ("%", .modulo), ("<", .less), (">", .greater), ("!", .not), ("&", .bitAnd),
    ("|", .bitOr), ("^", .bitXor), ("~", .bitNot),
  ]

  /// For each first byte the tokens that begin with it, longer ones first.
  static let symbolsByFirstByte: [[(bytes: [UInt8], kind: Token.Kind)]] = {
    var table = [[(bytes: [UInt8], kind: Token.Kind)]](repeating: [], count: 256)
    for (text, kind) in symbols { table[Int(text.utf8.first!)].append((Array(text.utf8), kind)) }
    return table
  }()
}
