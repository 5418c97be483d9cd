import FidelityBenchmarks
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

@Suite struct ProtocolTests {
  /// 0.97 to the power of the depth that a circuit of cross-entropy benchmarking has in its name.
  static func decay(_ circuit: PlannedCircuit) -> Double { .pow(0.97, Double(circuit.name.split(separator: "-")[1])!) }

  @Test func idealCircuitsGiveTheFractionOfTheory() throws {
    let report = try QuantumVolume(width: 4, circuits: 120, shots: 400).run(on: SimulatedDevice(), seed: 2)
    let share = try #require(report["share of heavy outcomes"])
    // (1 + ln 2)/2 in the limit of many qubits.
    #expect(abs(share.value - 0.847) < 0.03)
    #expect(try #require(report["quantum volume"]).value == 16)
  }

  @Test func maximalNoiseFailsTheVolume() throws {
    let noise = NoiseModel(rules: [NoiseRule("all", on: .twoQubit, .depolarizing(mixing: 0.5, qubitCount: 2))])
    let report = try QuantumVolume(width: 4, circuits: 100, shots: 200).run(on: SimulatedDevice(noise: noise), seed: 2)
    #expect(report.estimates[0].value < 0.6)
    #expect(try #require(report["quantum volume"]).value == 1)
  }

  @Test func crossEntropyFindsTheFidelityOfACycle() throws {
    let benchmark = try CrossEntropy(qubits: 3, depths: [2, 5, 10, 20], circuitsPerDepth: 15, shots: 2000)
    var source = RandomSource(seed: 5)
    let data = try DrawnCircuits(benchmark.circuits(seed: 4), fidelity: Self.decay).data(shots: 2000, &source)
    let report = try benchmark.analyze(data, seed: 4)
    let polarizations = report.estimates.filter { $0.name.contains("polarization") }
    #expect(polarizations.count >= 3)
    for estimate in polarizations {
      #expect(estimate.low < 0.97 && 0.97 < estimate.high, "\(estimate)")
      #expect(estimate.high - estimate.low < 0.03)
    }
    let infidelity = try #require(report["error per cycle"])
    let truth = 0.03 * 63 / 64
    #expect(infidelity.low < truth && truth < infidelity.high, "\(infidelity)")
  }

