/// Layers one after another; tensor names carry the position, as in `"0.weight"`.
///
/// ```swift
/// var random = RandomSource(seed: 7)
/// let model = Sequential<Float>([
///   Dense<Float>(inputs: 64, outputs: 32, random: &random), Activation<Float>(.relu),
///   Dense<Float>(inputs: 32, outputs: 10, random: &random),
/// ])
/// ```
/// Convolutions that follow each other directly are computed as one where that is less work; the answer is the same to rounding.
///
/// - Shape: the first layer's input -> the last layer's output.
public struct Sequential<Scalar: TensorScalar>: Layer {
  /// The layers in the order of evaluation.
  public var layers: [any Layer<Scalar>]

  /// A network of ready layers.
  public init(_ layers: [any Layer<Scalar>]) { self.layers = layers }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    var shape = inputShape
    for layer in layers { shape = try layer.outputShape(for: shape) }
    return shape
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    var (value, index) = (input, 0)
    while index < layers.count {
      if let (convolution, count) = try foldedConvolutions(from: index, inputShape: value.shape, in: pass) {
        (value, index) = (convolution.outputs(value), index + count)
      } else {
        (value, index) = (try layers[index].forward(value, in: pass.entering("\(index)")), index + 1)
      }
    }
    return value
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    for index in layers.indices {
      try layers[index].visitTensors { name, role, tensor in try visit("\(index).\(name)", role, &tensor) }
    }
  }

  public var couplesSamples: Bool { layers.contains { $0.couplesSamples } }
  public var isRandom: Bool { layers.contains { $0.isRandom } }
}
