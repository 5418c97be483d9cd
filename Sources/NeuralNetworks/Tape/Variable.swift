/// A tensor inside a recorded computation.
///
/// Operations on variables are listed in `DerivativeRules.swift`; an operation of your own goes through `Tape.record`.
public struct Variable<Scalar: TensorScalar> {
  /// A position on the tape.
  package struct Node: Sendable { package let index: Int }

  /// What was computed.
  public let value: Tensor<Scalar>
  /// The computation this variable belongs to.
  public let tape: Tape<Scalar>
  package let node: Node?

  package init(value: Tensor<Scalar>, tape: Tape<Scalar>, node: Node?) {
    (self.value, self.tape, self.node) = (value, tape, node)
  }

  /// The value's shape.
  public var shape: [Int] { value.shape }
  /// Whether a backward walk gives this variable a cotangent; pullbacks may skip the ones that need none.
  public var needsGradient: Bool { node != nil }
  /// The same value, treated as a constant from here on.
  public var detached: Variable { tape.constant(value) }
}
