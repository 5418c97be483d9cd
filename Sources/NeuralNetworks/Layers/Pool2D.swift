/// The largest number of each window. Where several are equal, the first takes the whole gradient.
///
/// - Shape: `[samples, channels, height, width]` -> `[samples, channels, h, w]`, h = (height - window) / stride + 1.
public struct MaxPool2D<Scalar: TensorScalar>: Layer {
  private let pooling: Pooling

  /// - Parameter stride: nil means the window's side, so that windows tile the input.
  public init(window: Int, stride: Int? = nil) { pooling = Pooling(.maximum, window: window, stride: stride) }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard let shape = pooling.outputShape(for: inputShape) else { throw mismatch(expected: pooling.expected, found: inputShape) }
    return shape
  }

  public func forward(_ input: Variable<Scalar>, in _: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    return input.pooled(pooling)
  }
}

/// The mean of each window.
///
/// - Shape: `[samples, channels, height, width]` -> `[samples, channels, h, w]`, h = (height - window) / stride + 1.
public struct AvgPool2D<Scalar: TensorScalar>: Layer {
  private let pooling: Pooling

  /// - Parameter stride: nil means the window's side, so that windows tile the input.
  public init(window: Int, stride: Int? = nil) { pooling = Pooling(.average, window: window, stride: stride) }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard let shape = pooling.outputShape(for: inputShape) else { throw mismatch(expected: pooling.expected, found: inputShape) }
    return shape
  }

  public func forward(_ input: Variable<Scalar>, in _: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    return input.pooled(pooling)
  }
}

extension Pooling {
  fileprivate init(_ kind: Kind, window: Int, stride: Int?) {
    let stride = stride ?? window
    precondition(window > 0 && stride > 0, "Pooling: window \(window) and stride \(stride) must be positive")
    self.init(kind: kind, window: window, stride: stride)
  }

  fileprivate func outputShape(for inputShape: [Int]) -> [Int]? {
    guard inputShape.count == 3, inputShape[1] >= window, inputShape[2] >= window else { return nil }
    return [inputShape[0], outputLength(inputShape[1]), outputLength(inputShape[2])]
  }

  fileprivate var expected: String { "[samples, channels, height (at least \(window)), width (at least \(window))]" }
}
