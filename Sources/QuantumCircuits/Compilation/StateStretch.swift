import QuantumStates

/// A stretch on a single state.
///
/// Each pass takes two qubits, and those whose flips stay within a register, with their own diagonals: a table of all diagonals of
/// a layer, as a batch has it, would cost a single state as much to make as to apply.
///
/// A class only so that walking the parts of a circuit copies nothing; it never changes.
final class StateStretch: Stretch {
  /// Unitaries that share a pass over the amplitudes.
  struct Pass: Sendable {
    let unitaries: Range<Int>
    /// Whether some unitary has a diagonal before its rotation.
    let isLeading: Bool
    let kernel: StatePass
    /// Where its numbers lie.
    let place: Int
  }

  /// Pass by pass.
  let unitaries: [StretchLayers.Unitary]
  /// Whether a unitary may have a diagonal before its rotation.
  let isLeading: [Bool]
  let passes: [Pass]
  let byteCount: Int
  let layout: AmplitudeLayout
  /// nil where nothing moves.
  let relabelling: StateRelabelling?

  private static let mostKernels = 10_000

  /// - Parameter steps: all steps of the circuit.
  init(_ stretch: StretchLayers, steps: [Step], layout: AmplitudeLayout, registerBytes: Int, order: FinalOrder) {
    self.layout = layout
    var (unitaries, passes, bytes): ([StretchLayers.Unitary], [Pass], Int) = ([], [], 0)
    // A long circuit has few kinds of passes.
    var kernels: [[RelabelledQubit]: StatePass] = [:]
    for layer in stretch.layers {
      for places in StatePass.passes(of: layer.map(\.qubit), registerBytes: registerBytes, layout: layout) {
        let members = places.map { layer[$0] }
        let qubits = members.map(\.qubit)
        let kernel = kernels[qubits] ?? StatePass(qubits, registerBytes: registerBytes, layout: layout)
        if kernels.count < Self.mostKernels { kernels[qubits] = kernel }
        passes.append(
          Pass(
            unitaries: unitaries.count..<unitaries.count + members.count,
            isLeading: members.contains { !steps[$0.step].qubitParts.isRotationThenDiagonal }, kernel: kernel, place: bytes))
        unitaries += members
        bytes += kernel.byteCount
      }
    }
    (self.unitaries, self.passes, byteCount) = (unitaries, passes, bytes)
    isLeading = unitaries.map { !steps[$0.step].qubitParts.isRotationThenDiagonal }
    relabelling = order == .basis ? StateRelabelling(stretch.labels.qubits, layout: layout) : nil
  }

  func makeBinding() -> any BoundStretch { StateStretchBinding(self) }
}

extension [QubitPart] {
  /// Whether the product is a real rotation and then a diagonal matrix, whatever the angles.
  fileprivate var isRotationThenDiagonal: Bool {
    prefix { $0.isRealRotation }.count + reversed().prefix { $0.isDiagonal }.count >= count
  }
}
