/// Sets each number to zero with a given probability in training mode and enlarges the rest by `1 / (1 - rate)`, so that the
/// mean stays; does nothing in evaluation mode.
///
/// Which numbers fall out depends on the pass's random key, the layer's place and the sample's number alone.
///
/// - Shape: `[samples, ...]` -> the same.
/// - Source: Srivastava et al., Dropout, 2014, section 10 (the inverted form).
public struct Dropout<Scalar: TensorScalar>: Layer {
  /// The probability that a number falls out.
  public let rate: Double

  /// - Parameter rate: in `[0, 1)`.
  public init(rate: Double) {
    precondition((0..<1).contains(rate), "Dropout: rate is \(rate), expected 0..<1")
    self.rate = rate
  }

  public var isRandom: Bool { true }

  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    guard pass.mode == .training, rate > 0 else { return input }
    let (length, kept) = (input.value.rowLength, Scalar(1 / (1 - rate)))
    let mask = Tensor<Scalar>(shape: input.shape) { mask in
      pass.tape.loop.run(count: input.shape[0]) { sample in
        var random = pass.randomSource(sample: sample)
        for i in 0..<length { mask[sample * length + i] = random.uniform() < rate ? 0 : kept }
      }
    }
    return input * pass.tape.constant(mask)
  }
}
