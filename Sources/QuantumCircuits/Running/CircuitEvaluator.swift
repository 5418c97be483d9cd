import Execution
import LinearAlgebra
import QuantumStates
import Synchronization

/// A compiled circuit with its readout: values and adjoint gradients for whole batches, chunk by chunk.
///
/// A chunk stays in the cache for the whole circuit, forward and backward. Chunks are dealt to threads in a fixed number of
/// groups whose sums are added in order, so that results are the same bits for any number of threads.
final class CircuitEvaluator: Sendable {
  let circuit: CompiledCircuit
  let readout: any Readout
  let kernels: Kernels
  let level: SIMDLevel
  let plan: MemoryPlan
  /// Whether a step's numbers depend on parameters, by step.
  let readsParameters: [Bool]
  private let idle = Mutex<[Workspace]>([])
  private let idleBindings = Mutex<[SharedBinding]>([])
  private let keptMemory = KeptMemory()

  init(_ circuit: CompiledCircuit, readout: any Readout, level: SIMDLevel) {
    self.circuit = circuit
    self.readout = readout
    self.level = level
    kernels = level.kernels(circuit.layout.precision)
    plan = MemoryPlan(circuit)
    readsParameters = circuit.steps.map { step in step.symbols(circuit).contains { if case .parameter = $0 { true } else { false } }
    }
  }

  var layout: AmplitudeLayout { circuit.layout }
  var outputCount: Int { readout.outputCount }

  /// Inputs of one evaluation, checked.
  struct Batch {
    let parameters: [Double]
    let features: RealMatrix
    /// Added to the value of an angle: (angle, offset). Parameter-shift rules shift one occurrence of a parameter.
    var offset: (angle: Int, value: Double)?
    let loop: ParallelLoop

    var sampleCount: Int { features.rows }
  }

  /// Gradients summed over a batch, and by sample for features.
  struct Gradients {
    var parameters: [Double]
    var features: [Double]
  }

  func batch(parameters: [Double], features: RealMatrix, loop: ParallelLoop) throws(CompilationError) -> Batch {
    try CompilationError.check(
      parameters: parameters, features: features, parameterCount: circuit.parameterCount, featureCount: circuit.featureCount)
    return Batch(parameters: parameters, features: features, loop: loop)
  }

  func chunkCount(samples: Int) -> Int { (samples + layout.samples - 1) / layout.samples }
  private func chunkCount(_ batch: Batch) -> Int { chunkCount(samples: batch.sampleCount) }

  /// Threads work on chunks, or inside the states where there are few and large ones; never chosen by the thread count.
  private func loops(_ batch: Batch, sweeps: Int) -> (outer: ParallelLoop, inner: ParallelLoop) {
    guard layout.byteCount < Self.largeChunk, chunkCount(batch) > 1 else { return (.serial, batch.loop) }
    let work = sweeps * circuit.steps.count * chunkCount(batch) << (layout.qubitCount + layout.sampleBits)
    return (work < Self.leastSharedWork ? .serial : batch.loop, .serial)
  }

  /// Amplitudes times steps that repay sharing, some forty microseconds: the other processor has the numbers in its cache first.
  private static let leastSharedWork = 1 << 16

  /// Bytes from which on a chunk has all threads inside it.
  static let largeChunk = 1 << 20

  /// States of that many qubits that are in memory at once, the samples of a chunk each counted.
  static func statesAtOnce(qubitCount: Int, precision: Precision, loop: ParallelLoop, isForward: Bool = false) -> Int {
    let samples = 1 << CompiledCircuit.sampleBits(qubitCount: qubitCount, precision: precision, isForward: isForward)
    let isLarge = qubitCount >= 20 || samples * precision.bytesPerAmplitude << qubitCount >= largeChunk
    return samples * (isLarge ? 1 : loop.threads)
  }

  // MARK: - Forward

  /// Outputs of every sample, samples x outputs; with `keeping`, also the final kets.
  func values(_ batch: Batch, keeping kept: KeptStates? = nil) throws(CompilationError) -> [Double] {
    var values = [Double](repeating: 0, count: batch.sampleCount * outputCount)
    try values.withUnsafeMutableBufferPointer { values throws(CompilationError) in
      let destination = UncheckedPointer(values.baseAddress!)
      try forEachFinalChunk(batch, keeping: kept) { run in
        run.measure()
        (destination.pointer + run.firstSample * outputCount).update(from: run.work.values, count: run.sampleCount * outputCount)
        if let kept { (kept.base + run.chunk * layout.byteCount).copyMemory(from: run.work.ket, byteCount: layout.byteCount) }
      }
    }
    try checkFinite(values, batch, derivatives: .none)
    return values
  }

