/// What can be computed: numbers, names, operators, calls, and the ranges and sets that choose elements.
struct Expression {
  /// How high the tree of operators may be.
  static let heightLimit = 300

  let kind: Kind
  let mark: Mark
  /// How many operators, calls and indices stand inside each other.
  let height: Int32

  init(kind: Kind, mark: Mark) {
    self.kind = kind
    self.mark = mark
    height =
      switch kind {
      case .integer, .real, .imaginary, .boolean, .bits, .text, .name, .hardwareQubit, .element: 0
      case .unary(_, let inner), .cast(_, let inner), .measurement(let inner): inner.height + 1
      case .binary(_, let left, let right): max(left.height, right.height) + 1
      case .index(let base, let items): max(base.height, items.map(\.height).max() ?? 0) + 1
      case .call(_, let items), .set(let items), .array(let items): (items.map(\.height).max() ?? 0) + 1
      case .range(let start, let step, let stop): ([start, step, stop].compactMap { $0?.height }.max() ?? 0) + 1
      }
  }

  indirect enum Kind {
    case integer(Int)
    case real(Double)
    case imaginary(Double)
    case boolean(Bool)
    /// The digits of a text such as "0101", the leftmost first.
    case bits([Bool])
    case text(String)
    case name(String)
    case hardwareQubit(Int)
    /// A qubit such as q[3] after a gate: in long files nearly all there is, and one piece of memory instead of four.
    case element(String, Int, name: Mark, index: Mark)
    case unary(UnaryOperator, Expression)
    case binary(BinaryOperator, Expression, Expression)
    /// A built-in function or a subroutine.
    case call(String, [Expression])
    case cast(TypeSyntax, Expression)
    case index(Expression, [Expression])
    case range(start: Expression?, step: Expression?, stop: Expression?)
    case set([Expression])
    case array([Expression])
    case measurement(Expression)
  }
}

/// Operators before their operand.
enum UnaryOperator: String {
  case minus = "-"
  case not = "!"
  case bitNot = "~"
}

/// Operators between operands; the raw value is their spelling.
enum BinaryOperator: String {
  case power = "**"
  case times = "*"
  case divide = "/"
  case modulo = "%"
  case plus = "+"
  case minus = "-"
  case shiftLeft = "<<"
  case shiftRight = ">>"
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="
  case equal = "=="
  case notEqual = "!="
  case bitAnd = "&"
  case bitXor = "^"
  case bitOr = "|"
  case and = "&&"
  case or = "||"
  case concatenate = "++"

  /// How strongly the operator binds: the rows of the specification's table, the weakest first; concatenation below all.
  var precedence: Int {
    switch self {
    case .concatenate: 0
    case .or: 1
    case .and: 2
    case .bitOr: 3
    case .bitXor: 4
    case .bitAnd: 5
    case .equal, .notEqual: 6
    case .less, .lessOrEqual, .greater, .greaterOrEqual: 7
    case .shiftLeft, .shiftRight: 8
    case .plus, .minus: 9
    case .times, .divide, .modulo: 10
    case .power: 12
    }
  }

  /// The precedence of operators before their operand: above products, below powers, so that -2 ** 2 is -4.
  static let unaryPrecedence = 11

  init?(_ token: Token.Kind) {
    switch token {
    case .power: self = .power
    case .times: self = .times
    case .divide: self = .divide
    case .modulo: self = .modulo
    case .plus: self = .plus
    case .minus: self = .minus
    case .shiftLeft: self = .shiftLeft
    case .shiftRight: self = .shiftRight
    case .less: self = .less
    case .lessOrEqual: self = .lessOrEqual
    case .greater: self = .greater
    case .greaterOrEqual: self = .greaterOrEqual
    case .equal: self = .equal
    case .notEqual: self = .notEqual
    case .bitAnd: self = .bitAnd
    case .bitXor: self = .bitXor
    case .bitOr: self = .bitOr
    case .and: self = .and
    case .or: self = .or
    case .concatenate: self = .concatenate
    default: return nil
    }
  }

  /// The operator of a compound assignment such as `+=`.
  init?(assignment token: Token.Kind) {
    switch token {
    case .plusAssign: self = .plus
    case .minusAssign: self = .minus
    case .timesAssign: self = .times
    case .divideAssign: self = .divide
    case .moduloAssign: self = .modulo
    case .powerAssign: self = .power
    case .andAssign: self = .bitAnd
    case .orAssign: self = .bitOr
    case .xorAssign: self = .bitXor
    case .shiftLeftAssign: self = .shiftLeft
    case .shiftRightAssign: self = .shiftRight
    default: return nil
    }
  }
}

/// A type as it is written: its name, its size, the type and dimensions of an array's elements.
struct TypeSyntax {
  let kind: Kind
  let size: Expression?
  /// For an array the sizes of its dimensions.
  var dimensions: [Expression] = []
  let mark: Mark

  enum Kind: String {
    case bit, int, uint, float, angle, bool, complex, qubit
  }
}
