import Execution
import LinearAlgebra
import QuantumStates

/// What cannot be compiled or evaluated.
public enum CompilationError: Error, Sendable, CustomStringConvertible {
  /// A state preparation that does not find its qubits untouched.
  case preparationNotFirst(Instruction)
  /// An observable or readout names a qubit that the circuit lacks.
  case qubitOutOfRange(readout: String, qubit: Int, qubitCount: Int)
  /// A qubit that a readout lists twice.
  case repeatedQubit(Int, in: [Int])
  /// A target state of another size than the circuit's.
  case targetSize(found: Int, expected: Int)
  /// Wrong number of parameters.
  case parameterCount(found: Int, expected: Int)
  /// Wrong number of features in the rows of a batch.
  case featureCount(found: Int, expected: Int)
  /// A value that is not finite: what, at which row and column.
  case nonFinite(what: String, row: Int, column: Int)
  /// An angle without a finite value, or without a finite derivative by a symbol, at a sample.
  case angle(Angle, derivative: Angle.Symbol?, row: Int)
  /// A sample that gives no state.
  case preparation(PreparationError)
  /// More memory than there is.
  case state(StateError)
  /// A gradient method that cannot honour a setting.
  case unsupported(method: String, reason: String)

  public var description: String {
    switch self {
    case .preparationNotFirst(let instruction):
      "A state preparation must be the first instruction on its qubits \(instruction.targets), without controls"
        + (instruction.source.map { " (\($0))" } ?? "") + ": move it to the start of the circuit."
    case .qubitOutOfRange(let readout, let qubit, let qubitCount):
      "\(readout) reads qubit \(qubit), the circuit has \(qubitCount): use qubits 0 to \(qubitCount - 1)."
    case .repeatedQubit(let qubit, let qubits):
      "The list \(qubits) names qubit \(qubit) twice: name each once."
    case .targetSize(let found, let expected):
      "The target state has \(found) amplitudes, the circuit's has \(expected): give one for each basis state."
    case .parameterCount(let found, let expected):
      "The circuit takes \(expected) parameters, got \(found)."
    case .featureCount(let found, let expected):
      "The circuit takes \(expected) features a sample, the batch has \(found)."
    case .nonFinite(let what, let row, let column):
      "\(what) in row \(row), column \(column) is not a finite number: remove the row or fill in the value."
    case .angle(let angle, let symbol, let row):
      "The angle \(angle) has no finite \(symbol.map { "derivative by \($0)" } ?? "value") for row \(row): "
        + "keep its features and parameters inside the domains of its functions."
    case .preparation(let error): error.description
    case .state(let error): error.description
    case .unsupported(let method, let reason): "\(method) cannot be used here: \(reason)."
    }
  }
}

extension CompilationError {
  /// Throws unless there are as many parameters and features as a circuit takes, all of them finite.
  static func check(
    parameters: [Double], features: RealMatrix, parameterCount: Int, featureCount: Int
  ) throws(CompilationError) {
    guard parameters.count == parameterCount else { throw .parameterCount(found: parameters.count, expected: parameterCount) }
    guard features.columns == featureCount else { throw .featureCount(found: features.columns, expected: featureCount) }
    if let bad = parameters.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(what: "A parameter", row: 0, column: bad) }
    if let bad = features.elements.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(what: "A feature", row: bad / features.columns, column: bad % features.columns)
    }
  }
}

/// A circuit resolved to kernels for one layout: made once, run for many parameters and features.
struct CompiledCircuit: Sendable {
  let qubitCount: Int
  let parameterCount: Int
  let featureCount: Int
  let layout: AmplitudeLayout
  let steps: [Step]
  let angles: [CompiledAngle]
  /// The angles that differ from sample to sample.
  let sampleAngles: [Int]
  /// The other angles that stand in a step with one of those: each sample's table holds them too.
  let mixedAngles: [Int]

  init(_ circuit: Circuit, layout: AmplitudeLayout) throws(CompilationError) {
    var lowering = Lowering()
    for instruction in circuit.instructions { try lowering.add(instruction) }
    qubitCount = circuit.qubitCount
    parameterCount = circuit.parameterCount
    featureCount = circuit.featureCount
    self.layout = layout
    angles = lowering.angles
    steps = lowering.drafts.map { $0.placed(on: layout) }
    let angles = angles
    sampleAngles = angles.indices.filter { angles[$0].source == .samples }
    mixedAngles = steps.filter { $0.source == .samples }.flatMap(\.angles).filter { angles[$0].source != .samples }
  }

  /// The layout in which a batch of a circuit runs: chosen from the number of qubits and the precision alone, so that a
  /// sample's result never depends on the batch it is in.
  ///
  /// A chunk's ket and bra should stay in the caches next to a core: up to `batchedQubits` qubits a chunk holds as many
  /// samples as fill about 16 KiB, at least a block; above that it is one state.
  static func batchLayout(qubitCount: Int, precision: Precision) -> AmplitudeLayout {
    AmplitudeLayout(
      qubitCount: qubitCount, sampleBits: sampleBits(qubitCount: qubitCount, precision: precision), precision: precision)
  }

  /// log2 of the samples in a chunk of that layout.
  static func sampleBits(qubitCount: Int, precision: Precision) -> Int {
    guard qubitCount <= batchedQubits else { return 0 }
    let amplitudes = 16_384 / precision.bytesPerAmplitude
    let wanted = max(0, amplitudes.bitWidth - 1 - amplitudes.leadingZeroBitCount - qubitCount)
    return min(max(wanted, precision.laneBits), 6)
  }

  static let batchedQubits = 11
}
