import LinearAlgebra
import QuantumStates

/// Rotations that one-qubit matrices hand on to the next matrix on their qubit, which costs nothing when that is multiplied up.
///
/// Every 2 x 2 unitary is Z-rotation * Y-rotation * Z-rotation (and phase), and as well X-rotation * Y-rotation * Z-rotation. The
/// leftmost factor commutes with whatever only reads the qubit (diagonal matrices, controls), or with what is a function of X
/// there (the target of a CX): it moves through such steps into the next matrix. What stays is `Y-rotation * diagonal`, 6.7
/// multiply-adds a pair of numbers where three go together, not 16.
struct GaugeTransport: Sendable {
  private enum Axis: Sendable { case none, z, x }

  /// One-qubit matrices without controls, in the order of the circuit, with the axis around which they hand on.
  private let steps: [(step: Int, axis: Axis)]

  init(_ drafts: [StepDraft]) {
    var axes: [Int: Axis] = [:]
    /// For each qubit the last such matrix, and whether all later steps commute with Z or X there.
    var last: [Int: (step: Int, allowsZ: Bool, allowsX: Bool)] = [:]
    for (index, draft) in drafts.enumerated() {
      if draft.isRotation {
        if let (step, allowsZ, allowsX) = last[draft.targets[0]] { axes[step] = allowsZ ? .z : allowsX ? .x : Axis.none }
        (axes[index], last[draft.targets[0]]) = (Axis.none, (index, true, true))
        continue
      }
      let use = QubitUse(draft), flips = draft.flippedQubits
      for qubit in Set(draft.qubits) {
        guard let (step, allowsZ, allowsX) = last[qubit] else { continue }
        last[qubit] = (
          step, allowsZ && use.coupled >> UInt64(qubit) & 1 == 0, allowsX && flips >> UInt64(qubit) & 1 == 1
        )
      }
    }
    keeping = Set(axes.keys.filter { axes[$0] == Axis.none })
    steps = axes.keys.sorted().map { ($0, axes[$0]!) }
    targets = drafts.map { $0.isRotation ? $0.targets[0] : -1 }
  }

  /// The qubit of each of these steps.
  private let targets: [Int]
  /// Those that hand nothing on.
  private let keeping: Set<Int>

  /// Whether phases after its rotation stay with a step.
  func keepsAfter(_ step: Int) -> Bool { keeping.contains(step) }

  /// What is left of each of these matrices, by step.
  func matrices(_ entries: (Int) -> [Complex<Double>]) -> [Int: SplitUnitary] {
    var handed: [Int: [Complex<Double>]] = [:]
    var result: [Int: SplitUnitary] = [:]
    for (step, axis) in steps {
      let qubit = targets[step]
      var matrix = entries(step)
      if let before = handed[qubit] { matrix = product(matrix, before) }
      handed[qubit] = nil
      switch axis {
      case .none: result[step] = SplitUnitary(matrix)
      case .z:
        var split = SplitUnitary(matrix)
        handed[qubit] = [split.after.0, 0, 0, split.after.1]
        split.after = (1, 1)
        result[step] = split
      case .x:
        // The first column is a point of the Bloch sphere; turned around X into the xz plane, it is real up to a phase.
        let y = 2 * (matrix[0].conjugate * matrix[2]).imaginary
        let z = matrix[0].lengthSquared - matrix[2].lengthSquared
        let half = y == 0 && z == 0 ? 0 : Double.atan2(y: -y, x: z) / 2
        let (cosine, sine) = (Double.cos(half), Double.sin(half))
        func turn(_ sine: Double) -> [Complex<Double>] { [Complex(cosine), Complex(0, -sine), Complex(0, -sine), Complex(cosine)] }
        handed[qubit] = turn(sine)
        var split = SplitUnitary(product(turn(-sine), matrix))
        let (phase, isNegative) = (split.after.0, (split.after.0.conjugate * split.after.1).real < 0)
        if isNegative { split.sine = -split.sine }
        split.before = (phase, phase * (isNegative ? -split.before.1 : split.before.1))
        split.after = (1, 1)
        result[step] = split
      }
    }
    return result
  }

  private func product(_ a: [Complex<Double>], _ b: [Complex<Double>]) -> [Complex<Double>] {
    [
      a[0] * b[0] + a[1] * b[2], a[0] * b[1] + a[1] * b[3],
      a[2] * b[0] + a[3] * b[2], a[2] * b[1] + a[3] * b[3],
    ]
  }
}

extension StepDraft {
  /// Whether the step is a matrix on one qubit, without controls, that couples its values.
  var isRotation: Bool {
    guard case .matrix(_, let pattern) = form else { return false }
    return targets.count == 1 && controls.isEmpty && !pattern.isDiagonal
  }

  /// Whether the step couples no qubits.
  var isDiagonal: Bool { QubitUse(self).coupled == 0 }

  /// Qubits on which the step is a function of X.
  fileprivate var flippedQubits: UInt64 {
    switch form {
    case .permutation(let images) where images == [1, 0]: 1 << UInt64(targets[0])
    case .pauliRotation(let word, _): word.xMask & ~word.zMask
    default: 0
    }
  }
}
