/// Normalizes every sample over all its features: `y = scale (x - mean) / sqrt(variance + epsilon) + shift`.
///
/// - Shape: `[samples] + shape` -> the same; scale and shift have the features' shape.
/// - Source: Ba, Kiros and Hinton, Layer normalization, 2016, eq. 3 and 4.
public struct LayerNorm<Scalar: TensorScalar>: Layer {
  /// Factor of each normalized feature; 1 at first.
  public var scale: Tensor<Scalar>
  /// Added to each scaled feature; 0 at first.
  public var shift: Tensor<Scalar>
  /// Keeps the root away from 0.
  public let epsilon: Double

  /// - Parameter shape: The shape of one sample.
  public init(shape: [Int], epsilon: Double = 1e-5) {
    precondition(shape.elementCount > 0, "LayerNorm: shape \(shape) holds no numbers")
    precondition(epsilon > 0, "LayerNorm: epsilon is \(epsilon), must be positive")
    scale = Tensor(shape: shape, repeating: 1)
    shift = Tensor(shape: shape)
    self.epsilon = epsilon
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape == scale.shape else {
      throw mismatch(expected: "[samples, \(scale.shape.map { "\($0)" }.joined(separator: ", "))]", found: inputShape)
    }
    return inputShape
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    return input.rowsNormalized(epsilon: Scalar(epsilon)) * pass.parameter("scale", scale) + pass.parameter("shift", shift)
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    try visit("scale", .parameter, &scale)
    try visit("shift", .parameter, &shift)
  }
}
