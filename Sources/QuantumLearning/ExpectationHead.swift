import NeuralNetworks

/// The trainable line that turns expectation values, all within [-1, 1], into scores of any size: `y = scale * x + bias`.
///
/// - Shape: `[samples, outputs]` -> `[samples, outputs]`; scale `[1]`, bias `[outputs]`.
public struct ExpectationHead<Scalar: TensorScalar>: Layer {
  /// How far apart scores can be; one number for all outputs.
  public var scale: Tensor<Scalar>
  /// What is added to each output.
  public var bias: Tensor<Scalar>

  /// A head of given scale, its biases zero.
  public init(outputs: Int, scale: Scalar = 1) {
    precondition(outputs > 0, "ExpectationHead: outputs is \(outputs), must be positive")
    self.scale = Tensor(shape: [1], repeating: scale)
    bias = Tensor(shape: [outputs], repeating: 0)
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape == bias.shape else {
      throw .shape(ShapeMismatch(layer: "ExpectationHead", expected: "[samples, \(bias.count)]", foundSample: inputShape))
    }
    return inputShape
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    _ = try outputShape(for: Array(input.shape.dropFirst()))
    return input * pass.parameter("scale", scale) + pass.parameter("bias", bias)
  }

  public mutating func visitTensors(_ visit: (String, TensorRole, inout Tensor<Scalar>) throws -> Void) rethrows {
    try visit("scale", .parameter, &scale)
    try visit("bias", .parameter, &bias)
  }
}
