import QuantumCircuits

/// How numbers and angle expressions are written in OpenQASM.
struct AngleWriting {
  let format: String
  /// The names of parameters and features.
  let names: [Angle.Symbol: String]

  /// The expression; reading it gives the same tree, number for number.
  ///
  /// - Throws: `WritingError` for a number that is not finite, and for a tree that the reader would fold into another.
  func text(_ angle: Angle) throws(WritingError) -> String {
    guard isFinite(angle) else {
      throw refusal(angle, "a number in it is not finite", "give it a finite value")
    }
    if case .quotient(_, .constant(0)) = angle { throw refusal(angle, "it divides by zero", "remove the division") }
    let folded = folded(angle)
    guard folded == angle else {
      throw refusal(angle, "it would be read as \(folded)", "write it with the operators of Angle, which fold constants")
    }
    return expression(angle)
  }

  /// A list of expressions.
  func list(_ angles: [Angle]) throws(WritingError) -> String {
    var texts: [String] = []
    for angle in angles { texts.append(try text(angle)) }
    return texts.joined(separator: ", ")
  }

  private func refusal(_ angle: Angle, _ reason: String, _ advice: String) -> WritingError {
    WritingError(format: format, construct: "the angle \(angle)", reason: reason, advice: advice)
  }

  private func isFinite(_ angle: Angle) -> Bool {
    switch angle {
    case .constant(let value): value.isFinite
    case .symbol: true
    case .sum(let left, let right), .product(let left, let right), .quotient(let left, let right):
      isFinite(left) && isFinite(right)
    case .function(_, let argument): isFinite(argument)
    }
  }

  /// The expression as reading builds it, by operators.
  private func folded(_ angle: Angle) -> Angle {
    switch angle {
    case .constant, .symbol: angle
    case .sum(let left, let right): folded(left) + folded(right)
    case .product(let left, let right): folded(left) * folded(right)
    case .quotient(let left, let right):
      if case .constant(0) = folded(right) { .zero } else { folded(left) / folded(right) }
    case .function(let function, .constant(let value)): .constant(function(value))
    case .function(let function, let argument): .function(function, folded(argument))
    }
  }

  private func expression(_ angle: Angle) -> String {
    switch angle {
    case .constant(let value): Self.number(value)
    case .symbol(let symbol): names[symbol] ?? "\(symbol)"
    case .sum(let left, let right): "\(operand(left)) + \(operand(right))"
    case .product(let left, let right): "\(operand(left)) * \(operand(right))"
    case .quotient(let left, let right): "\(operand(left)) / \(operand(right))"
    case .function(.square, let argument): "\(operand(argument)) ** 2"
    case .function(let function, let argument): "\(Self.functionNames[function] ?? function.rawValue)(\(expression(argument)))"
    }
  }

  /// An expression inside another: everything but names, positive numbers and calls in parentheses.
  private func operand(_ angle: Angle) -> String {
    switch angle {
    case .symbol: return expression(angle)
    case .constant(let value) where value.sign == .plus: return expression(angle)
    case .function(let function, _) where function != .square: return expression(angle)
    default: return "(\(expression(angle)))"
    }
  }

  /// The functions that OpenQASM calls by other names.
  private static let functionNames: [AngleFunction: String] = [.asin: "arcsin", .acos: "arccos", .atan: "arctan"]

  /// The shortest decimal that reads back as the same number, with a point or an exponent: whole numbers would divide as such.
  static func number(_ value: Double) -> String {
    let text = "\(value)"
    guard let exponent = text.firstIndex(of: "e"), !text.contains(".") else { return text }
    return text[..<exponent] + ".0" + text[exponent...]
  }

  /// Whether an expression calls tanh, which OpenQASM has to be told of.
  static func usesHyperbolicTangent(_ angle: Angle) -> Bool {
    switch angle {
    case .constant, .symbol: false
    case .sum(let left, let right), .product(let left, let right), .quotient(let left, let right):
      usesHyperbolicTangent(left) || usesHyperbolicTangent(right)
    case .function(let function, let argument): function == .tanh || usesHyperbolicTangent(argument)
    }
  }
}
