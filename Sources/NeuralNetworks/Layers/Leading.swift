/// The first numbers of each sample; the others go no further.
///
/// - Shape: `[samples, inputs]` -> `[samples, count]`, inputs at least `count`.
public struct Leading<Scalar: TensorScalar>: Layer {
  /// How many numbers are kept.
  public let count: Int

  /// A layer that keeps `count` numbers.
  public init(count: Int) {
    precondition(count > 0, "Leading: count is \(count), must be positive")
    self.count = count
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape.count == 1, inputShape[0] >= count else {
      throw mismatch(expected: "[samples, inputs (at least \(count))]", found: inputShape)
    }
    return [count]
  }

  public func forward(_ input: Variable<Scalar>, in _: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    return input.sliced(axis: 1, 0..<count)
  }
}
