import Randomness

/// How fresh weights are drawn.
///
/// `fanIn` and `fanOut` count the numbers that one output reads and one input feeds.
public enum Initializer: Hashable, Sendable, Codable {
  case zeros
  case ones
  /// Uniform on `[-bound, bound]`.
  case uniform(bound: Double)
  /// Normal with mean 0.
  case normal(standardDeviation: Double)
  /// Uniform with bound `sqrt(6 / (fanIn + fanOut))`, for tanh and sigmoid.
  /// Source: Glorot and Bengio, Understanding the difficulty of training deep feedforward neural networks, 2010, eq. 16.
  case glorotUniform
  /// Normal with variance `2 / fanIn`, for ReLU.
  /// Source: He et al., Delving deep into rectifiers, 2015, eq. 10.
  case heNormal
  /// Uniform with bound `1 / sqrt(fanIn)`, the usual choice for biases and for linear layers without a known activation.
  case fanInUniform

  /// A tensor of fresh numbers; equal sources give equal tensors.
  ///
  /// Numbers are drawn in double precision whatever `Scalar` is, so that Float and Double networks start alike.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func tensor<Scalar: TensorScalar>(
    shape: [Int], fanIn: Int, fanOut: Int, random: inout RandomSource
  ) -> Tensor<Scalar> {
    func drawn(_ next: () -> Double) -> Tensor<Scalar> {
      Tensor(shape: shape, scalars: (0..<shape.elementCount).map { _ in Scalar(next()) })
    }
    func uniform(_ bound: Double) -> Tensor<Scalar> { drawn { bound * (2 * random.uniform() - 1) } }
    switch self {
    case .zeros: return Tensor(shape: shape)
    case .ones: return Tensor(shape: shape, repeating: 1)
    case .uniform(let bound): return uniform(bound)
    case .normal(let deviation): return drawn { deviation * random.normal() }
    case .glorotUniform: return uniform((6 / Double(max(1, fanIn + fanOut))).squareRoot())
    case .heNormal: return drawn { (2 / Double(max(1, fanIn))).squareRoot() * random.normal() }
    case .fanInUniform: return uniform(1 / Double(max(1, fanIn)).squareRoot())
    }
  }
}
