import FidelityBenchmarks
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Intervals of few shots, of few circuits and of perfect devices: never of no width, never no number, never cause for a crash.
@Suite struct IntervalTests {
  /// A device without errors that was run 100 times may err once in 100 shots all the same.
  @Test(
    arguments: [
      try! GHZFidelity(qubits: 3, shots: 100), try! WFidelity(qubits: 2, shots: 100), try! BellTest(shots: 100),
      try! ReadoutCharacterization(qubits: 1, shots: 100),
      try! DirectFidelity(of: Circuit(qubits: 1) { H(0) }, words: 5, shots: 20),
      try! ProcessTomography(of: Circuit(qubits: 1) { H(0) }, shots: 100), try! MirrorVolume(width: 2, circuits: 10, shots: 10),
      try! StateTomography(
        of: Circuit(qubits: 2) {
          H(0); CX(0, 1)
        }, shots: 100), try! DetectorTomography(qubits: 1, shots: 100),
      try! PurityTest(
        of: Circuit(qubits: 2) {
          H(0); CX(0, 1)
        }, shots: 100),
    ] as [any FidelityProtocol]) func perfectDevicesAreNotCertain(_ benchmark: any FidelityProtocol) throws
  {
    let estimate = try benchmark.run(on: SimulatedDevice(), seed: 2).estimates[0]
    #expect(estimate.high - estimate.low > 0.005 && estimate.low < estimate.value, "\(estimate)")
  }

  /// The word takes the interval into account: a fidelity from 12 shots is not a good one.
  @Test func wideIntervalsAreNotGood() throws {
    for (shots, quality) in [(12, BenchmarkEstimate.Quality.poor), (2000, .good)] {
      let estimate = try GHZFidelity(qubits: 2, shots: shots).run(on: CharacterizationTests.device, seed: 2).estimates[0]
      #expect(estimate.quality == quality && estimate.reason.hasPrefix("the interval is wide: take more") == (quality == .poor))
    }
  }

  /// Decays of circuits that all agree, too.
  @Test func decaysWithoutErrorsAreNotCertain() throws {
    let benchmark = try RandomizedBenchmarking(qubits: 1, lengths: [1, 10, 100], circuitsPerLength: 5, shots: 20)
    let estimate = try benchmark.run(on: SimulatedDevice(), seed: 2).estimates[0]
    #expect(estimate.quality == .poor && estimate.high - estimate.low > 1e-5, "\(estimate)")
  }

  /// One circuit of each depth under so much noise that polarizations fall below 0.
  @Test(arguments: 1...6 as ClosedRange<UInt64>) func oneCircuitGivesNumbers(_ seed: UInt64) throws {
    let noise = NoiseModel(rules: [NoiseRule("all", on: .oneQubit, .depolarizing(errorProbability: 0.3))])
    let mirror = try MirrorBenchmarking(qubits: 2, depths: [2, 8, 32], circuitsPerDepth: 1, shots: 50)
    let unitarity = try UnitarityBenchmarking(qubits: 1, lengths: [1, 8, 32], circuitsPerLength: 1, shots: 50)
    for benchmark in [mirror, unitarity] as [any FidelityProtocol] {
      for estimate in try benchmark.run(on: SimulatedDevice(noise: noise), seed: seed).estimates {
        #expect(estimate.low.isFinite && estimate.high.isFinite && estimate.low < estimate.high, "\(estimate)")
      }
    }
  }

  /// A single shot of each circuit is counted, or refused with what to do.
  @Test func singleShotsAreNoCrash() throws {
    #expect(try GHZFidelity(qubits: 2, shots: 1).run(on: SimulatedDevice(), seed: 1).estimates[0].low < 0.7)
    let tomography = try StateTomography(of: Circuit(qubits: 1) { H(0) }, shots: 100)
    let single = BenchmarkData(Dictionary(uniqueKeysWithValues: tomography.circuitNames.map { ($0, OutcomeCounts([0], width: 1)) }))
    #expect(throws: BenchmarkError.unreadable("Tomography needs the scatter of shots: run every setting at least twice.")) {
      try tomography.analyze(single, seed: 1)
    }
    let bell = try BellTest(shots: 10)
    let counts = Dictionary(uniqueKeysWithValues: bell.circuitNames.map { ($0, OutcomeCounts([0], width: 2)) })
    #expect(try bell.analyze(BenchmarkData(counts), seed: 1).estimates[0].low.isFinite)
  }

  /// Outcomes shared among few shots: the fidelity of an ideal device is 1 on average, not below.
  @Test(arguments: [Application.ansatz, .ising, .w, .fourier]) func fewShotsDoNotLowerFidelities(_ application: Application) throws
  {
    let benchmark = try ApplicationBenchmark(applications: [application], widths: [6], circuitsPerWidth: 12, shots: 500)
    let estimates = try (1...5).map { try benchmark.run(on: SimulatedDevice(), seed: $0).estimates[0] }
    let (mean, width) = (estimates.reduce(0) { $0 + $1.value } / 5, estimates.reduce(0) { $0 + $1.high - $1.low } / 5)
    #expect(abs(mean - 1) < max(width, 0.004), "\(mean) with intervals \(width) wide")
  }

  /// Student's t by its tables: three circuits have two degrees of freedom, and 4.3027 standard errors on either side.
  @Test func intervalsOfThreeCircuitsAreStudents() throws {
    let benchmark = try MirrorVolume(width: 2, circuits: 3, shots: 1000)
    let ideal = try SimulatedDevice().counts(of: benchmark, seed: 1)
    let data = zip(benchmark.circuitNames, [450, 500, 550]).map { name, right in
      let target = ideal.counts[name]!.ranked[0].outcome.value
      return (name, OutcomeCounts(occurrences: [target: right, target ^ 1: 1000 - right], width: 2))
    }
    let estimate = try benchmark.analyze(BenchmarkData(Dictionary(uniqueKeysWithValues: data)), seed: 1).estimates[0]
    #expect(abs(estimate.high - 0.5 - 4.30265 * 0.05 / 3.squareRoot()) < 1e-5, "\(estimate)")
  }

  /// What data drawn anew scatter is an error like any other, and an interval cut at 1 is not as narrow as it looks.
  @Test func differencesAreThoseOfChance() throws {
    let process = try ProcessTomography(of: Circuit(qubits: 1) { H(0) }, shots: 500)
    let noise = NoiseModel(rules: [NoiseRule("all", on: .oneQubit, .depolarizing(errorProbability: 0.002))])
    let reports = try [1, 2].map { try process.run(on: SimulatedDevice(noise: noise), seed: $0) }
    let names = BenchmarkDifference.all(between: reports[0], and: reports[1]).map(\.name)
    #expect(names == ["process fidelity", "average gate fidelity", "unitarity", "diamond distance"])
    let ghz = try GHZFidelity(qubits: 2, shots: 200)
    let pairs = try (1...200 as ClosedRange<UInt64>).map { seed in
      BenchmarkDifference.all(
        between: try ghz.run(on: SimulatedDevice(noise: noise), seed: seed),
        and: try ghz.run(on: SimulatedDevice(noise: noise), seed: 1000 + seed))
    }
    // Of 200 pairs of runs of one device at most as many differ as 5 % explain, with four standard deviations.
    #expect(pairs.count { $0.contains(where: \.isSignificant) } <= 22)
  }
}
