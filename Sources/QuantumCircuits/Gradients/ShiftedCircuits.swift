import LinearAlgebra
import QuantumStates

/// The derivatives of a circuit's expectation values as sums of expectation values of other circuits.
///
/// Rotations have parameter-shift rules, noise strengths two channels each (`ChannelDifference`). The rules hold for mixed states,
/// for trajectories and for shots, since they speak of expectation values alone; they cost at least two runs for each occurrence of
/// a parameter or a feature.
struct ShiftedCircuits {
  /// One place where symbols enter the circuit.
  struct Occurrence {
    /// What stands there.
    let expression: Angle
    /// The derivative by the number there is the sum of coefficient * value over these circuits, which have no symbols.
    var terms: [(coefficient: Double, circuit: Circuit)] = []
  }

  private(set) var occurrences: [Occurrence] = []
  private let bound: Circuit
  private let isTwoTerm: Bool
  private let values: (Angle) -> Double

  /// - Parameter isTwoTerm: whether only two-term rules are allowed.
  /// - Throws: `CompilationError.unsupported` for symbols that no rule covers: in amplitude encodings and in loops.
  init(
    _ circuit: Circuit, parameters: [Double], features: [Double], isTwoTerm: Bool = false
  ) throws(CompilationError) {
    bound = circuit.bound(parameters: parameters, features: features)
    self.isTwoTerm = isTwoTerm
    values = { $0.value(parameters: parameters, features: features) }
    try visit(circuit.instructions, bound.instructions) { $0 }
  }

  /// - Parameter rebuild: from the block's instructions to those of the whole circuit.
  private mutating func visit(
    _ instructions: [Instruction], _ numbers: [Instruction], rebuild: ([Instruction]) -> [Instruction]
  ) throws(CompilationError) {
    let whole = bound
    for (place, instruction) in instructions.enumerated() {
      func circuit(_ kind: Instruction.Kind) -> Circuit {
        var changed = numbers
        changed[place].kind = kind
        var result = Circuit(qubits: whole.qubitCount, registers: whole.registers)
        for instruction in rebuild(changed) { result.add(instruction) }
        return result
      }
      switch instruction.kind {
      case .gate, .pauliRotation: try addRotations(instruction, numbers[place], circuit)
      case .channel(let channel): try addStrengths(channel, circuit)
      case .preparation where !instruction.angles.allSatisfy(\.isConstant):
        throw .unsupported(
          method: "The parameter-shift rule", reason: "amplitude encoding is no rotation; use the adjoint method")
      case .conditional(let condition, let then, let otherwise):
        guard case .conditional(_, let boundThen, let boundOtherwise) = numbers[place].kind else { continue }
        try visit(then, boundThen) { block in
          rebuild(Self.replacing(numbers, place, .conditional(condition, then: block, otherwise: boundOtherwise)))
        }
        try visit(otherwise, boundOtherwise) { block in
          rebuild(Self.replacing(numbers, place, .conditional(condition, then: boundThen, otherwise: block)))
        }
      case .loop where !instruction.angles.allSatisfy(\.isConstant):
        throw .unsupported(
          method: "The parameter-shift rule", reason: "\(instruction) uses a symbol as often as the loop turns; unroll it")
      default: continue
      }
    }
  }

  private static func replacing(_ instructions: [Instruction], _ place: Int, _ kind: Instruction.Kind) -> [Instruction] {
    var result = instructions
    result[place].kind = kind
    return result
  }

  private mutating func addRotations(
    _ instruction: Instruction, _ numbers: Instruction, _ circuit: (Instruction.Kind) -> Circuit
  ) throws(CompilationError) {
    for (index, angle) in instruction.angles.enumerated() where !angle.isConstant {
      let frequencies = instruction.frequencies(ofAngle: index)
      if isTwoTerm, frequencies.count > 1 {
        throw .unsupported(
          method: "The two-term shift rule", reason: "the angle \(angle) has the frequencies \(frequencies); use the general rule")
      }
      var occurrence = Occurrence(expression: angle)
      for (shift, coefficient) in ShiftRule(frequencies: frequencies).terms {
        occurrence.terms.append((coefficient, circuit(numbers.shiftingAngle(index, by: shift))))
        occurrence.terms.append((-coefficient, circuit(numbers.shiftingAngle(index, by: -shift))))
      }
      occurrences.append(occurrence)
    }
  }

  private mutating func addStrengths(
    _ channel: Channel, _ circuit: (Instruction.Kind) -> Circuit
  ) throws(CompilationError) {
    guard !channel.strengths.allSatisfy(\.isConstant) else { return }
    let strengths = channel.strengths.map(values)
    if let error = channel.error(of: strengths) { throw .channel(error, row: 0) }
    for (index, strength) in channel.strengths.enumerated() where !strength.isConstant {
      let rule: ChannelDifference
      do { rule = try ChannelDifference(channel, strength: index, at: strengths) } catch { throw .channel(error, row: 0) }
      var occurrence = Occurrence(expression: strength)
      if rule.scale > 0 {
        occurrence.terms = [(rule.scale, circuit(.channel(rule.plus))), (-rule.scale, circuit(.channel(rule.minus)))]
      }
      occurrences.append(occurrence)
    }
  }
}

extension Instruction {
  /// The frequencies with which expectation values depend on one of the angles: sums and differences of those of its factors.
  fileprivate func frequencies(ofAngle index: Int) -> [Double] {
    var generic = self
    switch kind {
    case .gate(let gate, let angles): generic.kind = .gate(gate, angles: angles.indices.map { .argument($0) })
    case .pauliRotation(let word, _): generic.kind = .pauliRotation(word, .argument(0))
    default: return []
    }
    var reachable: [Double] = [0]
    for factor in generic.factors {
      guard case .rotation(let rotation) = factor.action, rotation.angle.symbols.contains(.parameter(index)) else { continue }
      guard let slope = rotation.angle.affine?.coefficients[.parameter(index)] else {
        preconditionFailure("Instruction.frequencies: the angle \(rotation.angle) of \(self) is not linear in its arguments")
      }
      let own = rotation.shiftFrequencies(isControlled: !controls.isEmpty).map { $0 * slope.magnitude }
      let steps = [0] + own + own.map { -$0 }
      reachable = reachable.flatMap { start in steps.map { start + $0 } }
    }
    // Equal up to rounding are equal.
    return Set(reachable.map { ($0 * 0x1p40).rounded() / 0x1p40 }).filter { $0 > 0 }.sorted()
  }

  /// The kind of the instruction with a number added to one of its angles.
  fileprivate func shiftingAngle(_ index: Int, by shift: Double) -> Kind {
    switch kind {
    case .gate(let gate, var angles):
      angles[index] = angles[index] + Angle(shift)
      return .gate(gate, angles: angles)
    case .pauliRotation(let word, let angle): return .pauliRotation(word, angle + Angle(shift))
    default: return kind
    }
  }
}
