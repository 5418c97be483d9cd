import Execution

/// A part of a network: a value that holds its own weights and turns a batch of inputs into a batch of outputs.
///
/// Layers never store what happens during a pass: mode, randomness and the tape come in through `ForwardPass`, and new
/// running statistics go out through it. So equal values give equal answers, and copies are independent.
///
/// A layer of your own needs `outputShape`, `forward` and, if it has weights, `visitTensors`:
/// ```swift
/// struct Scale<Scalar: TensorScalar>: Layer {
///   var factor = Tensor<Scalar>(shape: [1], repeating: 1)
///   func outputShape(for inputShape: [Int]) -> [Int] { inputShape }
///   func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
///     input * pass.parameter("factor", factor)
///   }
///   mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows { try visit("factor", .parameter, &factor) }
/// }
/// ```
public protocol Layer<Scalar>: Sendable {
  associatedtype Scalar: TensorScalar

  /// The shape of one output sample for one input sample; shapes here leave the batch axis out.
  ///
  /// - Throws: `NetworkError.shape` for inputs that the layer cannot take.
  func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int]

  /// The outputs for a batch of inputs.
  ///
  /// - Shape: `[samples] + s` -> `[samples] + outputShape(for: s)`.
  func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar>

  /// Shows every tensor that belongs to the layer, by a name unique in it and always in the same order.
  ///
  /// Counting, saving, loading and updating weights all go through this one method.
  mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows

  /// Whether one sample's output depends on the other samples of the batch in training mode, as in `BatchNorm`.
  var couplesSamples: Bool { get }

  /// Whether outputs differ from pass to pass in training mode, as in `Dropout`.
  var isRandom: Bool { get }
}

/// What a layer's tensor is for.
public enum TensorRole: Hashable, Sendable {
  /// Trained by the optimizer.
  case parameter
  /// Kept and saved but not trained, such as running statistics.
  case buffer
}

/// What `Layer.visitTensors` calls with a name, a role and the tensor in place.
public typealias TensorVisitor<Scalar: TensorScalar> = (String, TensorRole, inout Tensor<Scalar>) throws -> Void

extension Layer {
  public mutating func visitTensors(_: TensorVisitor<Scalar>) rethrows {}
  public var couplesSamples: Bool { false }
  public var isRandom: Bool { false }

  /// The batch axis of a shape may have any length; the rest has to be a shape that `outputShape` takes.
  package func requireInput(_ shape: [Int]) {
    do {
      guard !shape.isEmpty else {
        throw NetworkError.shape(ShapeMismatch(layer: "\(Self.self)", expected: "[samples, ...]", found: "[]"))
      }
      _ = try outputShape(for: Array(shape.dropFirst()))
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// A shape error in this layer's name.
  package func mismatch(expected: String, found: [Int]) -> NetworkError {
    .shape(ShapeMismatch(layer: "\(Self.self)".prefix { $0 != "<" }.description, expected: expected, foundSample: found))
  }

  /// The outputs in evaluation mode; nothing is recorded.
  ///
  /// - Shape: `[samples] + s` -> `[samples] + outputShape(for: s)`.
  public func callAsFunction(_ inputs: Tensor<Scalar>, loop: ParallelLoop = ParallelLoop()) throws -> Tensor<Scalar> {
    let tape = Tape<Scalar>(loop: loop, isRecording: false)
    return try forward(tape.constant(inputs), in: ForwardPass(tape: tape)).value
  }
}
