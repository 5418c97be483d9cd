/// Normalizes every channel over the batch: `y = scale (x - mean) / sqrt(variance + epsilon) + shift`.
///
/// In training mode mean and variance come from the batch, over its samples and positions; the running statistics move towards
/// them by `momentum` (with the unbiased variance, as in the common libraries). In evaluation mode the running statistics are
/// used. One layer serves `[samples, channels]` and `[samples, channels, height, width]`.
///
/// - Shape: `[samples, channels, ...]` -> the same; all tensors `[channels]`.
/// - Source: Ioffe and Szegedy, Batch normalization, 2015, algorithms 1 and 2.
public struct BatchNorm<Scalar: TensorScalar>: Layer {
  /// Factor of each normalized channel; 1 at first.
  public var scale: Tensor<Scalar>
  /// Added to each scaled channel; 0 at first.
  public var shift: Tensor<Scalar>
  /// Mean of each channel for evaluation mode.
  public var runningMean: Tensor<Scalar>
  /// Variance of each channel for evaluation mode.
  public var runningVariance: Tensor<Scalar>
  /// The weight of the newest batch in the running statistics.
  public let momentum: Double
  /// Keeps the root away from 0.
  public let epsilon: Double

  /// A layer for inputs of `channels` channels, with neutral scale and shift.
  public init(channels: Int, momentum: Double = 0.1, epsilon: Double = 1e-5) {
    precondition(channels > 0, "BatchNorm: channels is \(channels), must be positive")
    precondition((0...1).contains(momentum), "BatchNorm: momentum is \(momentum), expected 0...1")
    precondition(epsilon > 0, "BatchNorm: epsilon is \(epsilon), must be positive")
    scale = Tensor(shape: [channels], repeating: 1)
    shift = Tensor(shape: [channels])
    runningMean = Tensor(shape: [channels])
    runningVariance = Tensor(shape: [channels], repeating: 1)
    (self.momentum, self.epsilon) = (momentum, epsilon)
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape.first == scale.count else { throw mismatch(expected: "[samples, \(scale.count), ...]", found: inputShape) }
    return inputShape
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    let isTraining = pass.mode == .training
    let statistics =
      isTraining
      ? ChannelNormalization.statistics(of: input.value, loop: pass.tape.loop)
      : ChannelStatistics(mean: runningMean, variance: runningVariance)
    let output = input.normalized(
      by: statistics, areConstant: !isTraining, scale: pass.parameter("scale", scale), shift: pass.parameter("shift", shift),
      epsilon: Scalar(epsilon))
    if isTraining {
      let count = input.value.count / scale.count
      let (old, new) = (Scalar(1 - momentum), Scalar(momentum))
      let unbiased = new * Scalar(count) / Scalar(max(1, count - 1))
      pass.update("runningMean", to: old * runningMean + new * statistics.mean)
      pass.update("runningVariance", to: old * runningVariance + unbiased * statistics.variance)
    }
    return output
  }

  public mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows {
    try visit("scale", .parameter, &scale)
    try visit("shift", .parameter, &shift)
    try visit("runningMean", .buffer, &runningMean)
    try visit("runningVariance", .buffer, &runningVariance)
  }

  public var couplesSamples: Bool { true }
}
