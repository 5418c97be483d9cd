import Randomness

/// Every output reads every input: `y = x W^T + b`.
///
/// - Shape: `[samples, inputs]` -> `[samples, outputs]`; weight `[outputs, inputs]`, bias `[outputs]`.
public struct Dense<Scalar: TensorScalar>: Layer {
  /// Shape `[outputs, inputs]`.
  public var weight: Tensor<Scalar>
  /// Shape `[outputs]`; nil for none.
  public var bias: Tensor<Scalar>?

  /// A layer of given weights.
  public init(weight: Tensor<Scalar>, bias: Tensor<Scalar>? = nil) {
    precondition(weight.shape.count == 2, "Dense: expected weight shape [outputs, inputs], found \(weight.shape)")
    precondition(
      bias.map { $0.shape == [weight.shape[0]] } ?? true,
      "Dense: expected bias shape [\(weight.shape[0])], found \(bias?.shape ?? [])")
    (self.weight, self.bias) = (weight, bias)
  }

  /// A layer of fresh weights; biases are uniform with bound `1 / sqrt(inputs)`.
  public init(
    inputs: Int, outputs: Int, hasBias: Bool = true, initializer: Initializer = .fanInUniform, random: inout RandomSource
  ) {
    precondition(inputs > 0 && outputs > 0, "Dense: inputs \(inputs) and outputs \(outputs) must be positive")
    self.init(
      weight: initializer.tensor(shape: [outputs, inputs], fanIn: inputs, fanOut: outputs, random: &random),
      bias: hasBias
        ? Initializer.fanInUniform.tensor(shape: [outputs], fanIn: inputs, fanOut: outputs, random: &random) : nil)
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape == [weight.shape[1]] else { throw mismatch(expected: "[samples, \(weight.shape[1])]", found: inputShape) }
    return [weight.shape[0]]
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    let product = input.product(transposing: pass.parameter("weight", weight))
    return bias.map { product + pass.parameter("bias", $0) } ?? product
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    try visit("weight", .parameter, &weight)
    if bias != nil { try visit("bias", .parameter, &bias!) }
  }
}
