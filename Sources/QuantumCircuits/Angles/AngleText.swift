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
  public var description: String {
    switch self {
    case .constant(let value): numberText(value)
    case .symbol(let symbol): symbol.description
    case .sum(let left, let right): sumText(left, right)
    case .product(.constant(-1), let factor): "-\(factor.text(in: .product))"
    case .product(let left, let right): "\(left.text(in: .product)) * \(right.text(in: .product))"
    case .quotient(let left, let right): "\(left.text(in: .product)) / \(right.text(in: .divisor))"
    case .function(let function, let argument): "\(function.rawValue)(\(argument))"
    }
  }

  private enum Place { case product, divisor }

  /// The text, in parentheses where the place needs them.
  private func text(in place: Place) -> String {
    switch self {
    case .sum: return "(\(self))"
    case .product, .quotient: return place == .divisor ? "(\(self))" : description
    case .constant: return place == .divisor && description.contains("/") ? "(\(self))" : description
    case .symbol, .function: return description
    }
  }

  private func sumText(_ left: Angle, _ right: Angle) -> String {
    let text = right.description
    guard text.hasPrefix("-") else { return "\(left) + \(text)" }
    return "\(left) - \(text.dropFirst())"
  }
}

/// A number in few digits: a fraction of π where it is one, whole numbers without their fraction.
private func numberText(_ value: Double) -> String {
  if value == 0 { return "0" }
  for divisor in [1, 2, 3, 4, 6, 8, 16] {
    let multiple = (value / .pi * Double(divisor)).rounded()
    guard multiple != 0, multiple.magnitude <= 64, multiple * .pi / Double(divisor) == value else { continue }
    let numerator = multiple.magnitude == 1 ? "π" : "\(Int(multiple.magnitude))π"
    return (value < 0 ? "-" : "") + numerator + (divisor == 1 ? "" : "/\(divisor)")
  }
  let text = "\(value)"
  return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
}
