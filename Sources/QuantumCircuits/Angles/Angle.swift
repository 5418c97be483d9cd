/// An angle of a gate, in radians: a small expression in trained parameters and in features of the data.
///
/// ```swift
/// let features = Features(2), weights = Parameters(8)
/// RY(weights[0], 0)
/// P(2 * (.pi - features[0]) * (.pi - features[1]), 1)
/// RX(.asin(features[0]), 0)
/// ```
/// Constants are folded as the expression is written: `2 * .pi / 4` is one constant.
public indirect enum Angle: Sendable, Hashable {
  case constant(Double)
  case symbol(Symbol)
  case sum(Angle, Angle)
  case product(Angle, Angle)
  case quotient(Angle, Angle)
  case function(AngleFunction, Angle)

  /// A quantity whose value is known only when the circuit runs.
  public enum Symbol: Sendable, Hashable {
    /// A trained number, the same for all samples.
    case parameter(Int)
    /// A number of the data, one for each sample.
    case feature(Int)
  }

  /// The trained parameter with the given index.
  public static func parameter(_ index: Int) -> Angle {
    precondition(index >= 0, "Angle.parameter(\(index)): an index is at least 0")
    return .symbol(.parameter(index))
  }

  /// The feature of the data with the given index.
  public static func feature(_ index: Int) -> Angle {
    precondition(index >= 0, "Angle.feature(\(index)): an index is at least 0")
    return .symbol(.feature(index))
  }

  /// Half a turn.
  public static let pi = Angle.constant(.pi)
  /// No turn.
  public static let zero = Angle.constant(0)

  /// The angle with a constant value.
  public init(_ value: Double) { self = .constant(value) }

  /// The value of an angle without symbols, nil otherwise.
  public var constantValue: Double? {
    if case .constant(let value) = self { value } else { nil }
  }

  /// Whether the angle has no symbols.
  public var isConstant: Bool { constantValue != nil }
}

extension Angle: ExpressibleByFloatLiteral, ExpressibleByIntegerLiteral {
  public init(floatLiteral value: Double) { self = .constant(value) }
  public init(integerLiteral value: Int) { self = .constant(Double(value)) }
}

extension Angle {
  /// The sum; a constant 0 disappears.
  public static func + (left: Angle, right: Angle) -> Angle {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a + b)
    case (.constant(0), let other), (let other, .constant(0)): other
    default: .sum(left, right)
    }
  }

  /// The product; constants gather in front, 0 and 1 disappear.
  public static func * (left: Angle, right: Angle) -> Angle {
    switch (left, right) {
    case (.constant(let a), .constant(let b)): .constant(a * b)
    case (.constant(0), _), (_, .constant(0)): .zero
    case (.constant(1), let other), (let other, .constant(1)): other
    // Constants gather in front: the negative of -2x is 2x, not -(-2x).
    case (.constant(let a), .product(.constant(let b), let rest)), (.product(.constant(let b), let rest), .constant(let a)):
      .constant(a * b) * rest
    case (_, .constant): .product(right, left)
    default: .product(left, right)
    }
  }

  /// The quotient; a constant divisor must not be 0.
  public static func / (left: Angle, right: Angle) -> Angle {
    switch (left, right) {
    case (_, .constant(0)): preconditionFailure("Angle: \(left) is divided by zero")
    case (.constant(let a), .constant(let b)): .constant(a / b)
    case (.constant(0), _): .zero
    case (_, .constant(1)): left
    default: .quotient(left, right)
    }
  }

  /// The difference.
  public static func - (left: Angle, right: Angle) -> Angle { left + -right }
  /// The angle times -1.
  public static prefix func - (angle: Angle) -> Angle { -1 * angle }

  // For variables of type Double. Literals are angles themselves; without the mark `2 * x` would be ambiguous.
  @_disfavoredOverload public static func * (left: Double, right: Angle) -> Angle { .constant(left) * right }
  @_disfavoredOverload public static func + (left: Angle, right: Double) -> Angle { left + .constant(right) }
  @_disfavoredOverload public static func / (left: Angle, right: Double) -> Angle { left / .constant(right) }
}

/// `count` trained parameters: `weights[3]` is the angle with index 3, `weights[4..<8]` a slice of the same parameters.
public struct Parameters: RandomAccessCollection, Sendable {
  public let startIndex = 0
  public let endIndex: Int

  /// The parameters 0..<count.
  public init(_ count: Int) {
    precondition(count >= 0, "Parameters(\(count)): a count is at least 0")
    endIndex = count
  }

  public subscript(index: Int) -> Angle {
    precondition(indices.contains(index), "parameter \(index) of \(count): an index lies in 0..<\(count)")
    return .parameter(index)
  }
}

/// `count` features of one sample: `features[0]` is the angle that takes the sample's first value.
public struct Features: RandomAccessCollection, Sendable {
  public let startIndex = 0
  public let endIndex: Int

  /// The features 0..<count.
  public init(_ count: Int) {
    precondition(count >= 0, "Features(\(count)): a count is at least 0")
    endIndex = count
  }

  public subscript(index: Int) -> Angle {
    precondition(indices.contains(index), "feature \(index) of \(count): an index lies in 0..<\(count)")
    return .feature(index)
  }
}
