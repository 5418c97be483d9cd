import QuantumStates

/// A stretch of a circuit that runs as layers of rotations: one-qubit unitaries shared by all samples, and permutations that are
/// linear over bits.
///
/// Permutations only change which bits stand for which qubit; amplitudes move once, at the end. A unitary is a rotation between
/// two diagonals. Of each layer of independent unitaries all diagonals, together with those after the layer before, are one number
/// for each basis state; the rotations take two or three qubits in one pass, a fourth of the arithmetic of dense matrices.
///
/// A class only so that walking the parts of a circuit copies nothing; it never changes.
final class RotationStretch: Sendable {
  struct Unitary: Sendable {
    /// Index among the circuit's steps.
    let step: Int
    let qubit: RelabelledQubit
  }

  /// Unitaries that share a pass over the amplitudes.
  struct Pass: Sendable {
    let unitaries: Range<Int>
    let layer: Int
    /// Whether the layer's diagonal is applied with this pass.
    let isScaled: Bool
    let kernel: LayerPass
  }

  /// Layer by layer.
  let unitaries: [Unitary]
  let layers: [Range<Int>]
  /// In the order in which they run; backward the last layer comes first.
  let forward: [Pass]
  let backward: [Pass]
  /// For each layer and basis index, the parities of the layer's qubits.
  private let values: [[UInt16]]
  let relabelling: Relabelling
  let qubitCount: Int

  func withValues(layer: Int, _ body: (UnsafePointer<UInt16>) -> Void) {
    values[layer].withUnsafeBufferPointer { body($0.baseAddress!) }
  }

  /// Fewer unitaries are not worth the pass that moves the amplitudes back.
  static let fewestUnitaries = 2

  /// - Parameter steps: unitaries and permutations with their indices among all steps, in order.
  init(_ steps: [(index: Int, member: Member)], layout: AmplitudeLayout) {
    qubitCount = layout.qubitCount
    var labels = QubitLabels(qubitCount: layout.qubitCount)
    var layers: [[Unitary]] = []
    for (index, member) in steps {
      switch member {
      case .permutation(let map, let targets): labels.apply(map, on: targets)
      case .unitary(let qubit):
        let unitary = Unitary(step: index, qubit: labels.qubits[qubit])
        // As early as what it does not commute with allows.
        let after = layers.lastIndex { !$0.allSatisfy { unitary.qubit.isIndependent(of: $0.qubit) } }
        let layer = after.map { $0 + 1 } ?? 0
        if layer == layers.count { layers.append([]) }
        layers[layer].append(unitary)
      }
    }
    unitaries = layers.flatMap { $0 }
    var start = 0
    self.layers = layers.map { layer in
      defer { start += layer.count }
      return start..<start + layer.count
    }
    values = layers.map { layer in
      (0..<1 << layout.qubitCount).map { index in
        layer.enumerated().reduce(0) { $0 | UInt16(($1.element.qubit.parity & index).nonzeroBitCount & 1) << UInt16($1.offset) }
      }
    }
    let (all, ranges) = (unitaries, self.layers)
    func passes(_ layer: Int, atMost most: Int) -> [(layer: Int, unitaries: Range<Int>)] {
      let (range, count) = (ranges[layer], (ranges[layer].count + most - 1) / most)
      return (0..<count).map { place in
        (layer, range.lowerBound + place * range.count / count..<range.lowerBound + (place + 1) * range.count / count)
      }
    }
    func pass(_ layer: Int, _ range: Range<Int>) -> Pass {
      Pass(
        unitaries: range, layer: layer, isScaled: range.lowerBound == ranges[layer].lowerBound,
        kernel: LayerPass(all[range].map(\.qubit), layout: layout))
    }
    forward = layers.indices.flatMap { passes($0, atMost: LayerPass.forwardQubits) }.map { pass($0.layer, $0.unitaries) }
    backward = layers.indices.flatMap { passes($0, atMost: LayerPass.backwardQubits) }.reversed().map {
      pass($0.layer, $0.unitaries)
    }
    relabelling = Relabelling((0..<1 << layout.qubitCount).map { labels.basisState(at: $0) }, layout: layout)
  }

  /// What a step is for a stretch.
  enum Member {
    case unitary(qubit: Int)
    case permutation(AffineMap, targets: [Int])
  }

  /// The stretches of a circuit: where enough members stand in a row.
  ///
  /// - Parameter drafts: the steps not yet run, in order.
  static func parts(_ drafts: [(index: Int, draft: StepDraft)], layout: AmplitudeLayout) -> [CompiledCircuit.Part] {
    var parts: [CompiledCircuit.Part] = []
    var open: [(index: Int, member: Member)] = []
    func close() {
      let unitaries = open.count { if case .unitary = $0.member { true } else { false } }
      parts +=
        unitaries >= fewestUnitaries
        ? [.stretch(RotationStretch(open, layout: layout))] : open.map { .step($0.index) }
      open = []
    }
    for (index, draft) in drafts {
      if layout.isBatched, let member = draft.stretchMember {
        open.append((index, member))
      } else {
        close()
        parts.append(.step(index))
      }
    }
    close()
    return parts
  }
}

extension StepDraft {
  /// What the step is for a stretch; nil where it cannot be part of one.
  fileprivate var stretchMember: RotationStretch.Member? {
    switch form {
    case .matrix where targets.count == 1 && controls.isEmpty && source != .samples: .unitary(qubit: targets[0])
    case .permutation(let images):
      AffineMap(images: images, controls: controls).map { .permutation($0, targets: targets + controls.map(\.qubit)) }
    case .matrix, .pauliRotation, .diagonal, .preparation: nil
    }
  }
}
