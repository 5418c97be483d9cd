import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

extension CircuitRun {
  var settings: TrajectorySettings {
    TrajectorySettings(method: request.method == .trajectories ? .trajectories : .automatic, precision: precision, loop: loop)
  }

  /// A sequence for one sample, apart from those of all others.
  func source(ofSample row: Int, stream: UInt64) -> RandomSource {
    RandomSource(seed: request.seed, stream: 0x4849_4C42_5255_4E00 + stream, index: UInt64(row))
  }

  /// Draws shots for every sample.
  ///
  /// - Returns: how.
  func draw(shots: Int, into samples: inout [SampleResult]) throws -> String {
    let final = circuit.bitCount == 0 ? circuit.measured() : circuit
    guard final.bitCount <= 62 else {
      throw Failure(.badInput, "the circuit has \(final.bitCount) classical bits, and counts are kept of at most 62; declare fewer")
    }
    if let readout = noise?.readout { try checkReadout(readout, of: final) }
    if method == .densityMatrix, request.method == .densityMatrix { return try drawFromDensity(shots, final, into: &samples) }
    var method = ""
    for row in samples.indices {
      var source = source(ofSample: row, stream: 0)
      let result = try final.run(
        shots: shots, parameters: inputs.parameters(of: final),
        features: inputs.isBatch ? inputs.features(of: final).row(row) : [], using: &source, settings: settings)
      method = result.method.rawValue
      samples[row].counts = counts(confused(result.counts, final, row))
      if !result.snapshots.isEmpty {
        samples[row].snapshots = result.snapshots.mapValues { $0.map(SampleResult.Snapshot.init) }
      }
    }
    return method
  }

  /// Shots from the exact distribution of the measured qubits.
  private func drawFromDensity(_ shots: Int, _ final: Circuit, into samples: inout [SampleResult]) throws -> String {
    let places = Self.measuredBits(of: final)
    guard !places.isEmpty else { throw Failure(.badInput, "the circuit has classical bits but measures none; add a measurement") }
    let qubits = places.map(\.qubit)
    guard Set(qubits).count == qubits.count else {
      throw Failure(.badInput, "the circuit measures a qubit twice at its end; take --method trajectories")
    }
    let function = try CircuitFunction.probabilities(of: qubits, after: unmeasured, precision: precision, loop: loop)
    let values = try function.values(
      features: inputs.features(of: unmeasured), parameters: inputs.parameters(of: unmeasured))
    for row in samples.indices {
      var source = source(ofSample: row, stream: 0)
      var distribution = Discrete(values.row(row))
      var occurrences: [Int: Int] = [:]
      for _ in 0..<shots {
        let outcome = distribution.draw(&source)
        let bits = places.enumerated().reduce(0) { $0 | (outcome >> $1.offset & 1) << $1.element.bit }
        occurrences[bits, default: 0] += 1
      }
      samples[row].counts = counts(confused(OutcomeCounts(occurrences: occurrences, width: final.bitCount), final, row))
    }
    return ShotMethod.sampling.rawValue
  }

  private func counts(_ counts: OutcomeCounts) -> [String: Int] {
    Dictionary(uniqueKeysWithValues: counts.ranked.map { ($0.outcome.description, $0.count) })
  }

  // MARK: - Errors of readout

  /// The qubit and the bit of each measurement at the end.
  private static func measuredBits(of circuit: Circuit) -> [(qubit: Int, bit: Int)] {
    let all = circuit.instructions
    let kept = circuit.removingFinalMeasurements.instructions.count
    guard kept < all.count else { return [] }
    return all.filter { if case .measurement = $0.kind { true } else { false } }
      .flatMap { instruction in Array(zip(instruction.targets, instruction.writtenBits)).map { (qubit: $0, bit: $1) } }
  }

  private func checkReadout(_ readout: ReadoutError, of circuit: Circuit) throws(Failure) {
    guard method != .trajectories || request.method == .trajectories,
      circuit.removingFinalMeasurements.instructions.allSatisfy({
        if case .measurement = $0.kind { false } else { true }
      })
    else {
      throw Failure(
        .usage,
        "errors of readout are known for measurements at the end alone, and this circuit measures before it; remove 'readout' "
          + "from the noise model")
    }
    let measured = Set(Self.measuredBits(of: circuit).map(\.qubit))
    for block in readout.blocks {
      let named = block.qubits.filter(measured.contains)
      if !named.isEmpty, named.count < block.qubits.count {
        throw Failure(
          .badInput,
          "the noise model confuses qubits \(block.qubits) together, and the circuit measures only \(named); measure all of them")
      }
    }
  }

  /// The counts after the noise model's errors of readout, drawn shot by shot.
  private func confused(_ counts: OutcomeCounts, _ circuit: Circuit, _ row: Int) -> OutcomeCounts {
    guard let readout = noise?.readout else { return counts }
    let bits = Dictionary(Self.measuredBits(of: circuit).map { ($0.qubit, $0.bit) }, uniquingKeysWith: { _, last in last })
    var source = source(ofSample: row, stream: 2)
    var occurrences = counts.occurrences
    for block in readout.blocks where block.qubits.allSatisfy({ bits[$0] != nil }) {
      let places = block.qubits.map { bits[$0]! }
      let mask = places.reduce(0) { $0 | 1 << $1 }
      var columns = (0..<block.matrix.columns).map { Discrete(block.matrix.column($0)) }
      var next: [Int: Int] = [:]
      for (value, count) in occurrences.sorted(by: { $0.key < $1.key }) {
        let own = places.enumerated().reduce(0) { $0 | (value >> $1.element & 1) << $1.offset }
        for _ in 0..<count {
          let reported = columns[own].draw(&source)
          let shown = places.enumerated().reduce(0) { $0 | (reported >> $1.offset & 1) << $1.element }
          next[value & ~mask | shown, default: 0] += 1
        }
      }
      occurrences = next
    }
    return OutcomeCounts(occurrences: occurrences, width: counts.width)
  }
}

/// Draws from a list of probabilities by their cumulative sums.
private struct Discrete {
  private let cumulative: [Double]

  init(_ probabilities: [Double]) {
    var sum = 0.0
    cumulative = probabilities.map { probability in
      sum += max(0, probability)
      return sum
    }
  }

  mutating func draw(_ source: inout RandomSource) -> Int {
    let value = source.uniform() * cumulative[cumulative.count - 1]
    var (low, high) = (0, cumulative.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if cumulative[middle] > value { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
