import Randomness

/// Two-dimensional convolution with square kernels: `y_f(p) = b_f + sum_c sum_k w_fck x_c(stride p + k - padding)`.
///
/// As in all deep-learning libraries this is the cross-correlation: the kernel is not mirrored.
///
/// - Shape: `[samples, channels, height, width]` -> `[samples, filters, h, w]`, h = (height + 2 padding - kernel) / stride + 1;
///   weight `[filters, channels, kernel, kernel]`, bias `[filters]`.
/// - Complexity: O(samples filters h w channels kernel^2), as matrix products over the samples in parallel.
public struct Conv2D<Scalar: TensorScalar>: Layer, FoldableConvolution {
  /// Shape `[filters, channels, kernel, kernel]`.
  public var weight: Tensor<Scalar>
  /// Shape `[filters]`; nil for none.
  public var bias: Tensor<Scalar>?
  private let convolution: Convolution

  /// Distance of neighbouring windows.
  public var stride: Int { convolution.stride }
  /// Zeros added on every side.
  public var padding: Int { convolution.padding }

  /// A layer of given weights.
  public init(weight: Tensor<Scalar>, bias: Tensor<Scalar>? = nil, stride: Int = 1, padding: Int = 0) {
    precondition(
      weight.shape.count == 4 && weight.shape[2] == weight.shape[3],
      "Conv2D: expected weight shape [filters, channels, kernel, kernel], found \(weight.shape)")
    precondition(
      bias.map { $0.shape == [weight.shape[0]] } ?? true,
      "Conv2D: expected bias shape [\(weight.shape[0])], found \(bias?.shape ?? [])")
    precondition(stride > 0 && padding >= 0, "Conv2D: stride \(stride) must be positive, padding \(padding) not negative")
    (self.weight, self.bias) = (weight, bias)
    convolution = Convolution(kernel: weight.shape[2], stride: stride, padding: padding)
  }

  /// A layer of fresh weights; biases are uniform with bound `1 / sqrt(channels kernel^2)`.
  public init(
    channels: Int, filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, hasBias: Bool = true,
    initializer: Initializer = .fanInUniform, random: inout RandomSource
  ) {
    precondition(
      channels > 0 && filters > 0 && kernel > 0,
      "Conv2D: channels \(channels), filters \(filters) and kernel \(kernel) must be positive")
    let (fanIn, fanOut) = (channels * kernel * kernel, filters * kernel * kernel)
    self.init(
      weight: initializer.tensor(shape: [filters, channels, kernel, kernel], fanIn: fanIn, fanOut: fanOut, random: &random),
      bias: hasBias
        ? Initializer.fanInUniform.tensor(shape: [filters], fanIn: fanIn, fanOut: fanOut, random: &random) : nil,
      stride: stride, padding: padding)
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    let smallest = max(1, convolution.kernel - 2 * padding)
    guard inputShape.count == 3, inputShape[0] == weight.shape[1], inputShape[1] >= smallest, inputShape[2] >= smallest else {
      let side = smallest > 1 ? " (at least \(smallest))" : ""
      throw mismatch(expected: "[samples, \(weight.shape[1]), height\(side), width\(side)]", found: inputShape)
    }
    return [weight.shape[0], convolution.outputLength(inputShape[1]), convolution.outputLength(inputShape[2])]
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    return input.convolved(
      with: pass.parameter("weight", weight), bias: bias.map { pass.parameter("bias", $0) }, convolution)
  }

  package func folding(in pass: ForwardPass<Scalar>) -> FoldedConvolution<Scalar>? {
    guard stride == 1, padding == 0 else { return nil }
    return FoldedConvolution(kernel: pass.parameter("weight", weight), bias: bias.map { pass.parameter("bias", $0) })
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    try visit("weight", .parameter, &weight)
    if bias != nil { try visit("bias", .parameter, &bias!) }
  }
}
