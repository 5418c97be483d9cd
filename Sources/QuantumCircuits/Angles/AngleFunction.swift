import LinearAlgebra

/// The functions that an angle can be made of, each with its derivative.
public enum AngleFunction: String, CaseIterable, Sendable {
  case sin, cos, tan, asin, acos, atan, exp, log, sqrt, square, tanh

  /// The value at x; NaN outside of the function's domain.
  public func callAsFunction(_ x: Double) -> Double {
    switch self {
    case .sin: .sin(x)
    case .cos: .cos(x)
    case .tan: .tan(x)
    case .asin: .asin(x)
    case .acos: .acos(x)
    case .atan: .atan(x)
    case .exp: .exp(x)
    case .log: .log(x)
    case .sqrt: .sqrt(x)
    case .square: x * x
    case .tanh: .tanh(x)
    }
  }

  /// The derivative at x, itself an angle.
  func derivative(at x: Angle) -> Angle {
    switch self {
    case .sin: .cos(x)
    case .cos: -.sin(x)
    case .tan: 1 / .square(.cos(x))
    case .asin: 1 / .sqrt(1 - .square(x))
    case .acos: -1 / .sqrt(1 - .square(x))
    case .atan: 1 / (1 + .square(x))
    case .exp: .exp(x)
    case .log: 1 / x
    case .sqrt: 0.5 / .sqrt(x)
    case .square: 2 * x
    case .tanh: 1 - .square(.tanh(x))
    }
  }
}

extension Angle {
  /// The sine.
  public static func sin(_ angle: Angle) -> Angle { applying(.sin, to: angle) }
  /// The cosine.
  public static func cos(_ angle: Angle) -> Angle { applying(.cos, to: angle) }
  /// The tangent.
  public static func tan(_ angle: Angle) -> Angle { applying(.tan, to: angle) }
  /// The arc sine; the argument lies in [-1, 1], the derivative is infinite at its ends.
  public static func asin(_ angle: Angle) -> Angle { applying(.asin, to: angle) }
  /// The arc cosine; the argument lies in [-1, 1], the derivative is infinite at its ends.
  public static func acos(_ angle: Angle) -> Angle { applying(.acos, to: angle) }
  /// The arc tangent.
  public static func atan(_ angle: Angle) -> Angle { applying(.atan, to: angle) }
  /// The exponential.
  public static func exp(_ angle: Angle) -> Angle { applying(.exp, to: angle) }
  /// The natural logarithm; the argument is positive.
  public static func log(_ angle: Angle) -> Angle { applying(.log, to: angle) }
  /// The square root; the derivative is infinite at 0.
  public static func sqrt(_ angle: Angle) -> Angle { applying(.sqrt, to: angle) }
  /// The square.
  public static func square(_ angle: Angle) -> Angle { applying(.square, to: angle) }
  /// The hyperbolic tangent.
  public static func tanh(_ angle: Angle) -> Angle { applying(.tanh, to: angle) }

  /// The function of the angle, folded when the angle is a constant.
  static func applying(_ function: AngleFunction, to angle: Angle) -> Angle {
    if case .constant(let value) = angle { .constant(function(value)) } else { .function(function, angle) }
  }
}
