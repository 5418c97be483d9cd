import LinearAlgebra
import QuantumStates

/// One step of what a gate or an instruction does: a matrix of a known kind on some qubits.
///
/// Every gate is a product of such factors, applied in order. Simulation and gradients read factors, never a gate's name.
/// In a row of the gate table `targets` are places among the gate's targets; in `Instruction.factors` they are qubits of the
/// circuit.
public struct GateFactor: Sendable, Hashable {
  /// What a factor does to its targets.
  public enum Action: Sendable, Hashable {
    /// A unitary matrix; the first target is the least significant bit.
    case fixed(ComplexMatrix)
    /// The diagonal of a unitary matrix.
    case diagonal([Complex<Double>])
    /// Basis state k of the targets becomes basis state `permutation[k]`.
    case permutation([Int])
    case rotation(Rotation)
  }

  /// What is done.
  public var action: Action
  /// To which targets, the first as the least significant bit.
  public var targets: [Int]

  public init(_ action: Action, targets: [Int]) {
    self.action = action
    self.targets = targets
  }

  /// The angle expression of a rotation, nil for other factors.
  public var angle: Angle? {
    if case .rotation(let rotation) = action { rotation.angle } else { nil }
  }

  /// The matrix on the factor's targets; `angleValue` gives the number of a rotation's angle.
  public func matrix(angleValue: (Angle) -> Double) -> ComplexMatrix {
    switch action {
    case .fixed(let matrix): return matrix
    case .diagonal(let entries): return .diagonal(entries)
    case .permutation(let images):
      var matrix = ComplexMatrix(rows: images.count, columns: images.count)
      for (column, row) in images.enumerated() { matrix[row, column] = 1 }
      return matrix
    case .rotation(let rotation): return rotation.matrix(at: angleValue(rotation.angle), targetCount: targets.count)
    }
  }

  /// The factor with a rotation's angle replaced.
  public func mapAngle(_ transform: (Angle) -> Angle) -> GateFactor {
    guard case .rotation(var rotation) = action else { return self }
    rotation.angle = transform(rotation.angle)
    return GateFactor(.rotation(rotation), targets: targets)
  }

  /// The factor with place p of its targets moved to `places[p]`.
  public func mapTargets(to places: [Int]) -> GateFactor { GateFactor(action, targets: targets.map { places[$0] }) }
}

// The vocabulary in which rows of the gate table are written.
extension GateFactor {
  /// A constant matrix.
  static func fixed(_ matrix: ComplexMatrix, on targets: Int...) -> GateFactor { GateFactor(.fixed(matrix), targets: targets) }

  /// `exp(-i angle/2 P)` for a product P of Pauli matrices, one for each target.
  static func pauliRotation(_ paulis: Pauli..., by angle: Angle, on targets: Int...) -> GateFactor {
    let word = PauliWord(zip(paulis, 0...).map { PauliFactor($0, $1) })
    return GateFactor(.rotation(Rotation(generator: .pauli(word), frequency: 0.5, angle: angle)), targets: targets)
  }

  /// `exp(-i frequency angle G)`.
  static func rotation(_ generator: ComplexMatrix, frequency: Double, by angle: Angle, on targets: Int...) -> GateFactor {
    GateFactor(.rotation(Rotation(generator: .matrix(generator), frequency: frequency, angle: angle)), targets: targets)
  }

  /// `e^{i angle}` on |1> of the target.
  static func phase(_ angle: Angle, on target: Int) -> GateFactor {
    rotation(.diagonal([0, -1]), frequency: 1, by: angle, on: target)
  }

  /// `e^{i angle}`, on no target: under controls it is the phase that they see.
  static func globalPhase(_ angle: Angle) -> GateFactor {
    GateFactor(.rotation(Rotation(generator: .matrix([[-1]]), frequency: 1, angle: angle)), targets: [])
  }
}
