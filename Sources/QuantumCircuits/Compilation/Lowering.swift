import LinearAlgebra
import QuantumStates

/// Turns instructions into steps: every factor finds its structure here, once, and runs on one qubit become one matrix.
struct Lowering {
  private(set) var drafts: [StepDraft] = []
  private(set) var angles: [CompiledAngle] = []
  /// For each qubit, the draft that a further one-qubit factor on it may join.
  private var open: [Int: Int] = [:]
  private var rotationFacts: [RotationKey: RotationFacts] = [:]

  /// Whether one-qubit factors join at once.
  private let joins: Bool

  private init(joins: Bool) { self.joins = joins }

  /// - Parameter gathersPhases: whether stretches of phases become one step each, before what is left is merged.
  init(_ circuit: Circuit, gathersPhases: Bool) {
    self.init(joins: !gathersPhases)
    for instruction in circuit.instructions { add(instruction) }
    guard gathersPhases else { return }
    var merged = Lowering(joins: true)
    merged.angles = angles
    for draft in PhaseGathering(drafts, qubitCount: circuit.qubitCount).drafts { merged.join(draft) }
    self = merged
  }

  private mutating func add(_ instruction: Instruction) {
    if case .preparation(let preparation) = instruction.kind {
      // Nothing but phases of the whole state comes before: circuits check it.
      append(
        StepDraft(form: .preparation(preparation), source: .samples, targets: instruction.targets, controls: []))
      return
    }
    precondition(instruction.isUnitary, "Lowering: \(instruction) is no unitary gate")
    for factor in instruction.factors { add(factor, controls: instruction.controls) }
  }

  private mutating func add(_ factor: GateFactor, controls: [Control]) {
    var (targets, controls, action) = (factor.targets, controls, factor.action)
    if targets.isEmpty {
      // A phase without target becomes a phase on its last control, or on qubit 0.
      let last = controls.popLast()
      targets = [last?.qubit ?? 0]
      action = action.extended(to: last)
    }
    switch action {
    case .diagonal(let entries) where targets.count > 1:
      append(StepDraft(form: .diagonal(entries), source: .constant, targets: targets, controls: controls))
    case .permutation(let images):
      append(StepDraft(form: .permutation(images), source: .constant, targets: targets, controls: controls))
    case .diagonal(let entries):
      appendMatrix(.fixed(ComplexMatrix.diagonal(entries).elements), .constant, targets, controls)
    case .fixed(let matrix):
      let pattern = MatrixPattern(of: matrix)
      if let columns = pattern.permutation, targets.count > 1 || !controls.isEmpty {
        var images = columns
        for (row, column) in columns.enumerated() { images[column] = row }
        append(StepDraft(form: .permutation(images), source: .constant, targets: targets, controls: controls))
      } else {
        appendMatrix(.fixed(matrix.elements), .constant, targets, controls)
      }
    case .rotation(let rotation):
      let index = angles.count
      if case .pauli(let word) = rotation.generator, rotation.frequency == 0.5, targets.count > 1 {
        // No matrix: the word may be as wide as the circuit.
        let angle = CompiledAngle(
          rotation.angle, frequency: rotation.frequency, frequencies: rotation.shiftFrequencies(isControlled: !controls.isEmpty))
        angles.append(angle)
        append(
          StepDraft(
            form: .pauliRotation(word.mapped(to: targets), angle: index), source: angle.source,
            targets: word.mapped(to: targets).qubits,
            controls: controls))
      } else {
        let facts = self.facts(of: rotation, targetCount: targets.count, isControlled: !controls.isEmpty)
        let angle = CompiledAngle(rotation.angle, frequency: rotation.frequency, frequencies: facts.frequencies)
        angles.append(angle)
        let part = Step.Part.rotation(
          generator: facts.generator, square: facts.square, frequency: rotation.frequency, angle: index)
        join(StepDraft(form: .matrix([part], facts.pattern), source: angle.source, targets: targets, controls: controls))
      }
    }
  }

