import Execution
import LinearAlgebra
import QuantumStates
import Randomness

/// A circuit with bound angles, ready to run shots and trajectories.
///
/// Measurements at the end, whose outcomes nothing reads, are taken off and drawn from the final state all at once.
struct ShotRunner {
  let circuit: Circuit
  let settings: TrajectorySettings
  private let parameters: [Double]
  private let features: [Double]
  /// What runs before the final measurements.
  private let dynamic: [Instruction]
  /// The qubit and the bit of each final measurement.
  private let final: [(qubit: Int, bit: Int)]
  /// Errors of readout of the final measurements.
  private let confusions: [Confusion]

  init(
    _ circuit: Circuit, parameters: [Double], features: [Double], settings: TrajectorySettings
  ) throws(CompilationError) {
    let inputs = RealMatrix(rows: 1, columns: features.count, elements: features)
    try CompilationError.check(
      parameters: parameters, features: inputs, parameterCount: circuit.parameterCount, featureCount: circuit.featureCount)
    try CompilationError.checkAngles(
      circuit.instructions.lazy.flatMap(\.angles), parameters: parameters, features: inputs, derivatives: .none)
    self.circuit = circuit
    self.settings = settings
    self.parameters = parameters
    self.features = features
    let places = circuit.finalMeasurements
    dynamic = circuit.instructions.indices.filter { !places.contains($0) }.map { circuit.instructions[$0] }
    final = places.sorted().flatMap { place -> [(Int, Int)] in
      let instruction = circuit.instructions[place]
      return Array(zip(instruction.targets, instruction.writtenBits))
    }
    confusions = try Confusion.all(of: settings.readout, measured: final, at: "the end of the circuit")
  }

  // MARK: - Programs

  private func program(isBatched: Bool) throws(CompilationError) -> TrajectoryProgram {
    let (count, precision) = (circuit.qubitCount, settings.precision)
    // Lanes of one block from the size on at which a batch of few would already fill the cache.
    let bits = isBatched ? max(precision.laneBits, CompiledCircuit.sampleBits(qubitCount: count, precision: precision)) : 0
    let layout = AmplitudeLayout(qubitCount: count, sampleBits: bits, precision: precision)
    return try TrajectoryProgram(
      dynamic, bitCount: circuit.bitCount, layout: layout, parameters: parameters, features: features, readout: settings.readout)
  }

  /// Whether shots go side by side in one batch: operations on the lowest qubits are slow where those lie in the lanes.
  private var isBatched: Bool { circuit.qubitCount <= Self.batchedQubits && TrajectoryProgram.fitsLanes(dynamic) }

  private static let batchedQubits = 13

  private func checkMemory(copies: Int) throws(CompilationError) {
    do {
      try AmplitudeLayout.check(
        qubitCount: circuit.qubitCount, precision: settings.precision, copies: copies,
        purpose: "Shots of \(circuit.qubitCount) qubits")
    } catch {
      throw .state(error)
    }
  }

  /// Bits of all shots, and what draws that all come from one state take: numbers, pieces and outcomes.
  private func checkRows(_ shots: Int) throws(CompilationError) {
    let bytes = UInt64(shots).multipliedReportingOverflow(by: UInt64(40 + 8 * ((circuit.bitCount + 63) / 64)))
    let available = MemoryBudget.available.bytes
    guard bytes.overflow || bytes.partialValue > available else { return }
    throw .unsupported(
      method: "A run of \(shots) shots",
      reason: "what they give takes \(bytes.overflow ? "over 16 EiB" : "\(bytes.partialValue >> 20) MiB"), and "
        + "\(available >> 20) MiB are free; run them in parts and add up the counts")
  }

  // MARK: - Shots