  /// Pairs that run at the same time have errors of their own: that of each is the depolarizing probability behind its CZ.
  @Test func simultaneousPairsHaveErrorsOfTheirOwn() throws {
    let errors = [0.02, 0.06]
    let pairs = [[0, 1], [4, 3]]
    let noise = NoiseModel(
      rules: zip(pairs, errors).map { pair, error in
        NoiseRule(
          "pair \(pair)", gates: [.cz], pair: (pair[0], pair[1]), .depolarizing(errorProbability: Angle(error), qubitCount: 2))
      })
    let benchmark = try CrossEntropy(groups: pairs, depths: [2, 4, 8, 12, 16], circuitsPerDepth: 15, shots: 2000)
    let report = try benchmark.run(on: SimulatedDevice(noise: noise), seed: 4)
    for (pair, truth) in zip(["0, 1", "4, 3"], errors) {
      let estimate = try #require(report["error per cycle of qubits \(pair)"])
      #expect(CharacterizationTests.holds(estimate, truth), "\(estimate) and \(truth)")
      #expect(estimate.high - estimate.low < 0.012)
    }
    // A group alone has the circuits that it has beside others.
    let alone = try CrossEntropy(qubits: 2, depths: [2, 4, 8], circuitsPerDepth: 2).circuit(3, seed: 7)
    let beside = try CrossEntropy(groups: [[0, 1], [2, 3]], depths: [2, 4, 8], circuitsPerDepth: 2).circuit(3, seed: 7)
    #expect(
      beside.instructions.filter { $0.isUnitary && $0.kind != .barrier && $0.qubits.allSatisfy { $0 < 2 } }
        == alone.instructions.filter { $0.isUnitary && $0.kind != .barrier })
  }

  @Test(arguments: [2, 3, 5])
  func ghzFidelityIsThatOfTheDensityMatrix(_ count: Int) throws {
    let noise = NoiseModel(rules: [NoiseRule("pair", on: .twoQubit, .depolarizing(errorProbability: 0.05, qubitCount: 2))])
    var circuit = Circuit(qubits: count)
    circuit.append(H(0))
    for qubit in 1..<count { circuit.append(CX(qubit - 1, qubit)) }
    let target = try circuit.run()
    let truth = try CircuitFunction.fidelity(
      of: noise.applied(to: circuit).circuit, with: (0..<1 << count).map { target[$0] }
    ).values()[0, 0]
    let report = try GHZFidelity(qubits: count, shots: 20_000).run(on: SimulatedDevice(noise: noise), seed: 6)
    #expect(report.estimates[0].low < truth && truth < report.estimates[0].high)
    #expect(report.estimates[1].value < report.estimates[0].high)
  }

  @Test func tomographyFindsTheState() throws {
    let noise = NoiseModel(rules: [NoiseRule("pair", on: .twoQubit, .depolarizing(errorProbability: 0.1, qubitCount: 2))])
    let circuit = Circuit(qubits: 2) {
      RY(0.8, 0); CX(0, 1); RZ(0.4, 1); RX(1.1, 0)
    }
    let tomography = try StateTomography(of: circuit, shots: 20_000)
    let device = SimulatedDevice(noise: noise)
    let data = try device.counts(of: tomography.circuits(seed: 1), shots: 20_000, seed: 1)
    let target = try circuit.run()
    let truth = try CircuitFunction.fidelity(
      of: noise.applied(to: circuit).circuit, with: (0..<4).map { target[$0] }
    ).values()[0, 0]
    let fidelity = try #require(try tomography.analyze(data, seed: 1)["fidelity"])
    #expect(fidelity.low < truth && truth < fidelity.high)
    let state = try tomography.reconstruct(data).state
    let values = try state.hermitianEigen().values
    #expect(values.allSatisfy { $0 >= -1e-12 })
    #expect(abs(values.reduce(0, +) - 1) < 1e-9)
  }

  // MARK: - Coverage

  /// Over circuits that are drawn anew each time; the truth is that of many others. In the exact 99.7 % band of 400 with 0.95.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func volumeIntervalsCoverTheTruth() throws {
    func share(_ circuits: Int, seed: UInt64) throws -> BenchmarkEstimate {
      let benchmark = try QuantumVolume(width: 2, circuits: circuits, shots: 50)
      return try benchmark.run(on: SimulatedDevice(), seed: seed).estimates[0]
    }
    let truth = try share(10_000, seed: 9_999).value
    let covered = try (1...400).count { repetition in
      let estimate = try share(40, seed: UInt64(repetition))
      return estimate.low <= truth && truth <= estimate.high
    }
    #expect((366...391).contains(covered), "\(covered) of 400")
  }

  /// Within the exact 99.7 % band of a binomial of 1,000 with 0.95.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func ghzIntervalsCoverTheTruth() throws {
    let benchmark = try GHZFidelity(qubits: 3, shots: 400)
    let covered = try DrawnCircuits(benchmark.circuits(seed: 1)) { _ in 0.9 }.covered(by: benchmark, truth: 0.9 + 0.1 / 8)
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }

  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func tomographyIntervalsCoverTheTruth() throws {
    let tomography = try StateTomography(
      of: Circuit(qubits: 2) {
        H(0); CX(0, 1); RY(0.4, 1)
      }, shots: 200)
    let covered = try DrawnCircuits(tomography.circuits(seed: 1)) { _ in 0.85 }.covered(by: tomography, truth: 0.85 + 0.15 / 4)
    #expect((930...970).contains(covered), "\(covered) of 1000")
  }

  /// Within the exact 99.7 % band of a binomial of 400 with 0.95: 366 to 391.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func crossEntropyIntervalsCoverTheTruth() throws {
    let benchmark = try CrossEntropy(qubits: 2, depths: [2, 6, 12, 20], circuitsPerDepth: 12, shots: 300)
    let covered = try DrawnCircuits(benchmark.circuits(seed: 1), fidelity: Self.decay).covered(
      by: benchmark, repetitions: 400, truth: 0.97)
    #expect((366...391).contains(covered), "\(covered) of 400")
  }

  // MARK: - Larger devices

  /// A model of five qubits, with crosstalk and qubits that are read together, for circuits on fewer.
  @Test func modelsOfLargerDevicesAreTaken() throws {
    var readout = try ReadoutError(p01: 0.1, p10: 0.2, qubits: [0])
    try readout.add(RealMatrix([[0.9, 0, 0, 0.1], [0, 0.9, 0.1, 0], [0, 0.1, 0.9, 0], [0.1, 0, 0, 0.9]]), on: [1, 4])
    let noise = NoiseModel(
      rules: [
        NoiseRule("spectators", gates: [.cx], effect: .crosstalk(.phaseFlip(0.1), neighbors: [0: [1], 1: [0, 2], 3: [4]]))
      ], readout: readout)
    let device = SimulatedDevice(noise: noise)
    let report = try GHZFidelity(qubits: 2, shots: 20_000).run(on: device, seed: 3)
    // All equal: neither value wrong, or both; qubit 4 is |0>, so that qubit 1 is wrong in a tenth of all shots.
    let equal = 0.5 * (0.9 * 0.9 + 0.1 * 0.1) + 0.5 * (0.8 * 0.9 + 0.2 * 0.1)
    let population = try #require(report["population"])
    #expect(population.low < equal && equal < population.high, "\(population) and \(equal)")
    #expect(try BellTest(qubits: [0, 4], shots: 50).run(on: device, seed: 3).estimates.count == 2)
  }

  // MARK: - Wrong counts

  @Test func wrongCountsAreRefusedByName() throws {
    let benchmark = try GHZFidelity(qubits: 2, shots: 10)
    let good = OutcomeCounts(occurrences: [0: 5, 3: 5], width: 2)
    let names = ["ghz-populations", "ghz-parity-0", "ghz-parity-1"]
    func message(_ counts: [String: OutcomeCounts]) -> String {
      do {
        _ = try benchmark.analyze(BenchmarkData(counts), seed: 1)
        return "none"
      } catch { return "\(error)" }
    }
    let complete = Dictionary(uniqueKeysWithValues: names.map { ($0, good) })
    #expect(message(complete) == "none")
    #expect(
      message(complete.filter { $0.key != "ghz-parity-1" })
        == "There are no counts of ghz-parity-1: run every circuit of the manifest, and keep its name.")
    #expect(message(complete.merging(["more": good]) { $1 }).hasPrefix("There are counts of more, which the plan does not have"))
    #expect(
      message(complete.merging(["ghz-parity-0": OutcomeCounts(occurrences: [0: 10], width: 3)]) { $1 })
        == "The outcomes of ghz-parity-0 have 3 bits, the circuit measures 2: give every measured bit, and no other.")
    #expect(
      message(complete.merging(["ghz-parity-0": OutcomeCounts(occurrences: [0: 9], width: 2)]) { $1 })
        == "ghz-parity-0 was run 9 times and ghz-populations 10 times: run all circuits equally often, at least once.")
  }

  @Test func wrongSettingsAreRefused() {
    #expect(throws: BenchmarkError.self) { try RandomizedBenchmarking(qubits: 6) }
    #expect(throws: BenchmarkError.self) { try RandomizedBenchmarking(qubits: 1, lengths: [4, 2, 1]) }
    #expect(throws: BenchmarkError.self) { try RandomizedBenchmarking(qubits: 1, interleaved: .t) }
    #expect(throws: BenchmarkError.self) { try RandomizedBenchmarking(groups: [[0, 1], [1, 2]]) }
    #expect(throws: BenchmarkError.self) { try QuantumVolume(width: 1) }
    #expect(throws: BenchmarkError.self) { try CrossEntropy(qubits: 2, depths: [1]) }
    #expect(throws: BenchmarkError.self) { try StateTomography(of: Circuit(qubits: 7) { H(0) }) }
  }
}
