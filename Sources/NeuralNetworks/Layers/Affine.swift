/// `y = factor x + shift` with two fixed numbers, such as pi for pixels that become angles.
///
/// - Shape: any -> the same.
public struct Affine<Scalar: TensorScalar>: Layer {
  /// The slope.
  public let factor: Double
  /// What 0 becomes.
  public let shift: Double

  /// A layer of a finite factor and shift.
  public init(factor: Double, shift: Double = 0) {
    precondition(factor.isFinite && shift.isFinite, "Affine: factor \(factor) and shift \(shift) must be finite")
    (self.factor, self.shift) = (factor, shift)
  }

  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    let scaled = Scalar(factor) * input
    return shift == 0 ? scaled : scaled + pass.tape.constant(Tensor(Scalar(shift)))
  }
}
