import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness

extension CircuitRun {
  /// A sequence for one sample, apart from those of all others.
  func source(ofSample row: Int, stream: UInt64) -> RandomSource {
    RandomSource(seed: request.seed, stream: 0x4849_4C42_5255_4E00 + stream, index: UInt64(row))
  }

  /// Draws shots for every sample, errors of readout included.
  ///
  /// - Returns: the names of what the shots come from, and of how they were drawn.
  func draw(shots: Int, into samples: inout [SampleResult]) throws -> (method: String, how: String) {
    let final = circuit.bitCount == 0 ? circuit.measured() : circuit
    if let path = request.bits {
      try writeBits(shots, final, to: path)
      return (RunMethod.stabilizer.rawValue, RunMethod.stabilizer.rawValue)
    }
    guard countedBits.count <= 62 else {
      throw Failure(
        .badInput,
        "the circuit has \(countedBits.count) \(circuit.bitCount == 0 ? "qubits" : "classical bits"), and counts are kept of at most 62; "
          + "measure fewer into classical bits, or take --method stabilizer with --bits FILE")
    }
    if request.method == .stabilizer {
      try drawFromStabilizers(shots, final, into: &samples)
      return (RunMethod.stabilizer.rawValue, RunMethod.stabilizer.rawValue)
    }
    if method == .densityMatrix, !final.hasSnapshots {
      try drawFromDensity(shots, final, into: &samples)
      return (method.rawValue, ShotMethod.sampling.rawValue)
    }
    let settings = TrajectorySettings(
      method: request.method == .trajectories ? .trajectories : .automatic, readout: noise?.readout, precision: precision,
      loop: loop)
    var how = ShotMethod.automatic
    for row in samples.indices {
      var source = source(ofSample: row, stream: 0)
      var occurrences: [Int: Int] = [:]
      // Every part has its shots in memory; what snapshots record is a mean over all of them.
      let part = final.hasSnapshots ? shots : Self.shotsInMemory
      for first in stride(from: 0, to: shots, by: part) {
        let result = try final.run(
          shots: min(part, shots - first), parameters: inputs.parameters(of: final),
          features: inputs.isBatch ? inputs.features(of: final).row(row) : [], using: &source, settings: settings)
        how = result.method
        occurrences.merge(result.marginal(of: countedBits).occurrences) { $0 + $1 }
        if !result.snapshots.isEmpty {
          samples[row].snapshots = result.snapshots.mapValues { $0.map(SampleResult.Snapshot.init) }
        }
      }
      samples[row].counts = OutcomeCounts(occurrences: occurrences, width: countedBits.count).named
    }
    return ((how == .sampling ? SimulationMethod.stateVector : .trajectories).rawValue, how.rawValue)
  }

  /// The bits of the measured circuit that shots are counted by.
  var countedBits: [Int] { counted?.bits ?? Array(0..<circuit.qubitCount) }

  /// About 48 bytes each.
  private static let shotsInMemory = 1 << 22

  /// Shots from the exact distribution of the measured qubits.
  private func drawFromDensity(_ shots: Int, _ final: Circuit, into samples: inout [SampleResult]) throws {
    let places = final.instructions.flatMap { instruction -> [(qubit: Int, bit: Int)] in
      guard case .measurement(let bits) = instruction.kind else { return [] }
      return zip(instruction.targets, bits).map { (qubit: $0, bit: $1) }
    }
    guard !places.isEmpty else { throw Failure(.badInput, "the circuit has classical bits but measures none; add a measurement") }
    let values = try probabilities(of: places.map(\.qubit))
    let digits = Dictionary(uniqueKeysWithValues: countedBits.enumerated().map { ($1, $0) })
    for row in samples.indices {
      var source = source(ofSample: row, stream: 0)
      let drawn = OutcomeCounts(drawing: shots, from: values.row(row), using: &source)
      let occurrences = drawn.occurrences.map { outcome, count -> (Int, Int) in
        let counted = places.enumerated().reduce(0) { sum, place in
          digits[place.element.bit].map { sum | (outcome >> place.offset & 1) << $0 } ?? sum
        }
        return (counted, count)
      }
      samples[row].counts =
        OutcomeCounts(occurrences: Dictionary(occurrences, uniquingKeysWith: +), width: countedBits.count).named
    }
  }
}

extension OutcomeCounts {
  /// Occurrences by the digits of the outcomes.
  var named: [String: Int] { Dictionary(uniqueKeysWithValues: ranked.map { ($0.outcome.description, $0.count) }) }
}
