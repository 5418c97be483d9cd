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
  /// Circuits of up to 10 qubits are run once, exactly, and their outcomes drawn; so many shots cost little more than few. Clifford circuits
  /// with Pauli noise alone are run by Pauli frames from 6 qubits on, all others of more than 10 qubits as trajectories.
  ///
  /// - Parameters:
  ///   - seed: of the circuits, and of their outcomes: circuit k draws from a sequence of its own, the same for any number of threads.
  ///   - progress: is told now and then how many circuits have been run.
  /// - Throws: `CompilationError` for a model that does not fit.
  public func counts(
    of benchmark: some FidelityProtocol, seed: UInt64, progress: (Int) -> Void = { _ in }
  ) throws -> BenchmarkData {
    let names = benchmark.circuitNames
    return try counts(of: names, shots: benchmark.shots, seed: seed, progress: progress) { benchmark.circuit($0, seed: seed) }
  }

  /// Runs every circuit a number of times.
  public func counts(of circuits: [PlannedCircuit], shots: Int, seed: UInt64) throws -> BenchmarkData {
    try counts(of: circuits.map(\.name), shots: shots, seed: seed, progress: { _ in }) { circuits[$0].circuit }
  }

  /// Circuits are made when their turn comes, so that not all of them need memory at once.
  private func counts(
    of names: [String], shots: Int, seed: UInt64, progress: (Int) -> Void, circuit: (Int) -> Circuit
  ) throws -> BenchmarkData {
    var results: [OutcomeCounts] = []
    let portion = max(2 * loop.threads, names.count / 50)
    while results.count < names.count {
      let first = results.count
      results += try loop.results(count: min(portion, names.count - first)) { place in
        let index = first + place
        var source = RandomSource(seed: seed, stream: Self.stream, index: UInt64(index))
        return try counts(of: circuit(index), shots: shots, &source)
      }
      progress(results.count)
    }
    return BenchmarkData(Dictionary(uniqueKeysWithValues: zip(names, results)))
  }

  /// Apart from the numbers that circuits are drawn with.
  private static let stream: UInt64 = 0xF1DE

  private func counts(of circuit: Circuit, shots: Int, _ source: inout RandomSource) throws -> OutcomeCounts {
    let noisy: NoiseModel.NoisyCircuit?
    do {
      noisy = try noise?.restricted(toQubits: circuit.qubitCount, measured: circuit.instructions.last?.targets ?? []).applied(
        to: circuit)
    } catch {
      throw CompilationError.circuit(error)
    }
    let complete = noisy?.circuit ?? circuit
    let bits = complete.instructions.last?.writtenBits ?? []
    let qubits = complete.instructions.last?.targets ?? []
    if circuit.qubitCount >= Self.leastForFrames, circuit.bitCount <= 62, let program = try? complete.stabilizerProgram() {
      let result = program.counts(shots: shots, seed: source.next(), loop: .serial)
      guard let readout = noisy?.readout else { return result }
      return readout.sampled(result, of: qubits, using: &source)
    }
    guard circuit.qubitCount <= Self.largestExact, bits == Array(0..<circuit.bitCount),
      complete.instructions.dropLast().allSatisfy({ $0.isUnitary || $0.isChannel })
    else {
      // Readout errors flip what a shot reports.
      let settings = TrajectorySettings(precision: precision, loop: .serial)
      let result = try complete.run(shots: shots, using: &source, settings: settings).counts
      guard let readout = noisy?.readout else { return result }
      return readout.sampled(result, of: qubits, using: &source)
    }
    let function = try CircuitFunction.probabilities(
      of: qubits, after: complete.removingFinalMeasurements, precision: precision, loop: .serial)
    var probabilities = try function.values().row(0)
    if let readout = noisy?.readout { probabilities = readout.applied(to: probabilities, of: qubits) }
    return OutcomeCounts(Self.draw(shots, probabilities, &source), width: qubits.count)
  }

  /// Outcomes drawn by their cumulative sums.
  private static func draw(_ shots: Int, _ probabilities: [Double], _ source: inout RandomSource) -> [Int] {
    var sums = probabilities.map { max(0, $0) }
    for index in sums.indices.dropFirst() { sums[index] += sums[index - 1] }
    return (0..<shots).map { _ in
      let point = source.uniform() * sums[sums.count - 1]
      var (low, high) = (0, sums.count - 1)
      while low < high {
        let middle = (low + high) / 2
        if point < sums[middle] { high = middle } else { low = middle + 1 }
      }
      return low
    }
  }
}

extension ReadoutError {
  /// Counts as they are reported: every shot's values confused with the probabilities of the error.
  func sampled(_ counts: OutcomeCounts, of qubits: [Int], using source: inout RandomSource) -> OutcomeCounts {
    var reported: [Int: Int] = [:]
    for (outcome, count) in counts.occurrences.sorted(by: { $0.key < $1.key }) {
      for _ in 0..<count {
        var value = outcome
        for block in blocks {
          let places = block.qubits.compactMap { qubits.firstIndex(of: $0) }
          guard places.count == block.qubits.count else { continue }
          let own = places.enumerated().reduce(0) { $0 | (outcome >> $1.element & 1) << $1.offset }
          var (point, row) = (source.uniform(), 0)
          while row < block.matrix.rows - 1, point >= block.matrix[row, own] {
            point -= block.matrix[row, own]
            row += 1
          }
          for (place, bit) in places.enumerated() { value = value & ~(1 << bit) | (row >> place & 1) << bit }
        }
        reported[value, default: 0] += 1
      }
    }
    return OutcomeCounts(occurrences: reported, width: counts.width)
  }
}
