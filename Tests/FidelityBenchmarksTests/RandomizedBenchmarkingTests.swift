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

  /// 95 % intervals hold the truth in 93 to 97 % of 1,000 repetitions; survival probabilities are those of depolarizing noise,
  /// exactly.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests), arguments: [1, 2])
  func intervalsCoverTheTruth(_ count: Int) throws {
    let (factor, dimension) = (0.985, Double(1 << count))
    let benchmark = try RandomizedBenchmarking(qubits: count, lengths: Self.lengths, circuitsPerLength: 10, shots: 200)
    let circuits = try DrawnCircuits(benchmark.circuits(seed: 1)) { .pow(factor, Double($0.name.split(separator: "-")[1])!) }
    let covered = try circuits.covered(by: benchmark, truth: (1 - factor) * (dimension - 1) / dimension)
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }

  /// Of the amplitude A, and of two qubits that are benchmarked at the same time: within the exact 99.9 % band of 200 with 0.95.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func amplitudesAndGroupsAreCovered() throws {
    let single = try RandomizedBenchmarking(qubits: 1, lengths: Self.lengths, circuitsPerLength: 10, shots: 200)
    let pair = try RandomizedBenchmarking(groups: [[0], [1]], lengths: Self.lengths, circuitsPerLength: 10, shots: 200)
    for (benchmark, place, truth) in [(single, 2, 0.5), (pair, 0, 0.0075), (pair, 1, 0.0075)] {
      let circuits = try DrawnCircuits(benchmark.circuits(seed: 1)) { .pow(0.985, Double($0.name.split(separator: "-")[1])!) }
      let covered = try circuits.covered(by: benchmark, repetitions: 200, place: place, truth: truth)
      #expect((179...198).contains(covered), "\(benchmark.name), estimate \(place): \(covered) of 200")
    }
  }

  /// With depolarizing noise of the same strength behind every gate the error of a gate is that of the noise, and A is 1/2 without
  /// errors of readout.
  @Test func gatesAndAmplitudesAreThoseOfTheModel() throws {
    let p = 0.004
    let noise = NoiseModel(rules: [NoiseRule("error", on: .oneQubit, .depolarizing(errorProbability: Angle(p)))])
    let report = try RandomizedBenchmarking(qubits: 1, lengths: Self.lengths, circuitsPerLength: 40, shots: 1000).run(
      on: SimulatedDevice(noise: noise), seed: 5)
    let gate = try #require(report["error per gate"])
    #expect(abs(gate.value - 2 * p / 3) < 0.8 * (gate.high - gate.low), "\(gate)")
    // Counted in all 24 elements.
    var source = RandomSource(seed: 1)
    var counts: [Clifford: Int] = [:]
    while counts.count < 24 {
      let element = Clifford.random(qubits: 1, using: &source)
      counts[element] = element.gates().count
    }
    let mean = Double(counts.values.reduce(0, +)) / 24
    #expect(abs(try #require(report["gates per Clifford"]).value - mean) < 0.05, "\(mean)")
    #expect(abs(try #require(report["A"]).value - 0.5) < 0.01)
    let pairs = NoiseModel(rules: [
      NoiseRule("error", gates: [.cx], effect: .channel(.depolarizing(errorProbability: 0.01, qubitCount: 2)))
    ])
    let two = try RandomizedBenchmarking(qubits: 2, lengths: [1, 4, 16, 32], circuitsPerLength: 30, shots: 500).run(
      on: SimulatedDevice(noise: pairs), seed: 5)
    let cx = try #require(two["error per CX"])
    #expect(abs(cx.value - 0.8 * 0.01) < 0.8 * (cx.high - cx.low) + 0.0002, "\(cx)")
  }

  /// The same of the error of an interleaved gate.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func interleavedIntervalsCoverTheTruth() throws {
    let (reference, gate) = (0.985, 0.99)
    let benchmark = try RandomizedBenchmarking(qubits: 1, lengths: Self.lengths, circuitsPerLength: 10, shots: 200, interleaved: .h)
    let circuits = try DrawnCircuits(benchmark.circuits(seed: 1)) { circuit in
      let parts = circuit.name.split(separator: "-")
      return .pow(parts[0] == "gate" ? reference * gate : reference, Double(parts[1])!)
    }
    let covered = try circuits.covered(by: benchmark, truth: (1 - gate) / 2)
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }
}
