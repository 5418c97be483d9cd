import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

/// A device that is simulated: exact states, with the noise of a model.
public struct SimulatedDevice: Sendable {
  /// Its noise; nil for none.
  public let noise: NoiseModel?
  /// Threads; results do not depend on it.
  public let loop: ParallelLoop

  public init(noise: NoiseModel? = nil, loop: ParallelLoop = ParallelLoop()) {
    self.noise = noise
    self.loop = loop
  }

  /// From this number of qubits on shots are run one by one, as trajectories.
  private static let largestExact = 10

  /// Runs every circuit a number of times.
  ///
  /// Circuits of up to 10 qubits are run once, exactly, and their outcomes drawn; so many shots cost little more than few.
  ///
  /// - Parameter seed: circuit k draws from a sequence of its own, the same for any number of threads.
  /// - Throws: `CompilationError` and `CircuitError` for a model that does not fit.
  public func counts(of circuits: [PlannedCircuit], shots: Int, seed: UInt64) throws -> BenchmarkData {
    let results = try loop.results(count: circuits.count) { index in
      var source = RandomSource(seed: seed, stream: Self.stream, index: UInt64(index))
      return try counts(of: circuits[index].circuit, shots: shots, &source)
    }
    return BenchmarkData(Dictionary(uniqueKeysWithValues: zip(circuits.map(\.name), results)))
  }

  /// Apart from the numbers that circuits are drawn with.
  private static let stream: UInt64 = 0xF1DE

  private func counts(of circuit: Circuit, shots: Int, _ source: inout RandomSource) throws -> OutcomeCounts {
    let noisy = try noise?.applied(to: circuit)
    let complete = noisy?.circuit ?? circuit
    let bits = complete.instructions.last?.writtenBits ?? []
    let qubits = complete.instructions.last?.targets ?? []
    guard circuit.qubitCount <= Self.largestExact, bits == Array(0..<circuit.bitCount),
      complete.instructions.dropLast().allSatisfy({ $0.isUnitary || $0.isChannel })
    else {
      // Readout errors flip what a shot reports.
      let settings = TrajectorySettings(loop: .serial)
      let result = try complete.run(shots: shots, using: &source, settings: settings).counts
      guard let readout = noisy?.readout else { return result }
      return readout.sampled(result, of: qubits, using: &source)
    }
    let function = try CircuitFunction.probabilities(of: qubits, after: complete.removingFinalMeasurements, loop: .serial)
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