  /// Runs the circuit for a batch of one sample in memory that holds one state of the layout.
  func run(_ batch: Batch, on state: UnsafeMutableRawPointer) throws(CompilationError) {
    let preparations = try preparedAmplitudes(batch)
    let shared = takeBinding(batch)
    defer { giveBack(shared) }
    var hasFiniteAngles = true
    withWorkspace { work in
      work.lend(state) {
        let run = ChunkRun(
          evaluator: self, batch: batch, shared: shared, work: work, preparations: preparations, chunk: 0, loop: batch.loop)
        run.bind()
        hasFiniteAngles = shared.tables.isFinite && work.tables.isFinite
        if hasFiniteAngles { run.forwardBound() }
      }
    }
    if hasFiniteAngles { return }
    try CompilationError.checkAngles(
      circuit.angles.lazy.map(\.expression), parameters: batch.parameters, features: batch.features, derivatives: .none)
  }

  /// Runs the circuit for every sample; `body` reads the final kets of a chunk on the thread that made them.
  func forEachFinalChunk(
    _ batch: Batch, keeping kept: KeptStates? = nil, _ body: (ChunkRun) -> Void
  ) throws(CompilationError) {
    let preparations = try preparedAmplitudes(batch)
    let shared = takeBinding(batch)
    defer { giveBack(shared, kept) }
    let chunks = chunkCount(batch)
    let (outer, inner) = loops(batch, sweeps: 1)
    outer.run(count: min(chunks, Self.groupLimit)) { group in
      withWorkspace { work in
        for chunk in groupRange(group, chunks) {
          let run = ChunkRun(
            evaluator: self, batch: batch, shared: shared, work: work, preparations: preparations, chunk: chunk, loop: inner)
          run.forward()
          body(run)
        }
      }
    }
  }

  /// Memory for the final kets of a batch.
  func makeKeptStates(_ batch: Batch) -> KeptStates {
    KeptStates(bytes: chunkCount(batch) * layout.byteCount, memory: keptMemory, evaluator: self)
  }

  /// Bytes of the final kets that an evaluation keeps for its gradient; 0 where they are too many to be kept.
  func keptBytes(samples: Int) -> Int {
    let bytes = chunkCount(samples: samples) * layout.byteCount
    return bytes <= Self.keptLimit ? bytes : 0
  }

  private static let keptLimit = 256 << 20

  // MARK: - Backward

  /// Writes the cotangents of one sample, given its index and outputs; chunks ask for them on their own threads.
  typealias CotangentRule =
    @Sendable (
      _ sample: Int, _ values: UnsafePointer<Double>, _ cotangents: UnsafeMutablePointer<Double>
    ) -> Void

  /// Where results are written: values samples x outputs, gradients by parameter and samples x features.
  struct Results {
    let values: UnsafeMutableBufferPointer<Double>
    let parameters: UnsafeMutableBufferPointer<Double>
    /// Empty where those gradients are not asked for.
    let features: UnsafeMutableBufferPointer<Double>
  }

  /// The gradient of sum over samples and outputs of cotangent * output, by the adjoint method, in memory of its own.
  ///
  /// - Parameter ofFeatures: false leaves the gradients of the features out, and the way back ends at the first parameter.
  func gradients(
    _ batch: Batch, kept: KeptStates? = nil, ofFeatures: Bool = true, cotangents rule: CotangentRule
  ) throws(CompilationError) -> (values: [Double], gradients: Gradients) {
    var values = [Double](repeating: 0, count: batch.sampleCount * outputCount)
    var result = Gradients(
      parameters: Array(repeating: 0, count: circuit.parameterCount),
      features: Array(repeating: 0, count: ofFeatures ? batch.sampleCount * circuit.featureCount : 0))
    try values.withUnsafeMutableBufferPointer { values throws(CompilationError) in
      try result.parameters.withUnsafeMutableBufferPointer { parameters throws(CompilationError) in
        try result.features.withUnsafeMutableBufferPointer { features throws(CompilationError) in
          let results = Results(values: values, parameters: parameters, features: features)
          try gradients(batch, kept: kept, ofFeatures: ofFeatures, into: results, cotangents: rule)
        }
      }
    }
    return (values, result)
  }

