import Execution
import LinearAlgebra
import QuantumStates
import Synchronization

/// A noisy circuit with its readout: exact values and gradients for whole batches.
///
/// Values are linear in the state, so the cotangents are one vector of components (the bra) that goes back by transposed matrices.
/// The ket before a step is had by the inverse matrix while the condition numbers passed multiply to less than `conditionLimit`;
/// where they do not, the ket is taken from a copy kept at the start of a group, and the group is run again.
final class MixedEvaluator: FunctionEngine {
  let circuit: MixedCircuit
  let readout: MixedReadout
  let kernels: Kernels
  let level: SIMDLevel
  let tiles = Pool<MixedTileMemory>()
  /// Of states, tiles and copies; not of matrices.
  let meter = MemoryMeter()
  /// Where the overlaps of each step begin; the last entry is their count.
  let overlapPlaces: [Int]
  private let workspaces = Pool<MixedWorkspace>()
  /// Whether there was room for a second state when the first gradient was taken.
  private let hasRoomForBra = Mutex(false)

  init(_ circuit: MixedCircuit, readout: MixedReadout, level: SIMDLevel) {
    self.circuit = circuit
    self.readout = readout
    self.level = level
    kernels = level.kernels(circuit.layout.precision)
    var places = [0]
    for step in circuit.steps {
      let sets = step.source == .samples && circuit.layout.isBatched ? circuit.layout.samples : 1
      places.append(places[places.count - 1] + (step.hasGradient ? step.size * step.size * sets : 0))
    }
    overlapPlaces = places
  }

  var layout: ComponentLayout { circuit.layout }
  var precision: Precision { layout.precision }
  var method: SimulationMethod { .densityMatrix }
  var parameterCount: Int { circuit.parameterCount }
  var featureCount: Int { circuit.featureCount }
  var outputCount: Int { readout.outputCount }

  /// - Throws: `CompilationError` for a state that does not fit in memory, and gates too wide.
  convenience init(
    _ circuit: Circuit, readout: MixedReadout, precision: Precision, loop: ParallelLoop, level: SIMDLevel
  ) throws(CompilationError) {
    let layout = ComponentLayout(qubitCount: circuit.qubitCount, precision: precision)
    do {
      // Large states run one after another, with the threads inside.
      try layout.check(
        copies: Self.isLarge(layout) ? 1 : loop.threads, purpose: "A density matrix of \(circuit.qubitCount) qubits")
    } catch {
      throw .state(error)
    }
    self.init(try MixedCircuit(circuit, precision: precision), readout: readout, level: level)
  }

  /// A gradient takes a bra beside the ket; looked at once, before the memory is taken.
  private func takeRoomForBra() throws(CompilationError) {
    guard Self.isLarge(layout), !hasRoomForBra.withLock({ $0 }) else { return }
    do {
      try layout.check(
        copies: workspaces.isEmpty ? 2 : 1, purpose: "A density matrix of \(circuit.qubitCount) qubits with its gradient")
    } catch {
      throw .state(error)
    }
    hasRoomForBra.withLock { $0 = true }
  }

  private static func isLarge(_ layout: ComponentLayout) -> Bool { layout.byteCount >= 1 << 20 }
  var overlapCount: Int { overlapPlaces[overlapPlaces.count - 1] }
  /// Whether each lane has overlaps of its own.
  func isApart(_ step: Int) -> Bool { layout.isBatched && circuit.steps[step].source == .samples }

  /// How much of its precision a recovered state may lose: 1e-10 is left of double precision, half the digits of single precision.
  private var conditionLimit: Double { layout.precision == .double ? 1e6 : 300 }
  /// Copies of the state that are kept without a schedule.
  private static let freeCheckpoints = 8

  // MARK: - Values

  /// Outputs of every sample, samples x outputs.
  func values(_ batch: CircuitEvaluator.Batch) throws(CompilationError) -> [Double] {
    var values = [Double](repeating: 0, count: batch.sampleCount * outputCount)
    let blocks = try prepared(batch)
    let shared = MixedSharedBinding(circuit, parameters: batch.parameters, withInverse: false)
    values.withUnsafeMutableBufferPointer { values in
      let destination = UncheckedPointer(values.baseAddress!)
      forEachChunk(batch, shared) { run, _ in
        run.bind(withInverse: false)
        run.start(blocks)
        for group in circuit.groups { run.forward(group) }
        measure(run)
        (destination.pointer + run.firstSample * outputCount).update(from: run.work.values, count: run.sampleCount * outputCount)
      }
    }
    try checkFinite(values, batch, derivatives: .none)
    return values
  }

