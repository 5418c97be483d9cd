import Execution
import LinearAlgebra
import QuantumStates

/// A circuit resolved to kernels for one layout: made once, run for many parameters and features.
///
/// A class only so that handing it on copies nothing; it never changes.
final class CompiledCircuit: Sendable {
  let qubitCount: Int
  let parameterCount: Int
  let featureCount: Int
  let layout: AmplitudeLayout
  let steps: [Step]
  /// How the steps are run where the state is not cut into tiles.
  let parts: [Part]
  let angles: [CompiledAngle]
  /// The angles that are evaluated for every sample: those that differ, and those of runs of phases.
  let turnedAngles: [Int]
  /// Those of which sines and cosines are taken: all but the ones of runs of phases.
  let tableAngles: [Int]
  /// The steps that are runs of phases.
  let phaseSteps: [Int]
  /// The other angles that stand in a step with one of those: each sample's table holds them too.
  let mixedAngles: [Int]
  /// How a large state is run; nil where steps are run one by one on all amplitudes.
  let tiles: TilePlan?
  private let inStretch: [Bool]
  /// Whether a step is a unitary of a stretch.
  func isInStretch(_ step: Int) -> Bool { inStretch[step] }
  /// Whether a step has coefficients of its own, and is not a part of tiles or of a stretch.
  func runsAlone(_ step: Int) -> Bool { !inStretch[step] && tiles?.runsWhole(step) ?? true }

  /// Where the circuit begins with matrices of each sample.
  let start: ProductStart?
  let stretches: [any Stretch]
  /// Which bits of a final state stand for which qubit, where it is left so.
  let finalQubits: [RelabelledQubit]?
  /// The other steps whose coefficients differ from sample to sample.
  let sampleSteps: [Int]
  /// For each stretch, how many unitaries stand in those before it.
  let stretchPlaces: [Int]
  let stretchUnitaryCount: Int
  /// Pieces of a state that add to sums of their own.
  var stretchPieces: Int { layout.isBatched ? 1 : StatePass.pieces(layout) }

  /// Steps that are run together.
  enum Part: Sendable {
    case step(Int)
    case start(ProductStart)
    case stretch(any Stretch)
  }

  /// - Parameter order: how the final state may be left where the circuit ends with a stretch.
  init(
    _ circuit: Circuit, layout: AmplitudeLayout, level: SIMDLevel, tiles: TileChoice = .standard, order: FinalOrder = .basis
  ) {
    // A state in tiles, or by itself, has passes of its own for diagonals.
    let lowering = Lowering(circuit, gathersPhases: layout.isBatched)
    qubitCount = circuit.qubitCount
    parameterCount = circuit.parameterCount
    featureCount = circuit.featureCount
    self.layout = layout
    angles = lowering.angles
    var operations = PlacedOperations()
    steps = lowering.drafts.map { $0.placed(on: layout, sharing: &operations) }
    self.tiles = tiles.shape(for: layout).map { [steps] in TilePlan(lowering.drafts, steps: steps, layout: layout, shape: $0) }
    let start = ProductStart(lowering.drafts, steps: steps, layout: layout)
    let started = Set(start?.steps.compactMap { $0 } ?? [])
    var (parts, finalQubits): ([Part], [RelabelledQubit]?) = (start.map { [.start($0)] } ?? [], nil)
    let pieces =
      self.tiles == nil
      ? StretchLayers.pieces(lowering.drafts, leavingOut: started, qubitCount: layout.qubitCount)
      : lowering.drafts.indices.filter { !started.contains($0) }.map { .step($0) }
    for (place, piece) in pieces.enumerated() {
      guard case .stretch(let stretch) = piece else {
        if case .step(let index) = piece { parts.append(.step(index)) }
        continue
      }
      let order = place == pieces.count - 1 ? order : .basis
      if order != .basis { finalQubits = stretch.labels.qubits }
      parts.append(
        .stretch(
          layout.isBatched
            ? RotationStretch(stretch, layout: layout, order: order)
            : StateStretch(
              stretch, steps: steps, layout: layout, registerBytes: level.kernels(layout.precision).registerBytes, order: order)))
    }
    (self.parts, self.finalQubits) = (parts, finalQubits)
    var (inStretch, places, count) = ([Bool](repeating: false, count: steps.count), [Int](), 0)
    for case .stretch(let stretch) in parts {
      for unitary in stretch.unitaries { inStretch[unitary.step] = true }
      places.append(count)
      count += stretch.unitaries.count
    }
    (self.inStretch, stretchPlaces, stretchUnitaryCount) = (inStretch, places, count)
    self.start = start
    stretches = parts.compactMap { if case .stretch(let stretch) = $0 { stretch } else { nil } }
    sampleSteps = steps.indices.filter { [steps, tiles = self.tiles] in
      steps[$0].source == .samples && !started.contains($0) && tiles?.runsWhole($0) ?? true
    }
    let angles = angles
    phaseSteps = steps.indices.filter { [steps] in if case .phases = steps[$0].form { true } else { false } }
    let phaseAngles = Set(phaseSteps.flatMap { [steps] in steps[$0].angles })
    turnedAngles = angles.indices.filter { angles[$0].source == .samples || phaseAngles.contains($0) }
    tableAngles = turnedAngles.filter { !phaseAngles.contains($0) }
    mixedAngles = steps.filter { $0.source == .samples }.flatMap(\.angles).filter {
      angles[$0].source != .samples && !phaseAngles.contains($0)
    }
  }

  /// The layout in which a batch of a circuit runs: chosen from the number of qubits and the precision alone, so that a
  /// sample's result never depends on the batch it is in.
  ///
  /// A chunk's ket and bra should stay in the caches next to a core: up to `batchedQubits` qubits a chunk holds as many
  /// samples as fill about 16 KiB, at least a block and at most 32, so that small batches too have chunks for several threads;
  /// above that it is one state.
  ///
  /// - Parameter isForward: whether a chunk has a ket alone, for which the caches have room with one qubit more.
  static func batchLayout(qubitCount: Int, precision: Precision, isForward: Bool = false) -> AmplitudeLayout {
    AmplitudeLayout(
      qubitCount: qubitCount, sampleBits: sampleBits(qubitCount: qubitCount, precision: precision, isForward: isForward),
      precision: precision)
  }

  /// The layout in which a circuit is evaluated: without features samples differ in nothing, and each is a state by itself.
  static func layout(of circuit: Circuit, precision: Precision) -> AmplitudeLayout {
    circuit.featureCount > 0
      ? batchLayout(qubitCount: circuit.qubitCount, precision: precision)
      : AmplitudeLayout(qubitCount: circuit.qubitCount, precision: precision)
  }

  /// log2 of the samples in a chunk of that layout.
  static func sampleBits(qubitCount: Int, precision: Precision, isForward: Bool = false) -> Int {
    guard qubitCount <= batchedQubits + (isForward ? 1 : 0) else { return 0 }
    let amplitudes = 16_384 / precision.bytesPerAmplitude
    let wanted = max(0, amplitudes.bitWidth - 1 - amplitudes.leadingZeroBitCount - qubitCount)
    return min(max(wanted, precision.laneBits), 5)
  }

  static let batchedQubits = 11
}
