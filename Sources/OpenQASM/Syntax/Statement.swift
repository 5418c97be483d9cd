/// One statement of a program, with the annotations on the lines before it.
struct Statement {
  let kind: Kind
  let mark: Mark
  var annotations: [Annotation] = []

  indirect enum Kind {
    case include(String)
    case qubits(String, size: Expression?)
    case declaration(TypeSyntax, String, value: Expression?, isConstant: Bool)
    case input(TypeSyntax, String)
    case output(TypeSyntax, String)
    case alias(String, Expression)
    case gate(GateSyntax)
    case subroutine(SubroutineSyntax)
    case external(String, Mark)
    case gateCall(GateCall)
    case measurement(Expression, into: Expression?)
    case assignment(Expression, BinaryOperator?, Expression)
    case expression(Expression)
    case reset(Expression)
    case barrier([Expression])
    case idle([Expression])
    case conditional(Expression, then: [Statement], otherwise: [Statement])
    case forLoop(TypeSyntax, String, in: Expression, body: [Statement])
    case whileLoop(Expression, body: [Statement])
    case switchCase(Expression, cases: [(values: [Expression], body: [Statement])], otherwise: [Statement])
    case block([Statement])
    case breakLoop, continueLoop, end
    case returnValue(Expression?)
    case pragma(PragmaSyntax)
  }
}

/// A line `@name rest` before a statement.
struct Annotation {
  let name: String
  let rest: String
  let mark: Mark
}

/// A gate applied to operands.
struct GateCall {
  var modifiers: [Modifier] = []
  let name: String
  let nameMark: Mark
  var arguments: [Expression] = []
  var operands: [Expression] = []
}

/// What stands before a gate and `@`.
struct Modifier {
  let kind: Kind
  let argument: Expression?
  let mark: Mark

  enum Kind: String {
    case control = "ctrl"
    case negativeControl = "negctrl"
    case inverse = "inv"
    case power = "pow"
  }
}

/// A gate definition: names of angles and qubits, and what is done.
final class GateSyntax {
  let name: String
  let nameMark: Mark
  let angles: [String]
  let qubits: [String]
  let body: [Statement]

  init(name: String, nameMark: Mark, angles: [String], qubits: [String], body: [Statement]) {
    (self.name, self.nameMark, self.angles, self.qubits, self.body) = (name, nameMark, angles, qubits, body)
  }
}

/// A subroutine: what it takes, what it returns, and what is done.
final class SubroutineSyntax {
  let name: String
  let nameMark: Mark
  let parameters: [(type: TypeSyntax, name: String)]
  let result: TypeSyntax?
  let body: [Statement]

  init(name: String, nameMark: Mark, parameters: [(type: TypeSyntax, name: String)], result: TypeSyntax?, body: [Statement]) {
    (self.name, self.nameMark, self.parameters, self.result, self.body) = (name, nameMark, parameters, result, body)
  }
}

/// A pragma: Hilbert's own as a call with operands, others as text.
enum PragmaSyntax {
  case foreign(String)
  case observable(String, Mark)
  /// `noise` is true where the name is that of a channel.
  case instruction(GateCall, noise: Bool)
}
