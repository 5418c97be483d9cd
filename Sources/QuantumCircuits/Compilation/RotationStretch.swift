import QuantumStates

/// A stretch on a batch.
///
/// Of each layer all diagonals, together with those after the layer before, are one number for each basis state; the rotations
/// take two or three qubits in one pass, a fourth of the arithmetic of dense matrices. Amplitudes move once, at the end.
///
/// A class only so that walking the parts of a circuit copies nothing; it never changes.
final class RotationStretch: Stretch {
  /// Unitaries that share a pass over the amplitudes.
  struct Pass: Sendable {
    let unitaries: Range<Int>
    let layer: Int
    /// Whether the layer's diagonal is applied with this pass.
    let isScaled: Bool
    let kernel: LayerPass
  }

  /// Layer by layer.
  let unitaries: [StretchLayers.Unitary]
  let layers: [Range<Int>]
  /// In the order in which they run; backward the last layer comes first.
  let forward: [Pass]
  let backward: [Pass]
  /// For each layer and basis index, the parities of the layer's qubits.
  private let values: [[UInt16]]
  /// nil where nothing moves and the last diagonal is left out.
  let relabelling: Relabelling?
  let layout: AmplitudeLayout

  func withValues(layer: Int, _ body: (UnsafePointer<UInt16>) -> Void) {
    values[layer].withUnsafeBufferPointer { body($0.baseAddress!) }
  }

  init(_ stretch: StretchLayers, layout: AmplitudeLayout, order: FinalOrder) {
    self.layout = layout
    unitaries = stretch.layers.flatMap { $0 }
    var start = 0
    layers = stretch.layers.map { layer in
      defer { start += layer.count }
      return start..<start + layer.count
    }
    values = stretch.layers.map { layer in
      (0..<1 << layout.qubitCount).map { index in
        layer.enumerated().reduce(0) { $0 | UInt16(($1.element.qubit.parity & index).nonzeroBitCount & 1) << UInt16($1.offset) }
      }
    }
    let (all, ranges) = (unitaries, layers)
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
    let indices = 0..<1 << layout.qubitCount
    relabelling =
      switch order {
      case .basis: Relabelling(indices.map { stretch.labels.basisState(at: $0) }, layout: layout)
      case .relabelled: Relabelling(Array(indices), layout: layout)
      case .relabelledUpToPhases: nil
      }
  }

  func makeBinding() -> any BoundStretch { StretchBinding(self) }
}
