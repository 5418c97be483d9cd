import QuantumStates

/// The first step on each qubit, where it is a one-qubit matrix of each sample: as most encodings of data begin.
///
/// On |0...0> these need no passes over the amplitudes: their product state comes by doubling, and on the way back the bra is
/// contracted with it qubit by qubit.
///
/// A class only so that walking the parts of a circuit copies nothing; it never changes.
final class ProductStart: Sendable {
  /// For each qubit the index of its step, if any.
  let steps: [Int?]
  /// For each step of a single rotation, the terms of its first column; see `Step.SampleRotation`.
  let columns: [[Double]?]

  /// nil where no qubit begins with such a step.
  init?(_ drafts: [StepDraft], steps placed: [Step], layout: AmplitudeLayout) {
    guard layout.isBatched else { return nil }
    var steps = [Int?](repeating: nil, count: layout.qubitCount)
    var touched: Set<Int> = []
    for (index, draft) in drafts.enumerated() {
      if case .matrix = draft.form, draft.source == .samples, draft.controls.isEmpty, draft.targets.count == 1,
        !touched.contains(draft.targets[0]), placed[index].operation.kind == .dense1
      {
        steps[draft.targets[0]] = index
      }
      touched.formUnion(draft.qubits)
    }
    guard steps.contains(where: { $0 != nil }) else { return nil }
    self.steps = steps
    columns = steps.map { index in
      // Coefficients row by row, six numbers each: those of the second column count for nothing.
      index.flatMap { placed[$0].sampleRotation }.map { rotation in
        rotation.forward.enumerated().map { $0.offset / 6 % 2 == 0 ? $0.element : 0 }
      }
    }
  }
}