  func run(shots: Int, seed: UInt64) throws(CompilationError) -> ShotResult {
    let method = try method(shots: shots)
    try checkRows(shots)
    var rows = BitRows(rows: shots, bitCount: circuit.bitCount)
    let snapshots: [String: [SnapshotRecord]]
    switch method {
    case .sampling:
      snapshots = [:]
      try sample(shots: shots, seed: seed, into: &rows)
    case .branching: snapshots = try branch(shots: shots, seed: seed, into: &rows)
    case .trajectories, .automatic:
      let results = try trajectories(shots, seed: seed) { run, rows in
        readFinal(run)
        for lane in 0..<run.shots.count { rows.copy(lane, from: run.bits, lane) }
      }
      for (piece, result) in results.pieces.enumerated() {
        for lane in 0..<results.counts[piece] { rows.copy(results.firsts[piece] + lane, from: result, lane) }
      }
      snapshots = results.snapshots
    }
    return ShotResult(registers: circuit.registers, shots: shots, method: method, rows: rows, snapshots: snapshots)
  }

  /// The method that is asked for, where it can be used, or the one that is expected to be cheapest.
  private func method(shots: Int) throws(CompilationError) -> ShotMethod {
    let other = dynamic.first { !$0.isUnitary || $0.isSnapshot }
    switch settings.method {
    case .sampling:
      guard let other else { return .sampling }
      throw .unsupported(method: "Sampling from one state", reason: "\(other) stands before the end; take .automatic")
    case .branching, .trajectories: return settings.method
    case .automatic:
      guard other != nil else { return .sampling }
      let hasLoops = dynamic.contains { $0.containsLoop }
      let looks = dynamic.reduce(0) { $0 + $1.measuredCount }
      if dynamic.contains(where: \.containsChannel) { return .trajectories }
      let branches = hasLoops || looks > 30 ? shots : min(shots, 1 << looks)
      // A batch of small states runs about four times as fast as its states one by one.
      return !isBatched || 4 * branches < shots ? .branching : .trajectories
    }
  }

  private func sample(shots: Int, seed: UInt64, into rows: inout BitRows) throws(CompilationError) {
    var prepared = Circuit(qubits: circuit.qubitCount)
    for instruction in dynamic { prepared.add(instruction) }
    let runner = try CircuitRunner(prepared, precision: settings.precision, loop: settings.loop, level: settings.level)
    let state = try runner.run(
      parameters: Array(parameters.prefix(prepared.parameterCount)), features: Array(features.prefix(prepared.featureCount)))
    guard !final.isEmpty else { return }
    var source = RandomSource(seed: seed)
    let outcomes = state.sample(shots: shots, of: final.map(\.qubit), using: &source)
    for (shot, outcome) in outcomes.enumerated() {
      for (place, measured) in final.enumerated() { rows[shot, measured.bit] = outcome >> place & 1 == 1 }
      guard !confusions.isEmpty else { continue }
      var own = RandomSource(seed: seed, stream: Self.readoutStream, index: UInt64(shot))
      for confusion in confusions { confusion.report(shot, of: &rows, draw: own.uniform()) }
    }
  }

  /// Of draws of readout errors where all shots are drawn from one state.
  private static let readoutStream: UInt64 = 0x5245_4144

  /// Draws the outcomes of the final measurements of every lane.
  private func readFinal(_ run: TrajectoryRun) {
    guard !final.isEmpty else { return }
    let draws = run.finalDraws()
    let layout = run.program.layout
    let outcomes =
      layout.isBatched
      ? layout.outcomes(run.state.base, draws: draws) : layout.outcomes(run.state.base, ascending: draws)
    for (lane, outcome) in outcomes.enumerated() {
      for measured in final { run.record(outcome >> measured.qubit & 1 == 1, bit: measured.bit, lane: lane) }
      for confusion in confusions { run.report(confusion, lane: lane) }
    }
  }

