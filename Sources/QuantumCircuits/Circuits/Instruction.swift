import LinearAlgebra
import QuantumStates

/// One element of a circuit: what is done, to which targets, under which controls.
///
/// ```swift
/// H(0)
/// CRX(weights[0], 0, 1)
/// RY(features[0], 2).controlled(by: [0: 1, 1: 0])
/// Instruction.unitary(matrix, on: 0, 1)
/// ```
/// The list of kinds is closed and small, so that every consumer can treat each of them.
public struct Instruction: Sendable {
  /// What an instruction does.
  public enum Kind: Sendable, Hashable {
    /// A gate of the table with its angles.
    case gate(Gate, angles: [Angle])
    /// A unitary matrix on the targets, the first target as the least significant bit.
    case unitary(ComplexMatrix)
    /// The diagonal of a unitary matrix on the targets.
    case diagonal([Complex<Double>])
    /// Basis state k of the targets becomes basis state `permutation[k]`.
    case permutation([Int])
    /// `exp(-i angle/2 P)` for a Pauli word whose qubit q is target q.
    case pauliRotation(PauliWord, Angle)
    /// Targets in |0...0> are set to a state whose amplitudes may depend on features and parameters.
    case preparation(AmplitudePreparation)
    /// A noise channel on the targets.
    case channel(Channel)
    /// Keeps the drawing, and passes that reorder, from moving anything across.
    case barrier
    /// Target j is measured in the basis of Z and the outcome stored in bit `bits[j]`.
    case measurement(bits: [Int])
    /// The targets are put into |0...0>, whatever they were.
    case reset
    /// The low bits of a value are stored.
    case assignment(bits: [Int], ClassicalExpression)
    /// One of two blocks, by whether a value is not 0.
    case conditional(ClassicalExpression, then: [Instruction], otherwise: [Instruction])
    /// A block repeated while a value is not 0; more than `limit` rounds are an error of the run.
    case loop(ClassicalExpression, limit: Int, body: [Instruction])
    /// Records something of the state and leaves it as it is.
    case snapshot(StateSnapshot)
  }

  /// What is done.
  public var kind: Kind
  /// The qubits that it is done to, the first as the least significant bit of matrices.
  public var targets: [Int]
  /// The controls; those that belong to the gate itself, like the one of CX, come first.
  public var controls: [Control]
  /// Where in the program the instruction was added to a circuit; no part of its identity.
  public var source: SourceLocation?

  public init(_ kind: Kind, targets: [Int], controls: [Control] = [], source: SourceLocation? = nil) {
    self.kind = kind
    self.targets = targets
    self.controls = controls
    self.source = source
  }

  /// All qubits: controls, then targets, as the circuit language lists them; of blocks those of their instructions, ascending.
  public var qubits: [Int] {
    if blocks.isEmpty { return controls.map(\.qubit) + targets }
    return Set(blocks.joined().flatMap(\.qubits)).sorted()
  }

  /// The angle expressions that the instruction depends on.
  public var angles: [Angle] {
    switch kind {
    case .gate(_, let angles): angles
    case .pauliRotation(_, let angle): [angle]
    case .preparation(let preparation): preparation.real + preparation.imaginary
    case .channel(let channel): channel.strengths
    case .conditional, .loop: blocks.joined().flatMap(\.angles)
    case .unitary, .diagonal, .permutation, .barrier, .measurement, .reset, .assignment, .snapshot: []
    }
  }

  /// What the instruction does, as a product of factors in the order of action, each on qubits of the circuit and under `controls`.
  ///
  /// A barrier has none. Preparations and what is no unitary gate have none either and must be treated before.
  public var factors: [GateFactor] {
    switch kind {
    case .gate(let gate, let angles):
      gate.row.factors.map { $0.mapAngle { $0.substituting(arguments: angles) }.mapTargets(to: targets) }
    case .unitary(let matrix): [GateFactor(.fixed(matrix), targets: targets)]
    case .diagonal(let entries): [GateFactor(.diagonal(entries), targets: targets)]
    case .permutation(let images): [GateFactor(.permutation(images), targets: targets)]
    case .pauliRotation(let word, let angle):
      [GateFactor(.rotation(Rotation(generator: .pauli(word), frequency: 0.5, angle: angle)), targets: targets)]
    case .preparation, .channel, .barrier, .measurement, .reset, .assignment, .conditional, .loop, .snapshot: []
    }
  }
}

extension Instruction: Hashable {
  public static func == (left: Instruction, right: Instruction) -> Bool {
    left.kind == right.kind && left.targets == right.targets && left.controls == right.controls
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(kind)
    hasher.combine(targets)
    hasher.combine(controls)
  }
}

/// A place in a Swift program.
public struct SourceLocation: Sendable, CustomStringConvertible {
  /// Module and file, for example `Classifier/main.swift`.
  public let fileID: StaticString
  /// The line, from 1.
  public let line: Int

  public init(fileID: StaticString, line: Int) {
    self.fileID = fileID
    self.line = line
  }

  /// For example `Classifier/main.swift:12`.
  public var description: String { "\(fileID):\(line)" }
}