  /// The same into memory that is there; it allocates nothing after the first call.
  ///
  /// One ket and one bra per chunk; cost about three forward passes for any number of outputs and parameters.
  ///
  /// - Parameter kept: final kets of the same batch, whose outputs are known: then none are measured, returned or given to the
  ///   rule.
  func gradients(
    _ batch: Batch, kept: KeptStates? = nil, ofFeatures: Bool = true, into results: Results, cotangents rule: CotangentRule
  ) throws(CompilationError) {
    if let first = results.features.baseAddress { first.update(repeating: 0, count: results.features.count) }
    let preparations = try preparedAmplitudes(batch)
    let shared = kept?.takeBinding() ?? takeBinding(batch)
    defer { giveBack(shared, kept) }
    let chunks = chunkCount(batch)
    let groups = min(chunks, Self.groupLimit)
    let (outer, inner) = loops(batch, sweeps: 3)
    shared.clearSums(groups, circuit)
    let valueRows = results.values.baseAddress.map { UncheckedPointer($0) }
    let featureRows = ofFeatures ? results.features.baseAddress.map { UncheckedPointer($0) } : nil
    outer.run(count: groups) { group in
      withWorkspace { work in
        let sums = shared.sums[group]
        work.paulis.update(repeating: 0, count: work.pauliCount)
        defer { sums.addPaulis(work.paulis, pieces: circuit.stretchPieces) }
        for chunk in groupRange(group, chunks) {
          let run = ChunkRun(
            evaluator: self, batch: batch, shared: shared, work: work, preparations: preparations, chunk: chunk, loop: inner)
          if let kept {
            run.bind()
            work.ket.copyMemory(from: kept.base + chunk * layout.byteCount, byteCount: layout.byteCount)
          } else {
            run.forward()
            run.measure()
            if let valueRows {
              (valueRows.pointer + run.firstSample * outputCount).update(from: work.values, count: run.sampleCount * outputCount)
            }
          }
          run.seed(rule)
          run.backward(sums, featureGradients: featureRows.map { $0.pointer + run.firstSample * circuit.featureCount })
        }
      }
    }
    for group in 1..<max(1, groups) { shared.sums[0].add(shared.sums[group]) }
    if groups > 0 { shared.contract(shared.sums[0], self, batch) }
    for index in results.parameters.indices { results.parameters[index] = groups > 0 ? shared.sums[0].parameters[index] : 0 }
    try checkFinite(UnsafeBufferPointer(results.values), batch, derivatives: .none)
    try checkFinite(UnsafeBufferPointer(results.parameters), batch, derivatives: ofFeatures ? .byAll : .byParameters)
    try checkFinite(UnsafeBufferPointer(results.features), batch, derivatives: .byAll)
  }

  // MARK: - Chunks

  /// Groups of chunks with sums of their own; fixed, so that the order of addition is.
  private static let groupLimit = 64

  private func groupRange(_ group: Int, _ chunks: Int) -> Range<Int> {
    let groups = min(chunks, Self.groupLimit)
    return group * chunks / groups..<(group + 1) * chunks / groups
  }

  private func withWorkspace(_ body: (Workspace) -> Void) {
    let work = idle.withLock { $0.popLast() } ?? Workspace(circuit: circuit, plan: plan, readout: readout)
    body(work)
    idle.withLock { $0.append(work) }
  }

  private func takeBinding(_ batch: Batch) -> SharedBinding {
    let binding = idleBindings.withLock { $0.popLast() } ?? SharedBinding(self)
    binding.bind(self, batch)
    return binding
  }

  /// Kept states keep a binding of their batch, so that their gradient need not bind again.
  func giveBack(_ binding: SharedBinding, _ kept: KeptStates? = nil) {
    if let replaced = kept == nil ? binding : kept?.keep(binding) { idleBindings.withLock { $0.append(replaced) } }
  }

  /// For each preparation step, the amplitudes of every sample: computed first, so that errors come before any work.
  private func preparedAmplitudes(_ batch: Batch) throws(CompilationError) -> [Int: [[Complex<Double>]]] {
    var result: [Int: [[Complex<Double>]]] = [:]
    for (index, step) in circuit.steps.enumerated() {
      guard case .preparation(let prepare) = step.form else { continue }
      var rows: [[Complex<Double>]] = []
      for sample in 0..<batch.sampleCount {
        rows.append(try prepare.amplitudes(batch.parameters, batch.features.row(sample), sample: sample))
      }
      result[index] = rows
    }
    return result
  }
}