  private func branch(shots: Int, seed: UInt64, into rows: inout BitRows) throws(CompilationError) -> [String: [SnapshotRecord]] {
    // Halving the shots at each copy bounds the states in memory.
    try checkMemory(copies: 2 + max(0, Int.bitWidth - shots.leadingZeroBitCount))
    let program = try program(isBatched: false)
    let kernels = settings.level.kernels(settings.precision)
    let readers = program.snapshots.map { SnapshotReader($0, layout: program.layout) }
    let collected = Collected(rows: rows, sums: readers.map { _ in SnapshotSums() })
    let (layout, loop, final, confusions) = (program.layout, settings.loop, final, confusions)
    let run = BranchRun(program, shots: shots, seed: seed, kernels: kernels, loop: loop) { branch, index in
      guard branch.holds(program.snapshots[index].predicate) else { return }
      let state = branch.state.amplitudes.base
      let norm = readers[index].norm.overlapSums(bra: state, ket: state, kernels: kernels, loop: loop)[1].real
      let values = readers[index].values(state, squaredNorms: [norm]) {
        [$0.overlapSums(bra: state, ket: state, kernels: kernels, loop: loop)[1].real]
      }
      collected.sums[index].add(values[0], count: branch.shots.count)
    } body: { run, branch in
      for shot in branch.shots { collected.rows.copy(shot, from: branch.bits, 0) }
      guard !final.isEmpty else { return }
      let drawn = branch.shots.map { (shot: $0, draw: run.draw($0)) }.sorted { $0.draw < $1.draw }
      let outcomes = layout.outcomes(branch.state.amplitudes.base, ascending: drawn.map(\.draw))
      for (entry, outcome) in zip(drawn, outcomes) {
        for measured in final { collected.rows[entry.shot, measured.bit] = outcome >> measured.qubit & 1 == 1 }
        for confusion in confusions { confusion.report(entry.shot, of: &collected.rows, draw: run.draw(entry.shot)) }
      }
    }
    try run.run()
    rows = collected.rows
    return program.records(collected.sums)
  }

  /// What branches leave behind, on one thread.
  private final class Collected {
    var rows: BitRows
    var sums: [SnapshotSums]
    init(rows: BitRows, sums: [SnapshotSums]) { (self.rows, self.sums) = (rows, sums) }
  }

  // MARK: - Trajectories

  /// Runs trajectories chunk by chunk on all threads; `read` fills the rows of a chunk after its run.
  private func trajectories(
    _ count: Int, seed: UInt64, read: (TrajectoryRun, inout BitRows) -> Void
  ) throws(CompilationError) -> (
    pieces: [BitRows], firsts: [Int], counts: [Int], snapshots: [String: [SnapshotRecord]]
  ) {
    let program = try program(isBatched: isBatched)
    let readers = program.snapshots.map { SnapshotReader($0, layout: program.layout) }
    let samples = program.layout.samples
    let chunks = (count + samples - 1) / samples
    var pieces = Array(repeating: BitRows(rows: 0, bitCount: circuit.bitCount), count: chunks)
    var sums = Array(repeating: readers.map { _ in SnapshotSums() }, count: chunks)
    try pieces.withUnsafeMutableBufferPointer { pieces throws(CompilationError) in
      try sums.withUnsafeMutableBufferPointer { sums throws(CompilationError) in
        let destination = (pieces.baseAddress.map { UncheckedPointer($0) }, sums.baseAddress.map { UncheckedPointer($0) })
        try forEachChunk(of: program, count: count, seed: seed) { (placed, index, run) in
          let chunk = run.shots.lowerBound / samples
          let norms = run.expectations(readers[index].norm)
          let values = readers[index].values(run.state.base, squaredNorms: norms) { run.expectations($0) }
          for lane in values.indices where run.holds(placed.predicate, lane) {
            destination.1!.pointer[chunk][index].add(values[lane])
          }
        } body: { run in
          var rows = BitRows(rows: run.shots.count, bitCount: circuit.bitCount)
          read(run, &rows)
          destination.0!.pointer[run.shots.lowerBound / samples] = rows
        }
      }
    }
    var total = readers.map { _ in SnapshotSums() }
    for chunk in sums {
      for index in total.indices { total[index].add(chunk[index]) }
    }
    return (
      pieces, (0..<chunks).map { $0 * samples }, (0..<chunks).map { min(samples, count - $0 * samples) }, program.records(total)
    )
  }

