import Execution

/// The record of one computation, walked backwards to obtain gradients (reverse-mode differentiation).
///
/// Every operation appends a node: which earlier nodes it read, and a pullback that turns the cotangent of its output
/// into cotangents of its inputs. Nodes are stored in the order of evaluation, so the backward walk is a plain loop from
/// the last node to the first and needs no sorting; cotangents are added in that fixed order.
///
/// A class, because the variables of one computation share it. One tape serves one thread; operations use `loop` inside.
public final class Tape<Scalar: TensorScalar> {
  /// A pullback: cotangent of the output -> cotangents of the inputs, nil for an input that needs none.
  public typealias Pullback = (_ cotangent: Tensor<Scalar>) throws -> [Tensor<Scalar>?]

  private struct Node {
    let operation: String
    let shape: [Int]
    let inputs: [Variable<Scalar>.Node?]
    let inputShapes: [[Int]]
    var pullback: Pullback?
  }

  /// The loop that operations use for their parallel parts.
  public let loop: ParallelLoop
  /// Whether pullbacks are kept; a tape for mere evaluation drops them and with them all intermediate values.
  public let isRecording: Bool
  /// Trainable tensors by path and where they stand on the tape; a variable here would keep the tape alive for ever.
  private var parameters: [String: (value: Tensor<Scalar>, node: Variable<Scalar>.Node?)] = [:]
  /// New values of non-trained tensors by path, see `ForwardPass.update`.
  package var bufferUpdates: [String: Tensor<Scalar>] = [:]
  private var nodes: [Node] = []
  private let findsNonFinite: Bool
  /// The first operation whose output was not finite, on a tape made with `findingNonFinite`.
  package private(set) var firstNonFinite: String?

  /// An empty tape.
  ///
  /// - Parameter isRecording: false where no gradient will be asked for.
  public init(loop: ParallelLoop = ParallelLoop(), isRecording: Bool = true) {
    (self.loop, self.isRecording, findsNonFinite) = (loop, isRecording, false)
  }

  /// A tape that only evaluates and remembers which operation first gave NaN or infinity.
  package init(loop: ParallelLoop, findingNonFinite: Bool) {
    (self.loop, isRecording, findsNonFinite) = (loop, false, findingNonFinite)
  }

  /// A value that no gradient is asked for.
  public func constant(_ value: Tensor<Scalar>) -> Variable<Scalar> { Variable(value: value, tape: self, node: nil) }

  /// A value whose gradient can be asked for.
  public func variable(_ value: Tensor<Scalar>) -> Variable<Scalar> {
    record("variable", value, from: [], isSource: true) { _ in [] }
  }

  /// The variable of a trainable tensor, the same each time, see `ForwardPass.parameter`.
  package func parameter(_ place: String, _ tensor: Tensor<Scalar>) -> Variable<Scalar> {
    if let known = parameters[place] { return Variable(value: known.value, tape: self, node: known.node) }
    let variable = variable(tensor)
    parameters[place] = (variable.value, variable.node)
    return variable
  }

  /// Records an operation of the caller's own: the seam for layers whose arithmetic happens outside this module.
  ///
  /// ```swift
  /// let factor: Scalar = 3
  /// return x.tape.record("triple", factor * x.value, from: [x]) { cotangent in [factor * cotangent] }
  /// ```
  /// - Parameters:
  ///   - operation: Its name in error messages.
  ///   - value: The output, already computed.
  ///   - inputs: The variables it was computed from.
  ///   - pullback: Runs at most once a backward walk. Returns one cotangent an input, of that input's shape, or nil where the
  ///     input's `needsGradient` is false. Capture tensors, not variables: a captured variable keeps the tape alive.
  public func record(
    _ operation: String, _ value: Tensor<Scalar>, from inputs: [Variable<Scalar>], pullback: @escaping Pullback
  ) -> Variable<Scalar> {
    record(operation, value, from: inputs, isSource: false, pullback: pullback)
  }