  /// Runs the circuit for every sample; `body` reads the final states on the thread that made them.
  func run(_ batch: CircuitEvaluator.Batch, _ body: (MixedRun) -> Void) throws(CompilationError) {
    let blocks = try prepared(batch)
    let shared = MixedSharedBinding(circuit, parameters: batch.parameters, withInverse: false)
    forEachChunk(batch, shared) { run, _ in
      run.bind(withInverse: false)
      run.start(blocks)
      for group in circuit.groups { run.forward(group) }
      body(run)
    }
  }

  private func measure(_ run: MixedRun) {
    for lane in 0..<layout.samples {
      readout.measure(run.work.values + lane * outputCount) { run.ket[readout.components[$0], lane] }
    }
  }

  // MARK: - Gradients

  /// The gradient of sum over samples and outputs of cotangent * output, and how the states before steps were had.
  func gradients(
    _ batch: CircuitEvaluator.Batch, kept: KeptStates? = nil, ofFeatures: Bool,
    cotangents rule: CircuitEvaluator.CotangentRule
  ) throws(CompilationError) -> (values: [Double], gradients: CircuitEvaluator.Gradients, recovery: StateRecovery?) {
    try takeRoomForBra()
    var values = [Double](repeating: 0, count: batch.sampleCount * outputCount)
    var features = [Double](repeating: 0, count: ofFeatures ? batch.sampleCount * circuit.featureCount : 0)
    let blocks = try prepared(batch)
    let shared = MixedSharedBinding(circuit, parameters: batch.parameters, withInverse: true)
    let groups = groupCount(batch)
    let sums = (0..<groups).map { _ in MixedSums(parameterCount: circuit.parameterCount, overlapCount: overlapCount) }
    var recoveries = [StateRecovery](repeating: .inverse, count: groups)
    withoutActuallyEscaping(rule) { rule in
      values.withUnsafeMutableBufferPointer { values in
        features.withUnsafeMutableBufferPointer { features in
          recoveries.withUnsafeMutableBufferPointer { recoveries in
            let (valueRows, used) = (UncheckedPointer(values.baseAddress!), UncheckedPointer(recoveries.baseAddress!))
            // The base address of an empty array is no place to write to.
            let featureRows = ofFeatures ? features.baseAddress.map { UncheckedPointer($0) } : nil
            forEachChunk(batch, shared) { run, group in
              run.bind(withInverse: true)
              let recovery = gradient(
                run, blocks, rule, sums[group], featureRows.map { $0.pointer + run.firstSample * circuit.featureCount })
              used.pointer[group] = max(used.pointer[group], recovery)
              (valueRows.pointer + run.firstSample * outputCount).update(
                from: run.work.values, count: run.sampleCount * outputCount)
            }
          }
        }
      }
    }
    for other in sums.dropFirst() { sums[0].add(other) }
    if let total = sums.first { contract(total, batch, shared) }
    let parameters = sums.first?.parameters ?? Array(repeating: 0, count: circuit.parameterCount)
    try checkFinite(values, batch, derivatives: .none)
    try checkFinite(parameters + features, batch, derivatives: ofFeatures ? .byAll : .byParameters)
    return (values, CircuitEvaluator.Gradients(parameters: parameters, features: features), recoveries.max() ?? .inverse)
  }

  private func gradient(
    _ run: MixedRun, _ blocks: [[InitialBlock]], _ rule: CircuitEvaluator.CotangentRule, _ sums: MixedSums,
    _ featureGradients: UnsafeMutablePointer<Double>?
  ) -> StateRecovery {
    let work = run.work
    let groups = circuit.groups
    let schedule = CheckpointSchedule(
      conditions: groups.map { group in
        group.steps.reduce(1) { product, step in
          let binding = circuit.steps[step.index].source == .samples ? work.binding : run.shared.binding
          return product * binding.conditions[step.index]
        }
      }, limit: conditionLimit, free: Self.freeCheckpoints)
    var copies: [Int: StateCopy] = [:]
    run.start(blocks)
    for (index, group) in groups.enumerated() {
      if schedule.isKept(index) { copies[index] = StateCopy(work.ket, byteCount: layout.byteCount, meter) }
      run.forward(group)
    }
    measure(run)
    seed(run, rule)
    work.overlaps.update(repeating: 0, count: overlapCount)
    for (index, group) in groups.enumerated().reversed() {
      guard schedule.isRestart(index) else {
        run.backward(group, .inverse, sums)
        continue
      }
      if copies[index] == nil {
        // From the last copy before this group on, keeping what the groups between will need.
        let first = copies.keys.filter { $0 < index }.max()!
        copies[first]!.copy(to: work.ket)
        for other in first..<index {
          if other > first, schedule.isRestart(other) {
            copies[other] = StateCopy(work.ket, byteCount: layout.byteCount, meter)
          }
          run.forward(groups[other])
        }
      } else {
        copies.removeValue(forKey: index)!.copy(to: work.ket)
      }
      run.backward(group, .replay, sums)
    }
    run.contract(sums, featureGradients)
    run.contract(blocks, sums, featureGradients)
    return schedule.recovery
  }

