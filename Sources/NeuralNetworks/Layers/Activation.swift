/// A function of one number, applied to every input.
///
/// - Shape: any -> the same.
public struct Activation<Scalar: TensorScalar>: Layer {
  /// Which function.
  public let function: ElementwiseFunction

  /// A layer that applies `function`.
  public init(_ function: ElementwiseFunction) { self.function = function }

  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  public func forward(_ input: Variable<Scalar>, in _: ForwardPass<Scalar>) -> Variable<Scalar> { input.applying(function) }
}

/// `exp(x_i) / sum_j exp(x_j)` along the last axis.
///
/// Cross-entropy takes scores before softmax, so a classifier trained with it ends without this layer.
///
/// - Shape: any -> the same.
public struct Softmax<Scalar: TensorScalar>: Layer {
  public init() {}

  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  public func forward(_ input: Variable<Scalar>, in _: ForwardPass<Scalar>) -> Variable<Scalar> { input.softmax() }
}

/// One axis a sample.
///
/// - Shape: `[samples, a, b, ...]` -> `[samples, a b ...]`.
public struct Flatten<Scalar: TensorScalar>: Layer {
  public init() {}

  public func outputShape(for inputShape: [Int]) -> [Int] { [inputShape.elementCount] }

  public func forward(_ input: Variable<Scalar>, in _: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    return input.reshaped(to: [input.shape[0], input.value.rowLength])
  }
}