  /// What all rotations by one generator have in common.
  private struct RotationFacts {
    let generator: [Complex<Double>]
    let square: [Complex<Double>]
    let frequencies: [Double]
    let pattern: MatrixPattern
  }

  private struct RotationKey: Hashable {
    let generator: Generator
    let frequency: Double
    let targetCount: Int
    let isControlled: Bool
  }

  /// A long circuit has few generators, whose matrices are made and kept once.
  private mutating func facts(of rotation: Rotation, targetCount: Int, isControlled: Bool) -> RotationFacts {
    let key = RotationKey(
      generator: rotation.generator, frequency: rotation.frequency, targetCount: targetCount, isControlled: isControlled)
    if let known = rotationFacts[key] { return known }
    let generator = rotation.generator.matrix(targetCount: targetCount)
    let square = generator * generator
    let part = Step.Part.rotation(generator: generator.elements, square: square.elements, frequency: rotation.frequency, angle: 0)
    let facts = RotationFacts(
      generator: generator.elements, square: square.elements, frequencies: rotation.shiftFrequencies(isControlled: isControlled),
      pattern: part.pattern(dimension: 1 << targetCount))
    rotationFacts[key] = facts
    return facts
  }

  private mutating func append(_ draft: StepDraft) {
    for qubit in draft.qubits { open[qubit] = nil }
    drafts.append(draft)
  }

  private mutating func appendMatrix(_ part: Step.Part, _ source: Step.Source, _ targets: [Int], _ controls: [Control]) {
    let pattern = part.pattern(dimension: 1 << targets.count)
    join(StepDraft(form: .matrix([part], pattern), source: source, targets: targets, controls: controls))
  }

  /// A one-qubit factor joins the open step of its qubit, unless that would make a matrix depend on samples that did not.
  private mutating func join(_ draft: StepDraft) {
    guard joins, draft.targets.count == 1, draft.controls.isEmpty, case .matrix(let parts, let pattern) = draft.form else {
      return append(draft)
    }
    if let index = open[draft.targets[0]], case .matrix = drafts[index].form,
      (drafts[index].source == .samples) == (draft.source == .samples) || draft.source == .constant
        || drafts[index].source == .constant
    {
      drafts[index].append(parts, pattern)
      drafts[index].source = max(drafts[index].source, draft.source)
      return
    }
    append(draft)
    open[draft.targets[0]] = drafts.count - 1
  }
}

extension Step.Part {
  func pattern(dimension: Int) -> MatrixPattern {
    switch self {
    case .fixed(let entries):
      return MatrixPattern(of: ComplexMatrix(rows: dimension, columns: dimension, elements: entries))
    case .rotation(let generator, let square, _, _):
      let entries = (0..<dimension * dimension).map { at -> MatrixPattern.Entry in
        if generator[at].lengthSquared > 1e-24 || square[at].lengthSquared > 1e-24 { return .any }
        return at % (dimension + 1) == 0 ? .one : .zero
      }
      return MatrixPattern(dimension: dimension, entries: entries)
    }
  }
}

extension GateFactor.Action {
  /// A factor without targets as one on the qubit of a control (acting where it holds), or on any qubit.
  fileprivate func extended(to control: Control?) -> GateFactor.Action {
    func spread(_ entry: Complex<Double>, _ other: Complex<Double>) -> ComplexMatrix {
      guard let control else { return .diagonal([entry, entry]) }
      return .diagonal(control.isOne ? [other, entry] : [entry, other])
    }
    switch self {
    case .rotation(let rotation):
      let entry = rotation.generator.matrix(targetCount: 0)[0, 0]
      return .rotation(Rotation(generator: .matrix(spread(entry, 0)), frequency: rotation.frequency, angle: rotation.angle))
    case .fixed(let matrix): return .fixed(spread(matrix[0, 0], 1))
    case .diagonal(let entries): return .fixed(spread(entries[0], 1))
    case .permutation: return .fixed(.identity(2))
    }
  }
}
