import FidelityBenchmarks
import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers
import TestSupport
import Testing

@Suite struct RandomizedBenchmarkingTests {
  static let lengths = [1, 4, 8, 16, 32, 64]

  /// Without noise every sequence gives its target.
  @Test(arguments: 1...3)
  func sequencesDoNothing(_ count: Int) throws {
    let benchmark = try RandomizedBenchmarking(qubits: count, lengths: [1, 2, 5], circuitsPerLength: 4, shots: 50)
    let report = try benchmark.run(on: SimulatedDevice(), seed: 3)
    let estimate = try #require(report.estimates.first)
    #expect(abs(estimate.value) < 1e-6)
    #expect(report.curves[0].y.allSatisfy { $0 == 1 })
  }

  /// Depolarizing noise after each gate commutes with all else: the decay of a Clifford element is the mean of its gates' factors.
  @Test func depolarizingNoiseGivesItsFactor() throws {
    let p = 0.01
    let noise = NoiseModel(rules: [NoiseRule("error", on: .oneQubit, .depolarizing(errorProbability: Angle(p)))])
    let benchmark = try RandomizedBenchmarking(qubits: 1, lengths: Self.lengths, circuitsPerLength: 40, shots: 400)
    // All 24 elements have the same probability.
    var source = RandomSource(seed: 1)
    var counts: [Clifford: Int] = [:]
    while counts.count < 24 {
      let element = Clifford.random(qubits: 1, using: &source)
      counts[element] = element.gates().count
    }
    let factor = counts.values.reduce(0) { $0 + Double.pow(1 - 4 * p / 3, $1) } / 24
    let estimate = try #require(try benchmark.run(on: SimulatedDevice(noise: noise), seed: 5).estimates.first)
    #expect(estimate.low < (1 - factor) / 2 && (1 - factor) / 2 < estimate.high, "\(estimate) and \((1 - factor) / 2)")
    #expect(estimate.high - estimate.low < 0.3 * estimate.value)
    #expect(estimate.quality == .good)
  }

  /// 95 % intervals hold the truth in 93 to 97 % of 1,000 repetitions; survival probabilities are those of depolarizing noise, exactly.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests), arguments: [1, 2])
  func intervalsCoverTheTruth(_ count: Int) throws {
    let (factor, dimension) = (0.985, Double(1 << count))
    let benchmark = try RandomizedBenchmarking(qubits: count, lengths: Self.lengths, circuitsPerLength: 10, shots: 200)
    // Which outcome is right follows from the sequence without noise.
    let circuits = benchmark.circuits(seed: 1)
    let ideal = try SimulatedDevice().counts(of: circuits, shots: 1, seed: 1)
    let truth = (1 - factor) * (dimension - 1) / dimension
    var covered = 0
    for repetition in 1...1000 {
      var source = RandomSource(seed: UInt64(repetition), stream: 9)
      let counts = circuits.map { circuit in
        let (target, length) = (ideal.counts[circuit.name]!.ranked[0].outcome.value, Int(circuit.name.split(separator: "-")[1])!)
        let survival = (1 - 1 / dimension) * Double.pow(factor, length) + 1 / dimension
        let right = (0..<200).count { _ in source.uniform() < survival }
        return (circuit.name, OutcomeCounts(occurrences: [target: right, target ^ 1: 200 - right], width: count))
      }
      let report = try benchmark.analyze(BenchmarkData(Dictionary(uniqueKeysWithValues: counts)), seed: 1)
      if report.estimates[0].low <= truth, truth <= report.estimates[0].high { covered += 1 }
    }
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }

  /// The same of the error of an interleaved gate.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func interleavedIntervalsCoverTheTruth() throws {
    let (reference, gate) = (0.985, 0.99)
    let benchmark = try RandomizedBenchmarking(qubits: 1, lengths: Self.lengths, circuitsPerLength: 10, shots: 200, interleaved: .h)
    let circuits = benchmark.circuits(seed: 1)
    let ideal = try SimulatedDevice().counts(of: circuits, shots: 1, seed: 1)
    let covered = try (1...1000 as ClosedRange<UInt64>).count { repetition in
      var source = RandomSource(seed: repetition, stream: 9)
      let counts = circuits.map { circuit in
        let parts = circuit.name.split(separator: "-")
        let target = ideal.counts[circuit.name]!.ranked[0].outcome.value
        let survival = 0.5 + 0.5 * Double.pow(parts[0] == "gate" ? reference * gate : reference, Int(parts[1])!)
        let right = source.binomial(trials: 200, probability: survival)
        return (circuit.name, OutcomeCounts(occurrences: [target: right, target ^ 1: 200 - right], width: 1))
      }
      let estimate = try benchmark.analyze(BenchmarkData(Dictionary(uniqueKeysWithValues: counts)), seed: 1).estimates[0]
      return estimate.low <= (1 - gate) / 2 && (1 - gate) / 2 <= estimate.high
    }
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }
}
