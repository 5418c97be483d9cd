/// An angle that is linear in its symbols: `constant + sum of coefficient * symbol`.
///
/// Nearly every angle of a circuit has this form. Compilation evaluates it without walking a tree, and its derivatives are numbers.
public struct AffineAngle: Sendable, Hashable {
  /// The value where all symbols are 0.
  public var constant: Double
  /// The coefficient of each symbol that occurs; none is zero.
  public private(set) var coefficients: [Angle.Symbol: Double]

  public init(constant: Double, coefficients: [Angle.Symbol: Double] = [:]) {
    self.constant = constant
    self.coefficients = coefficients.filter { $0.value != 0 }
  }

  /// Symbols with their coefficients: parameters, then features, each by index.
  public var terms: [(symbol: Angle.Symbol, coefficient: Double)] {
    coefficients.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  static func + (left: AffineAngle, right: AffineAngle) -> AffineAngle {
    AffineAngle(
      constant: left.constant + right.constant, coefficients: left.coefficients.merging(right.coefficients, uniquingKeysWith: +))
  }

  func mapValues(_ transform: (Double) -> Double) -> AffineAngle {
    AffineAngle(constant: transform(constant), coefficients: coefficients.mapValues(transform))
  }
}

extension Angle {
  /// The angle as a linear expression; nil when it is not linear in its symbols.
  public var affine: AffineAngle? {
    switch self {
    case .constant(let value): return AffineAngle(constant: value)
    case .symbol(let symbol): return AffineAngle(constant: 0, coefficients: [symbol: 1])
    case .sum(let left, let right):
      guard let left = left.affine, let right = right.affine else { return nil }
      return left + right
    case .product(let left, let right):
      guard let left = left.affine, let right = right.affine else { return nil }
      if left.coefficients.isEmpty { return right.mapValues { left.constant * $0 } }
      return right.coefficients.isEmpty ? left.mapValues { $0 * right.constant } : nil
    case .quotient(let left, let right):
      guard let left = left.affine, let right = right.affine, right.coefficients.isEmpty else { return nil }
      return left.mapValues { $0 / right.constant }
    case .function(let function, let argument):
      guard let argument = argument.affine, argument.coefficients.isEmpty else { return nil }
      return AffineAngle(constant: function(argument.constant))
    }
  }
}
