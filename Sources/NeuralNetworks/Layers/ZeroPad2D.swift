/// Zeros around every plane of an image.
///
/// - Shape: `[samples, channels, height, width]` -> `[samples, channels, height + 2 border, width + 2 border]`.
public struct ZeroPad2D<Scalar: TensorScalar>: Layer {
  /// Rows and columns of zeros on every side.
  public let border: Int

  /// A layer that adds a border.
  public init(border: Int) {
    precondition(border >= 0, "ZeroPad2D: border is \(border), must not be negative")
    self.border = border
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape.count == 3 else { throw mismatch(expected: "[samples, channels, height, width]", found: inputShape) }
    return [inputShape[0], inputShape[1] + 2 * border, inputShape[2] + 2 * border]
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    requireInput(input.shape)
    guard border > 0 else { return input }
    var padded = input
    for axis in [2, 3] {
      var shape = padded.shape
      shape[axis] = border
      let zeros = pass.tape.constant(Tensor(shape: shape))
      padded = .concatenated([zeros, padded, zeros], axis: axis)
    }
    return padded
  }
}
