import LinearAlgebra
import QuantumStates

extension Instruction {
  /// The one instruction that does what this one and then another do; nil where there is none.
  func merged(with next: Instruction) -> Instruction? {
    var result = self
    switch (kind, next.kind) {
    case (.gate(let gate, let angles), .gate(let other, let otherAngles)):
      guard isOnSameQubits(as: next) else { return nil }
      if gate == other, GateFacts.all[gate]!.isSingleRotation {
        result.kind = .gate(gate, angles: [(angles[0] + otherAngles[0]).collected])
      } else if let power = GatePower.product(gate, angles, other, otherAngles) {
        result.kind = .gate(power.gate, angles: power.angles)
      } else {
        return nil
      }
    case (.pauliRotation(let word, let angle), .pauliRotation(let other, let otherAngle)):
      guard word.mapped(to: targets) == other.mapped(to: next.targets), Set(controls) == Set(next.controls) else { return nil }
      result.kind = .pauliRotation(word, (angle + otherAngle).collected)
    case (.diagonal(let entries), .diagonal(let others)):
      guard targets == next.targets, Set(controls) == Set(next.controls) else { return nil }
      result.kind = .diagonal(zip(entries, others).map { $0 * $1 })
    case (.permutation(let images), .permutation(let others)):
      guard targets == next.targets, Set(controls) == Set(next.controls) else { return nil }
      result.kind = .permutation(images.map { others[$0] })
    default: return nil
    }
    return result
  }

  /// Whether another instruction, right after this one, takes everything back.
  func isUndone(by next: Instruction) -> Bool {
    switch (kind, next.kind) {
    case (.gate(let gate, let angles), .gate(let other, let otherAngles)):
      let inverse = gate.inverse(angles: angles)
      return inverse.gate == other && isOnSameQubits(as: next)
        && zip(inverse.angles, otherAngles).allSatisfy { ($0 - $1).collected == .zero }
    case (.unitary(let matrix), .unitary(let other)):
      return targets == next.targets && Set(controls) == Set(next.controls)
        && (other * matrix).isClose(to: .identity(matrix.rows), tolerance: Self.rounding)
    default: return false
    }
  }

  /// What rounding leaves of an identity.
  private static let rounding = 4e-15

  /// Whether two gates of the same kind act on the same qubits in the same roles. Controls may stand in any order, and the qubits
  /// of gates that do not tell them apart.
  private func isOnSameQubits(as other: Instruction) -> Bool {
    guard case .gate(let gate, _) = kind, case .gate(let otherGate, _) = other.kind else { return false }
    let (facts, otherFacts) = (GateFacts.all[gate]!, GateFacts.all[otherGate]!)
    let own = gate.row.controlCount
    if facts.isSymmetric, otherFacts.isSymmetric, own == otherGate.row.controlCount,
      (controls.prefix(own) + other.controls.prefix(own)).allSatisfy(\.isOne)
    {
      return Set(qubits.prefix(own) + targets) == Set(other.qubits.prefix(own) + other.targets)
        && Set(controls.dropFirst(own)) == Set(other.controls.dropFirst(own))
    }
    let isUnordered = facts.hasSymmetricTargets && otherFacts.hasSymmetricTargets
    return Set(controls) == Set(other.controls)
      && (isUnordered ? Set(targets) == Set(other.targets) : targets == other.targets)
  }

  /// φ where the instruction is e^{iφ} times the identity on its targets, whatever its symbols; nil where it does something.
  var identityPhase: Double? {
    switch kind {
    case .gate(let gate, let angles):
      let values = angles.compactMap(\.constantValue)
      guard values.count == angles.count else { return nil }
      // Most gates have no angles, and only `id` of them does nothing.
      if values.isEmpty, !gate.row.factors.isEmpty { return nil }
      let row = gate.row
      let matrix = row.factors.reduce(ComplexMatrix.identity(1 << row.targetCount)) { product, factor in
        factor.matrix { $0.value(parameters: values) }.extended(to: row.targetCount, targets: factor.targets) * product
      }
      return Self.phase(of: matrix)
    case .pauliRotation(let word, let angle):
      guard let value = angle.constantValue, targets.count <= 4 || value == 0 else { return nil }
      if value == 0 { return 0 }
      let half = value / 2
      let matrix = word.matrix(qubits: targets.count)
      return Self.phase(of: Complex(.cos(half)) * .identity(matrix.rows) + Complex(0, -.sin(half)) * matrix)
    case .unitary(let matrix): return Self.phase(of: matrix)
    case .diagonal(let entries): return Self.phase(of: entries)
    case .permutation(let images): return images.elementsEqual(images.indices) ? 0 : nil
    case .preparation, .channel, .barrier, .measurement, .reset, .assignment, .conditional, .loop, .snapshot: return nil
    }
  }

  private static func phase(of matrix: ComplexMatrix) -> Double? {
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns where row != column && matrix[row, column].length > rounding { return nil }
    }
    return phase(of: matrix.diagonal)
  }

  private static func phase(of entries: [Complex<Double>]) -> Double? {
    guard let first = entries.first, entries.allSatisfy({ ($0 - first).length <= rounding }) else { return nil }
    return (first - 1).length <= rounding ? 0 : first.phase
  }
}
