import Execution
import QuantumStates

/// Where a compiled circuit's coefficients and scratch memory lie; sizes in bytes, found once.
struct MemoryPlan: Sendable {
  /// For each step, the place of its coefficients and of its inverse's: in the shared buffer, or in a workspace for steps
  /// whose matrices differ from sample to sample.
  let forward: [Int]
  let backward: [Int]
  let sharedBytes: Int
  let sampleBytes: Int
  let overlapBytes: Int
  let largestDimension: Int

  init(_ circuit: CompiledCircuit) {
    var bytes = [false: 0, true: 0]
    var overlap = Precision.blockBytes
    /// The place of an operation's coefficients, among those of samples or of all.
    func place(_ operation: KernelOperation, _ isSample: Bool) -> Int {
      let sets = isSample ? circuit.layout.sampleBlocks : 1
      overlap = max(overlap, operation.overlapBlocks * sets * Precision.blockBytes)
      defer { bytes[isSample]! += operation.coefficientBytes * sets }
      return bytes[isSample]!
    }
    var places: [(forward: Int, backward: Int)] = []
    for (index, step) in circuit.steps.enumerated() {
      guard !circuit.isInStretch(index) else {
        places.append((0, 0))
        continue
      }
      places.append((place(step.operation, step.source == .samples), place(step.inverse, step.source == .samples)))
    }
    forward = places.map(\.forward)
    backward = places.map(\.backward)
    (sharedBytes, sampleBytes, overlapBytes) = (bytes[false]!, bytes[true]!, overlap)
    largestDimension = circuit.steps.map { if case .matrix = $0.form { $0.dimension } else { 2 } }.max() ?? 2
  }
}

/// The memory of one thread at work: taken once, used for chunk after chunk.
///
/// Unchecked: the evaluator lends it to one thread at a time.
final class Workspace: @unchecked Sendable {
  /// Taken at the first run, unless a state is lent.
  var ket: UnsafeMutableRawPointer {
    if let lent { return lent }
    if let ownKet { return ownKet }
    let taken = take(braBytes)
    ownKet = taken
    return taken
  }
  private var ownKet: UnsafeMutableRawPointer?
  private var lent: UnsafeMutableRawPointer?
  /// Taken at the first backward pass: running a large state needs no second one.
  private(set) lazy var bra = take(braBytes)
  /// One more state, where amplitudes change places.
  private(set) lazy var spare = take(braBytes)
  let coefficients: UnsafeMutableRawPointer
  let overlaps: UnsafeMutableRawPointer
  /// Parts of the sums of every unitary in a stretch: pieces x unitaries.
  let paulis: UnsafeMutablePointer<Double>
  let pauliCount: Int
  let start: StartMemory?
  /// Of each run of phases, by step.
  let phases: [Int: PhaseMemory]
  let tables: AngleTables
  /// Overlaps by entry and sample.
  let entries: UnsafeMutablePointer<Double>
  let scratch: MatrixScratch
  /// Scratch memory of the readout, and its values and cotangents for the samples of a chunk.
  let readout: UnsafeMutableRawPointer
  let values: UnsafeMutablePointer<Double>
  let cotangents: UnsafeMutablePointer<Double>
  /// Where the circuit is run in tiles.
  let tiles: TileMemory?
  private let braBytes: Int
  private var owned: [UnsafeMutableRawPointer]

  init(circuit: CompiledCircuit, plan: MemoryPlan, readout kind: any Readout) {
    var owned: [UnsafeMutableRawPointer] = []
    func take(_ bytes: Int) -> UnsafeMutableRawPointer {
      owned.append(Self.allocate(bytes))
      return owned[owned.count - 1]
    }
    func takeDoubles(_ count: Int) -> UnsafeMutablePointer<Double> {
      take(8 * count).bindMemory(to: Double.self, capacity: max(8, count))
    }
    let samples = circuit.layout.samples
    braBytes = circuit.layout.byteCount
    tiles = circuit.tiles.map { TileMemory($0) }
    coefficients = take(plan.sampleBytes)
    overlaps = take(plan.overlapBytes)
    pauliCount = circuit.stretchPieces * LayerPass.sumCount * circuit.stretchUnitaryCount
    paulis = takeDoubles(pauliCount)
    start = circuit.start.map { [coefficients] start in
      let bytes = 4 * circuit.layout.sampleBlocks * Precision.blockBytes
      let results = start.steps.compactMap { $0 }.map { ($0, take(bytes)) }
      return StartMemory(start, plan: plan, coefficients: coefficients, results: results)
    }
    phases = Dictionary(
      uniqueKeysWithValues: circuit.phaseSteps.compactMap { index in
        guard case .phases(let step) = circuit.steps[index].form else { return nil }
        return (index, PhaseMemory(step, width: samples, take))
      })
    tables = AngleTables(
      angles: circuit.angles.count, evaluating: circuit.tableAngles, width: samples,
      buffer: takeDoubles(AngleTables.count(angles: circuit.angles.count, width: samples)))
    entries = takeDoubles(LaneMatrices.count(dimension: plan.largestDimension, width: samples))
    scratch = MatrixScratch(
      dimension: plan.largestDimension, width: samples,
      buffer: takeDoubles(MatrixScratch.count(dimension: plan.largestDimension, width: samples)))
    readout = take(kind.scratchBytes)
    values = takeDoubles(samples * kind.outputCount)
    cotangents = takeDoubles(samples * kind.outputCount)
    self.owned = owned
  }

  deinit { for memory in owned { memory.deallocate() } }

  /// Runs `body` with a ket that belongs to somebody else.
  func lend(_ state: UnsafeMutableRawPointer, _ body: () -> Void) {
    lent = state
    body()
    lent = nil
  }

  private func take(_ bytes: Int) -> UnsafeMutableRawPointer {
    owned.append(Self.allocate(bytes))
    return owned[owned.count - 1]
  }

  private static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let memory = AlignedMemory.allocate(bytes)
    memory.initializeMemory(as: UInt8.self, repeating: 0, count: max(64, bytes))
    return memory
  }
}

/// Where the matrices of a product start lie, and the memory of their overlaps.
///
/// Unchecked: part of a workspace.
final class StartMemory: @unchecked Sendable {
  let matrices: UnsafeMutablePointer<UnsafeRawPointer?>
  let results: UnsafeMutablePointer<UnsafeMutableRawPointer?>

  init(
    _ start: ProductStart, plan: MemoryPlan, coefficients: UnsafeMutableRawPointer,
    results owned: [(step: Int, UnsafeMutableRawPointer)]
  ) {
    matrices = .allocate(capacity: start.steps.count)
    results = .allocate(capacity: start.steps.count)
    for (qubit, step) in start.steps.enumerated() {
      (matrices + qubit).initialize(to: step.map { UnsafeRawPointer(coefficients + plan.forward[$0]) })
      (results + qubit).initialize(to: step.flatMap { step in owned.first { $0.step == step }?.1 })
    }
  }

  deinit {
    matrices.deallocate()
    results.deallocate()
  }
}
