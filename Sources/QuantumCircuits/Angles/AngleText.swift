extension Angle.Symbol: CustomStringConvertible {
  /// `w[3]` for a parameter (a weight), `x[3]` for a feature.
  public var description: String {
    switch self {
    case .parameter(let index): "w[\(index)]"
    case .feature(let index): "x[\(index)]"
    }
  }
}

extension Angle: CustomStringConvertible {
  /// The expression as one would write it, for example `2 * (π - x[0])`; simple fractions of π are recognised.
  public var description: String { text() }

  /// The expression as one would write it, its numbers rounded to the given digits after the point.
  func text(digits: Int? = nil, names: DrawingNames = DrawingNames()) -> String {
    func factor(_ angle: Angle, isDivisor: Bool = false) -> String {
      let text = angle.text(digits: digits, names: names)
      return angle.needsParentheses(isDivisor: isDivisor) ? "(\(text))" : text
    }
    switch self {
    case .constant(let value): return numberText(value, digits: digits)
    case .symbol(let symbol): return names.symbol(symbol)
    case .sum(let left, let right):
      let (first, second) = (left.text(digits: digits, names: names), right.text(digits: digits, names: names))
      return second.hasPrefix("-") ? "\(first) - \(second.dropFirst())" : "\(first) + \(second)"
    case .product(.constant(-1), let right): return "-\(factor(right))"
    case .product(let left, let right): return "\(factor(left)) * \(factor(right))"
    case .quotient(let left, let right): return "\(factor(left)) / \(factor(right, isDivisor: true))"
    case .function(let function, let argument): return "\(function.rawValue)(\(argument.text(digits: digits, names: names)))"
    }
  }

  /// Whether the expression, as a factor or a divisor, stands in parentheses.
  private func needsParentheses(isDivisor: Bool) -> Bool {
    switch self {
    case .sum: true
    case .product, .quotient: isDivisor
    case .constant(let value): isDivisor && numberText(value, digits: nil).contains("/")
    case .symbol, .function: false
    }
  }
}

/// A number in few digits: a fraction of π where it is one, whole numbers without their fraction.
private func numberText(_ value: Double, digits: Int?) -> String {
  if value == 0 { return "0" }
  for divisor in [1, 2, 3, 4, 6, 8, 16] {
    let multiple = (value / .pi * Double(divisor)).rounded()
    guard multiple != 0, multiple.magnitude <= 64, multiple * .pi / Double(divisor) == value else { continue }
    let numerator = multiple.magnitude == 1 ? "π" : "\(Int(multiple.magnitude))π"
    return (value < 0 ? "-" : "") + numerator + (divisor == 1 ? "" : "/\(divisor)")
  }
  var shown = value
  if let digits, value.magnitude > 1e-3, value.magnitude < 1e6 {
    let scale = (0..<digits).reduce(1.0) { power, _ in power * 10 }
    shown = (value * scale).rounded() / scale
  }
  let text = "\(shown)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