  /// Asks for the cotangents of each sample and makes the bra; lanes beyond the batch have none.
  private func seed(_ run: MixedRun, _ rule: CircuitEvaluator.CotangentRule) {
    let work = run.work
    work.cotangents.update(repeating: 0, count: layout.samples * outputCount)
    work.bra.initializeMemory(as: UInt8.self, repeating: 0, count: layout.byteCount)
    let bra = ComponentAccess(base: work.bra, layout: layout)
    for lane in 0..<run.sampleCount {
      rule(run.firstSample + lane, work.values + lane * outputCount, work.cotangents + lane * outputCount)
      readout.seed(work.cotangents + lane * outputCount) { bra[readout.components[$0], lane] += $1 }
    }
  }

  /// From the overlaps of steps that all samples share to gradients.
  private func contract(_ sums: MixedSums, _ batch: CircuitEvaluator.Batch, _ shared: MixedSharedBinding) {
    for (index, step) in circuit.steps.enumerated() where step.source == .parameters {
      let overlaps = Array(sums.overlaps[overlapPlaces[index]..<overlapPlaces[index + 1]])
      step.forEachAngleGradient(overlaps, shared.binding.values, scratch: shared.binding.scratch) { angle, gradient in
        circuit.angles[angle].forEachSlope(parameters: batch.parameters, features: []) { symbol, slope in
          if case .parameter(let parameter) = symbol { sums.parameters[parameter] += gradient * slope }
        }
      }
    }
  }

  // MARK: - Chunks

  private func chunkCount(_ batch: CircuitEvaluator.Batch) -> Int { (batch.sampleCount + layout.samples - 1) / layout.samples }
  /// Groups of chunks with sums of their own; fixed, so that the order of addition is.
  private func groupCount(_ batch: CircuitEvaluator.Batch) -> Int { min(chunkCount(batch), 64) }

  /// Threads work on samples, or inside the states where there are few and large ones.
  private func forEachChunk(
    _ batch: CircuitEvaluator.Batch, _ shared: MixedSharedBinding, _ body: (_ run: MixedRun, _ group: Int) -> Void
  ) {
    let (chunks, groups) = (chunkCount(batch), groupCount(batch))
    let isInside = Self.isLarge(layout) || chunks == 1
    (isInside ? .serial : batch.loop).run(count: groups) { group in
      workspaces.with({ MixedWorkspace(circuit, outputCount: outputCount, overlapCount: overlapCount, meter: meter) }) { work in
        for chunk in group * chunks / groups..<(group + 1) * chunks / groups {
          let loop = isInside ? batch.loop : .serial
          body(MixedRun(evaluator: self, batch: batch, shared: shared, work: work, chunk: chunk, loop: loop), group)
        }
      }
    }
  }

  /// For each sample its prepared qubits; computed first, so that errors come before any work.
  private func prepared(_ batch: CircuitEvaluator.Batch) throws(CompilationError) -> [[InitialBlock]] {
    try checkChannels(batch)
    guard !circuit.preparations.isEmpty else { return [] }
    let place = AmplitudeLayout(qubitCount: circuit.qubitCount, precision: layout.precision)
    var result: [[InitialBlock]] = []
    for sample in 0..<batch.sampleCount {
      var blocks: [InitialBlock] = []
      for (preparation, targets) in circuit.preparations {
        let step = PreparationStep(preparation, targets: targets, layout: place)
        let amplitudes = try step.amplitudes(batch.parameters, batch.features.row(sample), sample: sample)
        blocks.append(InitialBlock(preparation: preparation, targets: targets, amplitudes: amplitudes))
      }
      result.append(blocks)
    }
    return result
  }

  /// Throws for strengths out of their range.
  private func checkChannels(_ batch: CircuitEvaluator.Batch) throws(CompilationError) {
    for (channel, angles) in circuit.channels {
      let isSample = angles.contains { circuit.angles[$0].source == .samples }
      for sample in 0..<(isSample ? batch.sampleCount : min(1, batch.sampleCount)) {
        let features = batch.features.row(sample)
        let values = angles.map { circuit.angles[$0].expression.value(parameters: batch.parameters, features: features) }
        if let error = channel.error(of: values) { throw .channel(error, row: sample) }
      }
    }
  }

  func checkFinite(
    _ results: [Double], _ batch: CircuitEvaluator.Batch, derivatives: AngleDerivatives
  ) throws(CompilationError) {
    if results.allSatisfy(\.isFinite) { return }
    try CompilationError.checkAngles(
      circuit.angles.lazy.map(\.expression), parameters: batch.parameters, features: batch.features, derivatives: derivatives)
  }
}