  /// Runs chunks of trajectories; `body` is called on the thread of each, in any order.
  private func forEachChunk(
    of program: TrajectoryProgram, count: Int, seed: UInt64,
    snapshot: (TrajectoryProgram.PlacedSnapshot, Int, TrajectoryRun) -> Void, body: (TrajectoryRun) -> Void
  ) throws(CompilationError) {
    let layout = program.layout
    let chunks = (count + layout.samples - 1) / layout.samples
    // Large states have the threads inside, others beside each other.
    let isLarge = layout.byteCount >= Self.largeState
    let (outer, inner) = isLarge ? (ParallelLoop.serial, settings.loop) : (settings.loop, .serial)
    try checkMemory(copies: layout.samples * (isLarge ? 1 : outer.threads))
    let groups = min(chunks, 64)
    var errors = [CompilationError?](repeating: nil, count: groups)
    let kernels = settings.level.kernels(settings.precision)
    errors.withUnsafeMutableBufferPointer { errors in
      let destination = errors.baseAddress.map { UncheckedPointer($0) }
      outer.run(count: groups) { group in
        let run = TrajectoryRun(program, kernels: kernels, loop: inner)
        for chunk in group * chunks / groups..<(group + 1) * chunks / groups {
          do throws(CompilationError) {
            let first = chunk * layout.samples
            try run.run(first..<min(count, first + layout.samples), seed: seed, snapshot: snapshot)
            body(run)
          } catch {
            destination!.pointer[group] = error
            return
          }
        }
      }
    }
    if let error = errors.lazy.compactMap({ $0 }).first { throw error }
  }

  /// Bytes of a state from which on threads work inside it.
  private static let largeState = 32 << 20

  /// Means of exact expectation values over trajectories.
  func estimates(of observables: [PauliSum], trajectories count: Int, seed: UInt64) throws(CompilationError) -> [Estimate] {
    let program = try program(isBatched: isBatched)
    let layout = program.layout
    let placed = observables.map { PlacedObservable(settings.readout?.applied(to: $0) ?? $0, layout: layout) }
    let norm = KernelOperation(xMask: 0, zMask: 0, layout: layout)
    let chunks = (count + layout.samples - 1) / layout.samples
    var sums = Array(repeating: Array(repeating: (sum: 0.0, squares: 0.0), count: observables.count), count: chunks)
    try sums.withUnsafeMutableBufferPointer { sums throws(CompilationError) in
      let destination = UncheckedPointer(sums.baseAddress!)
      try forEachChunk(of: program, count: count, seed: seed, snapshot: { _, _, _ in }) { run in
        let norms = run.expectations(norm)
        for (index, observable) in placed.enumerated() {
          var own = (sum: 0.0, squares: 0.0)
          for value in observable.values(squaredNorms: norms, { run.expectations($0) }) {
            own.sum += value
            own.squares += value * value
          }
          destination.pointer[run.shots.lowerBound / layout.samples][index] = own
        }
      }
    }
    return observables.indices.map { index in
      Estimate(
        count: count, sum: sums.reduce(0) { $0 + $1[index].sum }, squares: sums.reduce(0) { $0 + $1[index].squares })
    }
  }
}

extension TrajectoryRun {
  /// One draw of each shot, for its final measurements.
  func finalDraws() -> [Double] { shots.indices.map { draw(lane: $0 - shots.lowerBound) } }
}

extension Instruction {
  fileprivate var containsLoop: Bool {
    if case .loop = kind { true } else { blocks.joined().contains(where: \.containsLoop) }
  }
  /// Outcomes that are drawn: of measured and of reset qubits.
  fileprivate var measuredCount: Int {
    switch kind {
    case .measurement, .reset: targets.count
    default: blocks.joined().reduce(0) { $0 + $1.measuredCount }
    }
  }
}

extension TrajectoryProgram {
  /// The records by label; those that no shot came by are left out.
  fileprivate func records(_ sums: [SnapshotSums]) -> [String: [SnapshotRecord]] {
    var records: [String: [SnapshotRecord]] = [:]
    for (snapshot, sum) in zip(snapshots, sums) {
      if let record = sum.record { records[snapshot.label, default: []].append(record) }
    }
    return records
  }
}