  private func record(
    _ operation: String, _ value: Tensor<Scalar>, from inputs: [Variable<Scalar>], isSource: Bool, pullback: @escaping Pullback
  ) -> Variable<Scalar> {
    if findsNonFinite, firstNonFinite == nil, !value.isFinite { firstNonFinite = operation }
    for input in inputs { precondition(input.tape === self, "\(operation): an input lives on another tape") }
    guard isRecording, isSource || inputs.contains(where: \.needsGradient) else { return constant(value) }
    nodes.append(
      Node(
        operation: operation, shape: value.shape, inputs: inputs.map(\.node), inputShapes: inputs.map(\.shape),
        pullback: pullback))
    return Variable(value: value, tape: self, node: .init(index: nodes.count - 1))
  }

  /// The gradient of `output` with respect to everything it was computed from.
  ///
  /// - Parameters:
  ///   - cotangent: The weight of each number of `output`; needed unless `output` is a single number.
  ///   - keepingTape: Whether the tape can be walked again; otherwise each pullback is dropped when it has run, which
  ///     frees memory early.
  /// - Throws: what a recorded pullback throws.
  /// - Complexity: about twice the cost of the forward computation.
  public func gradients(
    of output: Variable<Scalar>, cotangent: Tensor<Scalar>? = nil, keepingTape: Bool = false
  ) throws -> Gradients<Scalar> {
    precondition(isRecording, "Tape.gradients: this tape was made with isRecording false")
    precondition(
      cotangent != nil || output.value.count == 1, "Tape.gradients: an output of shape \(output.shape) needs a cotangent")
    let start = cotangent ?? Tensor(shape: output.shape, repeating: 1)
    precondition(start.shape == output.shape, "Tape.gradients: output has shape \(output.shape), cotangent \(start.shape)")
    var cotangents = [Tensor<Scalar>?](repeating: nil, count: nodes.count)
    guard let last = output.node?.index else { return Gradients(cotangents: cotangents, parameters: [:]) }
    cotangents[last] = start
    for index in stride(from: last, through: 0, by: -1) {
      guard let cotangent = cotangents[index], !nodes[index].inputs.isEmpty else { continue }
      guard let pullback = nodes[index].pullback else {
        preconditionFailure("Tape.gradients: the tape was walked before; pass keepingTape: true the first time")
      }
      try spread(pullback(cotangent), of: nodes[index], into: &cotangents)
      cotangents[index] = nil
      if !keepingTape { nodes[index].pullback = nil }
    }
    return Gradients(
      cotangents: cotangents,
      parameters: parameters.compactMapValues { $0.node.flatMap { cotangents[$0.index] } })
  }

  private func spread(_ parts: [Tensor<Scalar>?], of node: Node, into cotangents: inout [Tensor<Scalar>?]) {
    precondition(
      parts.count == node.inputs.count,
      "\(node.operation): pullback returned \(parts.count) cotangents for \(node.inputs.count) inputs")
    for (position, part) in parts.enumerated() {
      guard let target = node.inputs[position]?.index else { continue }
      guard let part else { preconditionFailure("\(node.operation): pullback returned nil for input \(position), which needs one") }
      precondition(
        part.shape == node.inputShapes[position],
        "\(node.operation): input \(position) has shape \(node.inputShapes[position]), its cotangent \(part.shape)")
      if cotangents[target] == nil { cotangents[target] = part } else { cotangents[target]! += part }
    }
  }
}

/// What a backward walk leaves: gradients of the sources of a computation.
public struct Gradients<Scalar: TensorScalar>: Sendable {
  fileprivate let cotangents: [Tensor<Scalar>?]
  /// Gradients of trainable tensors by path; a parameter that the output does not depend on is absent.
  public let parameters: [String: Tensor<Scalar>]

  /// The gradient with respect to a variable made by `Tape.variable`; nil where the output does not depend on it.
  public subscript(variable: Variable<Scalar>) -> Tensor<Scalar>? { variable.node.flatMap { cotangents[$0.index] } }
}
