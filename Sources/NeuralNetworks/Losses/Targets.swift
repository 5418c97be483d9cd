/// What a network's outputs are compared with.
public enum Targets<Scalar: TensorScalar>: Hashable, Sendable {
  /// One class a sample, counted from 0.
  case labels([Int])
  /// One tensor row a sample, of the outputs' shape.
  case values(Tensor<Scalar>)

  /// How many samples.
  public var count: Int {
    switch self {
    case .labels(let labels): labels.count
    case .values(let values): values.shape.first ?? 0
    }
  }

  /// The targets of some samples.
  public func rows(_ indices: [Int]) -> Targets {
    switch self {
    case .labels(let labels): .labels(indices.map { labels[$0] })
    case .values(let values): .values(values.rows(indices))
    }
  }
}
