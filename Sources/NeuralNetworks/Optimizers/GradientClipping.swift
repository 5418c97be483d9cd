/// A bound on gradients, applied before the optimizer sees them.
public enum GradientClipping: Hashable, Sendable, Codable {
  /// Scales the whole gradient down to this Euclidean length where it is longer.
  /// Source: Pascanu, Mikolov and Bengio, On the difficulty of training recurrent neural networks, 2013, algorithm 1.
  case norm(Double)
  /// Cuts every component to `[-bound, bound]`.
  case value(Double)

  /// The gradient within the bound.
  public func callAsFunction(_ gradient: [Double]) -> [Double] {
    switch self {
    case .norm(let bound):
      let norm = gradient.reduce(0) { $0 + $1 * $1 }.squareRoot()
      return norm > bound ? gradient.map { $0 * (bound / norm) } : gradient
    case .value(let bound):
      return gradient.map { min(bound, max(-bound, $0)) }
    }
  }
}
