/// A number that training makes small: the mean over the samples of a batch.
///
/// A loss of your own is a closure built from operations on variables:
/// ```swift
/// let absolute = Loss<Double>("mean absolute error") { output, targets in
///   guard case .values(let wanted) = targets else { throw ... }
///   return (output - output.tape.constant(wanted)).applying(.absolute).mean()
/// }
/// ```
public struct Loss<Scalar: TensorScalar>: Sendable {
  /// The name in messages and reports.
  public let name: String
  private let evaluate: @Sendable (Variable<Scalar>, Targets<Scalar>) throws -> Variable<Scalar>

  /// A loss of a closure, which returns the mean over the samples, shape `[]`.
  public init(_ name: String, _ evaluate: @escaping @Sendable (Variable<Scalar>, Targets<Scalar>) throws -> Variable<Scalar>) {
    (self.name, self.evaluate) = (name, evaluate)
  }

  /// The mean loss of a batch, shape `[]`.
  ///
  /// - Throws: `NetworkError.data` where the targets do not fit the outputs.
  public func callAsFunction(_ outputs: Variable<Scalar>, _ targets: Targets<Scalar>) throws -> Variable<Scalar> {
    guard outputs.shape.first == targets.count else {
      throw NetworkError.data(
        "\(name): outputs of shape \(outputs.shape) meet \(targets.count) targets", remedy: "Give one target for every sample")
    }
    return try evaluate(outputs, targets)
  }
}
