import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// A device that is simulated: exact states, with the noise of a model.
public struct SimulatedDevice: Sendable {
  /// Its noise; nil for none.
  public let noise: NoiseModel?
  /// The number type of states.
  public let precision: Precision
  /// Threads; results do not depend on it.
  public let loop: ParallelLoop

  public init(noise: NoiseModel? = nil, precision: Precision = .double, loop: ParallelLoop = ParallelLoop()) {
    self.noise = noise
    self.precision = precision
    self.loop = loop
  }

  /// Beyond this number of qubits shots are run one by one, as trajectories, or by Pauli frames.
  private static let largestExact = 10
  /// From this number of qubits on Clifford circuits with Pauli noise are run by Pauli frames.
  private static let leastForFrames = 6

  /// Runs every circuit of a benchmark.
  ///
  /// Circuits of up to 10 qubits are run once, exactly, and their outcomes drawn; so many shots cost little more than few. Clifford
  /// circuits with Pauli noise alone are run by Pauli frames from 6 qubits on, all others of more than 10 qubits as trajectories.
  ///
  /// - Parameters:
  ///   - seed: of the circuits, and of their outcomes: circuit k draws from a sequence of its own, the same for any number of
  ///     threads.
  ///   - progress: is told now and then how many circuits have been run; what it throws ends the run.
  /// - Throws: `CompilationError` for a model that does not fit.
  public func counts(
    of benchmark: some FidelityProtocol, seed: UInt64, progress: (Int) throws -> Void = { _ in }
  ) throws -> BenchmarkData {
    try run(benchmark, seed: seed, progress: progress).data
  }

  /// Runs every circuit of a benchmark, and says which rules of the noise model did nothing in any of them: probably a mistake.
  public func run(
    _ benchmark: some FidelityProtocol, seed: UInt64, progress: (Int) throws -> Void = { _ in }
  ) throws -> (data: BenchmarkData, warnings: [String]) {
    let names = benchmark.circuitNames
    return try run(names, shots: benchmark.shots, seed: seed, progress: progress) { benchmark.circuit($0, seed: seed) }
  }

  /// Runs every circuit a number of times.
  public func counts(of circuits: [PlannedCircuit], shots: Int, seed: UInt64) throws -> BenchmarkData {
    try run(circuits.map(\.name), shots: shots, seed: seed, progress: { _ in }) { circuits[$0].circuit }.data
  }

  /// Circuits are made when their turn comes, so that not all of them need memory at once.
  private func run(
    _ names: [String], shots: Int, seed: UInt64, progress: (Int) throws -> Void, circuit: (Int) -> Circuit
  ) throws -> (data: BenchmarkData, warnings: [String]) {
    var results: [OutcomeCounts] = []
    var warnings: [String]?
    let portion = max(2 * loop.threads, names.count / 50)
    while results.count < names.count {
      let first = results.count
      let batch = try loop.results(count: min(portion, names.count - first)) { place in
        let index = first + place
        var source = RandomSource(seed: seed, stream: Self.stream, index: UInt64(index))
        return try counts(of: circuit(index), shots: shots, &source)
      }
      for (counts, own) in batch {
        results.append(counts)
        warnings = warnings.map { $0.filter(own.contains) } ?? own
      }
      try progress(results.count)
    }
    return (BenchmarkData(Dictionary(uniqueKeysWithValues: zip(names, results))), warnings ?? [])
  }

  /// Apart from the numbers that circuits are drawn with.
  private static let stream: UInt64 = 0xF1DE

  private func counts(
    of circuit: Circuit, shots: Int, _ source: inout RandomSource
  ) throws -> (counts: OutcomeCounts, warnings: [String]) {
    let noisy: NoiseModel.NoisyCircuit?
    do {
      noisy = try noise?.restricted(toQubits: circuit.qubitCount, measured: circuit.instructions.last?.targets ?? []).applied(
        to: circuit)
    } catch {
      throw CompilationError.circuit(error)
    }
    let (complete, readout) = (noisy?.circuit ?? circuit, noisy?.readout)
    let warnings = noisy?.report.warnings ?? []
    if circuit.qubitCount >= Self.leastForFrames, circuit.bitCount <= 62,
      let program = try? complete.stabilizerProgram(readout: readout)
    {
      return (program.counts(shots: shots, seed: source.next(), loop: .serial), warnings)
    }
    let (bits, qubits) = (complete.instructions.last?.writtenBits ?? [], complete.instructions.last?.targets ?? [])
    guard circuit.qubitCount <= Self.largestExact, bits == Array(0..<circuit.bitCount),
      complete.instructions.dropLast().allSatisfy({ $0.isUnitary || $0.isChannel })
    else {
      let settings = TrajectorySettings(readout: readout, precision: precision, loop: .serial)
      return (try complete.run(shots: shots, using: &source, settings: settings).counts, warnings)
    }
    let function = try CircuitFunction.probabilities(
      of: qubits, after: complete.removingFinalMeasurements, precision: precision, loop: .serial)
    var probabilities = try function.values().row(0)
    if let readout { probabilities = readout.applied(to: probabilities, of: qubits) }
    return (OutcomeCounts(drawing: shots, from: probabilities, using: &source), warnings)
  }
}
