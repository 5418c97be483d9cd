import FidelityBenchmarks
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Protocols of states, processes, layers and readout, against what the noise is known to do.
@Suite struct CharacterizationTests {
  /// Depolarizing noise behind gates on two qubits alone, so that preparation and readout have none.
  static let probability = 0.04
  static let device = SimulatedDevice(
    noise: NoiseModel(rules: [
      NoiseRule("pair", on: .twoQubit, .depolarizing(errorProbability: Angle(probability), qubitCount: 2))
    ]))

  /// Within 1.6 half widths of the interval, three standard errors; how often intervals hold the truth is counted below.
  static func holds(_ estimate: BenchmarkEstimate?, _ truth: Double) -> Bool {
    guard let estimate else { return false }
    return abs(estimate.value - truth) < 0.8 * (estimate.high - estimate.low) && estimate.quality == .good
  }

  /// The fidelity of what a circuit prepares with noise, from its density matrix.
  static func fidelity(_ circuit: Circuit) throws -> Double {
    let target = try circuit.run()
    return try CircuitFunction.fidelity(
      of: device.noise!.applied(to: circuit).circuit, with: (0..<1 << circuit.qubitCount).map { target[$0] }
    ).values()[0, 0]
  }

  @Test func processTomographyFindsTheChannel() throws {
    let process = Circuit(qubits: 2) { CX(0, 1) }
    let tomography = try ProcessTomography(of: process, shots: 20_000)
    let data = try Self.device.counts(of: tomography, seed: 3)
    let report = try tomography.analyze(data, seed: 3)
    let truth = 1 - Self.probability
    #expect(Self.holds(report["process fidelity"], truth), "\(report.estimates)")
    #expect(Self.holds(report["average gate fidelity"], (4 * truth + 1) / 5))
    let channel = try tomography.channel(data)
    let metrics = try ChannelMetrics(channel, target: Gate.cx.matrix())
    #expect(abs(metrics.processFidelity - truth) < 0.02 && abs(metrics.diamondDistance.upperBound - Self.probability) < 0.05)
    // Completely positive and trace preserving by construction of Channel; of a perfect process the fidelity is that of chance
    // alone.
    let ideal = try tomography.run(on: SimulatedDevice(), seed: 4)
    #expect(abs(try #require(ideal["process fidelity"]).value - 1) < 0.01)
  }

  @Test(arguments: [2, 3, 4]) func wFidelityIsThatOfTheDensityMatrix(_ count: Int) throws {
    let benchmark = try WFidelity(qubits: count, shots: 20_000)
    let circuit = benchmark.circuit(0, seed: 1).removingFinalMeasurements
    let state = try circuit.run()
    for qubit in 0..<count { #expect(abs(state[1 << qubit].real - 1 / Double(count).squareRoot()) < 1e-12) }
    #expect(Self.holds(try benchmark.run(on: Self.device, seed: 2).estimates[0], try Self.fidelity(circuit)))
  }

  @Test func bellTestIsViolated() throws {
    let report = try BellTest(qubits: [3, 1], shots: 20_000).run(on: Self.device, seed: 2)
    let visibility = 1 - 16 * Self.probability / 15
    #expect(Self.holds(report["S"], 2 * Double.sqrt(2) * visibility), "\(report.estimates)")
    #expect(Self.holds(report["fidelity"], 1 - 12 * Self.probability / 15))
    #expect(report.estimates[0].reason.hasSuffix("standard errors above 2, the bound of outcomes fixed before"))
  }

  @Test func directFidelityIsThatOfTheDensityMatrix() throws {
    let circuit = Circuit(qubits: 4) {
      H(0)
      for qubit in 0..<3 { CX(qubit, qubit + 1) }
      RY(0.4, 2)
    }
    let benchmark = try DirectFidelity(of: circuit, words: 400, shots: 1000)
    #expect(Self.holds(try benchmark.run(on: Self.device, seed: 5).estimates[0], try Self.fidelity(circuit)))
  }

  /// Of depolarizing pairs the process fidelity is 1 - p; three of them make the layer fidelity of four qubits.
  @Test func layerFidelityIsTheProductOfPairs() throws {
    let benchmark = try LayerFidelity(qubits: 4, depths: [4, 8, 16, 32], circuitsPerDepth: 20, shots: 500)
    let report = try benchmark.run(on: Self.device, seed: 3)
    let pair = 1 - Self.probability
    // The last elements of pairs have noise too, which belongs to the amplitude.
    #expect(Self.holds(report["error per layered gate"], Self.probability), "\(report.estimates)")
    #expect(Self.holds(report["layer fidelity"], pair * pair * pair), "\(report.estimates)")
    let ideal = try benchmark.run(on: SimulatedDevice(), seed: 3)
    #expect(abs(ideal.estimates[0].value - 1) < 1e-6)
  }

  @Test(arguments: [2, 3, 8]) func cycleFidelityIsThatOfItsGates(_ count: Int) throws {
    var cycle = Circuit(qubits: count)
    for qubit in stride(from: 0, to: count - 1, by: 2) { cycle.append(CX(qubit, qubit + 1)) }
    let benchmark = try CycleBenchmarking(of: cycle, depths: [2, 8, 16], words: 30, circuitsPerDepth: 4, shots: 500)
    let estimate = try benchmark.run(on: Self.device, seed: 3).estimates[0]
    let pairs = count / 2
    #expect(Self.holds(estimate, Double.pow(1 - Self.probability, pairs)), "\(estimate)")
  }

  @Test func readoutErrorsAreFoundByQubit() throws {
    var readout = try ReadoutError(p01: 0.02, p10: 0.05, qubits: [0])
    // The two others are confused together: both wrong at once.
    try readout.add(RealMatrix([[0.95, 0, 0, 0.05], [0, 0.95, 0.05, 0], [0, 0.05, 0.95, 0], [0.05, 0, 0, 0.95]]), on: [1, 2])
    let benchmark = try ReadoutCharacterization(qubits: 3, shots: 20_000)
    let device = SimulatedDevice(noise: NoiseModel(readout: readout))
    let data = try device.counts(of: benchmark, seed: 2)
    let report = try benchmark.analyze(data, seed: 2)
    #expect(Self.holds(report["qubit 0, 0 reported as 1"], 0.02) && Self.holds(report["qubit 0, 1 reported as 0"], 0.05))
    #expect(Self.holds(report["qubit 2, 0 reported as 1"], 0.05))
    #expect(Self.holds(report["readout fidelity"], 0.965 * 0.95))
    // Independent errors would make both wrong in 0.25 % of shots, not 5 %.
    let crosstalk = try #require(report["crosstalk"])
    #expect(crosstalk.low > 0.05 && crosstalk.value < 0.12, "\(crosstalk)")
    let confusion = try benchmark.confusion(data)
    for column in 0..<8 { #expect(abs(confusion.column(column).reduce(0, +) - 1) < 1e-12) }
    let single = SimulatedDevice(noise: NoiseModel(readout: try ReadoutError(p01: 0.02, p10: 0.05, qubits: 0..<3)))
    #expect(try #require(benchmark.run(on: single, seed: 2)["crosstalk"]).value < 0.01)
  }

  /// The purity of all qubits and of one, by two copies and from the settings of tomography, is that of the density matrix.
  @Test func puritiesAreThoseOfTheDensityMatrix() throws {
    let noise = NoiseModel(rules: [NoiseRule("turn", gates: [.ry], effect: .channel(.depolarizing(errorProbability: 0.12)))])
    let circuit = Circuit(qubits: 2) {
      RY(0.7, 0); CX(0, 1); RY(0.4, 1)
    }
    let device = SimulatedDevice(noise: noise)
    let noisy = try noise.applied(to: circuit).circuit
    func purity(_ words: [PauliWord]) throws -> Double {
      let means = try CircuitFunction.expectation(of: words.map { PauliSum([.init(1, $0)]) }, after: noisy).values().row(0)
      return means.reduce(0) { $0 + $1 * $1 }
    }
    let words = (0..<16).map { PauliWord(xMask: $0 & 3, zMask: $0 >> 2) }
    let truth = try purity(words) / 4
    let single = try purity(words.filter { ($0.xMask | $0.zMask) & 2 == 0 }) / 2
    let report = try PurityTest(of: circuit, shots: 40_000).run(on: device, seed: 3)
    #expect(Self.holds(report["purity"], truth), "\(report.estimates) and \(truth)")
    #expect(Self.holds(report["purity of qubit 0"], single), "\(report.estimates) and \(single)")
    let tomography = try StateTomography(of: circuit, shots: 4000).run(on: device, seed: 4)
    #expect(Self.holds(tomography["purity"], truth), "\(tomography.estimates) and \(truth)")
  }

  /// Squares of few shots' means are too large; what is left of them on average is the purity.
  @Test func purityOfFewShotsHasNoBias() throws {
    let noise = NoiseModel(rules: [NoiseRule("all", on: .twoQubit, .depolarizing(mixing: 0.6, qubitCount: 2))])
    let tomography = try StateTomography(
      of: Circuit(qubits: 2) {
        H(0); CX(0, 1)
      }, shots: 20)
    let values = try (1...300 as ClosedRange<UInt64>).map { seed in
      let data = try SimulatedDevice(noise: noise).counts(of: tomography, seed: seed)
      // Before it is cut to 0...1: a state this mixed stays inside.
      return try #require(tomography.analyze(data, seed: seed)["purity"]).value
    }
    let mean = values.reduce(0, +) / 300
    let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 299).squareRoot()
    #expect(abs(mean - (1 + 3 * 0.4 * 0.4) / 4) < 4 * deviation / 300.squareRoot(), "\(mean)")
  }

  /// A readout along a tilted axis, with errors: effects and axes are those of the model, and what is off the diagonal shows.
  @Test func detectorTomographyFindsTheAxis() throws {
    let (tilt, p01, p10) = (0.3, 0.02, 0.06)
    let benchmark = try DetectorTomography(qubits: 2, shots: 40_000)
    let tilted = benchmark.circuits(seed: 1).map { planned in
      var circuit = Circuit(qubits: 2, bits: 2)
      circuit.append(planned.circuit.instructions.dropLast())
      circuit.append(RX(Angle(tilt), 0))
      circuit.append(planned.circuit.instructions.last!)
      return PlannedCircuit(planned.name, circuit)
    }
    let device = SimulatedDevice(noise: NoiseModel(readout: try ReadoutError(p01: p01, p10: p10, qubits: 0..<2)))
    let data = try device.counts(of: tilted, shots: 40_000, seed: 5)
    let report = try benchmark.analyze(data, seed: 1)
    let contrast = 1 - p01 - p10
    // RX turns what is measured: Z becomes cos t Z + sin t Y.
    for (name, truth) in [
      ("X in the readout of qubit 0", 0), ("Y in the readout of qubit 0", contrast * .sin(tilt)),
      ("Z in the readout of qubit 0", contrast * .cos(tilt)), ("Y in the readout of qubit 1", 0),
      ("Z in the readout of qubit 1", contrast),
    ] { #expect(Self.holds(report[name], truth), "\(name): \(String(describing: report[name])) and \(truth)") }
    let turned = Gate.rx.matrix(angles: [tilt])
    let single = ComplexMatrix([[Complex(1 - p01), 0], [0, Complex(p10)]])
    let zeros = [turned.adjoint * single * turned, single]
    let effects = try benchmark.effects(data)
    for outcome in 0..<4 {
      let parts = (0..<2).map { outcome >> $0 & 1 == 0 ? zeros[$0] : .identity(2) - zeros[$0] }
      #expect(maximumDifference(effects[outcome], parts[1].kronecker(parts[0])) < 0.02, "outcome \(outcome)")
      #expect(try effects[outcome].hermitianEigen().values[0] > -1e-9)
    }
    #expect(maximumDifference(effects.reduce(ComplexMatrix(rows: 4, columns: 4), +), .identity(4)) < 1e-9)
    // The part off the diagonal of an effect of one qubit has the norm contrast sin(t)/2.
    #expect(abs(try #require(report["distance from a classical readout"]).value - contrast * .sin(tilt) / 2) < 0.02)
    let straight = try benchmark.run(on: device, seed: 6)
    #expect(try #require(straight["distance from a classical readout"]).value < 0.02)
  }

  /// T1 and T2 of the model, counted in identity gates, with readout errors that change nothing.
  @Test func coherenceTimesAreThoseOfTheModel() throws {
    let noise = NoiseModel(
      times: GateTimes(gates: [.id: 1]), relaxation: Relaxation(t1: 80, t2: 60),
      readout: try ReadoutError(p01: 0.02, p10: 0.05, qubits: 0..<2))
    let report = try CoherenceTimes(qubits: 2, shots: 4000).run(on: SimulatedDevice(noise: noise), seed: 3)
    for qubit in 0..<2 {
      for (name, truth) in [("T1", 80.0), ("T2 ramsey", 60), ("T2 echo", 60)] {
        let estimate = try #require(report["\(name) of qubit \(qubit)"])
        #expect(Self.holds(estimate, truth) && estimate.high - estimate.low < 0.4 * truth, "\(estimate)")
      }
      #expect(abs(try #require(report["detuning of qubit \(qubit)"]).value) < 0.0005)
    }
    let still = try CoherenceTimes(qubits: 1, shots: 500).run(on: SimulatedDevice(), seed: 3)
    #expect(still.estimates[0].quality == .poor)
  }

  /// A decay that is over, one that has hardly begun and none at all ask for different delays, and say so.
  @Test func delaysThatShowNoTimeAreToldApart() throws {
    func reasons(_ delays: [Int], _ noise: NoiseModel?) throws -> [String] {
      let report = try CoherenceTimes(qubits: 1, delays: delays, shots: 2000).run(on: SimulatedDevice(noise: noise), seed: 3)
      return ["T1", "T2 ramsey", "T2 echo"].map { report["\($0) of qubit 0"]!.reason }
    }
    func model(_ t1: Angle) -> NoiseModel {
      NoiseModel(times: GateTimes(gates: [.id: 1]), relaxation: Relaxation(t1: t1, t2: t1))
    }
    let (early, late) = (stride(from: 0, through: 200, by: 10).map { $0 }, stride(from: 400, through: 600, by: 10).map { $0 })
    for reason in try reasons(late, model(40)) {
      #expect(reason == "whatever decays has decayed before the first delay, 400 identity gates: take shorter delays")
    }
    for reason in try reasons(early, nil) {
      #expect(reason == "up to 200 identity gates a decay cannot be told from a constant: take longer delays")
    }
    let begun = try reasons(early, model(2000))[0]
    #expect(begun.contains("take longer") && !begun.contains("constant"), "\(begun)")
    for reason in try reasons(early, model(1)) { #expect(reason == "the decay is over after the first delay: take shorter ones") }
  }

  /// A coherent turn about Z at every identity gate is a detuning of the fringes, which the echo undoes.
  @Test func detuningShowsInFringes() throws {
    let turn = NoiseModel(rules: [NoiseRule("turn", gates: [.id], effect: .channel(.overRotation(.z, by: 0.02)))])
    let report = try CoherenceTimes(qubits: 1, shots: 4000).run(on: SimulatedDevice(noise: turn), seed: 3)
    #expect(abs(abs(try #require(report["detuning of qubit 0"]).value) - 0.02 / (2 * .pi)) < 0.0003, "\(report.estimates)")
    #expect(try #require(report["T2 echo of qubit 0"]).quality == .poor)
  }

  @Test func wrongSettingsAreRefused() {
    #expect(throws: BenchmarkError.self) { try CoherenceTimes(qubits: 1, delays: [0, 2, 4]) }
    #expect(throws: BenchmarkError.self) { try ProcessTomography(of: Circuit(qubits: 4) { H(0) }) }
    #expect(throws: BenchmarkError.self) { try WFidelity(qubits: 1) }
    #expect(throws: BenchmarkError.self) { try BellTest(qubits: [1, 1]) }
    #expect(throws: BenchmarkError.self) { try DirectFidelity(of: Circuit(qubits: 9) { H(0) }) }
    #expect(throws: BenchmarkError.self) { try LayerFidelity(qubits: 1) }
    #expect(throws: BenchmarkError.self) { try CycleBenchmarking(of: Circuit(qubits: 1) { T(0) }) }
    #expect(throws: BenchmarkError.self) { try ReadoutCharacterization(qubits: 9) }
    #expect(throws: BenchmarkError.self) { try DetectorTomography(qubits: 4) }
    #expect(throws: BenchmarkError.self) { try PurityTest(of: Circuit(qubits: 11) { H(0) }) }
    #expect(throws: BenchmarkError.self) { try GateSetTomography(gates: [.sx]) }
    #expect(throws: BenchmarkError.self) { try GateSetTomography(gates: [.cx]) }
    #expect(throws: BenchmarkError.self) { try GateSetTomography(lengths: [4, 2]) }
  }

  // MARK: - Coverage

  /// Each with what it finds first where the state is the ideal one with a probability, and otherwise maximally mixed.
  static let covered: [(name: String, benchmark: any FidelityProtocol, truth: Double)] = {
    let pair = Circuit(qubits: 2) {
      H(0); CX(0, 1); RY(0.4, 1)
    }
    let cycle = Circuit(qubits: 2) { CX(0, 1) }
    return [
      ("process", try! ProcessTomography(of: Circuit(qubits: 1) { H(0) }, shots: 200), 0.9 + 0.1 / 4),
      ("w", try! WFidelity(qubits: 3, shots: 300), 0.9 + 0.1 / 8),
      ("bell", try! BellTest(shots: 300), 0.9 * 2 * Double.sqrt(2)),
      ("purity", try! PurityTest(of: pair, shots: 400), 0.9 + 0.1 / 4),
      ("detector", try! DetectorTomography(qubits: 2, shots: 300), 0.9 + 0.1 / 4),
      ("direct-fidelity", try! DirectFidelity(of: pair, words: 40, shots: 200), 0.9 + 0.1 / 4),
      ("readout", try! ReadoutCharacterization(qubits: 2, shots: 300), 0.9 + 0.1 / 4),
      ("cycle", try! CycleBenchmarking(of: cycle, depths: [2, 8, 16], circuitsPerDepth: 4, shots: 100), (1 + 15 * 0.97) / 16),
      ("unitarity", try! UnitarityBenchmarking(qubits: 1, lengths: [1, 4, 8, 16], circuitsPerLength: 8, shots: 200), 0.97 * 0.97),
      (
        "applications",
        try! ApplicationBenchmark(applications: [.bernsteinVazirani], widths: [4], circuitsPerWidth: 4, shots: 200), 0.9
      ), ("mirror-volume", try! MirrorVolume(width: 2, circuits: 20, shots: 50), 0.9 + 0.1 / 4),
      ("layer", try! LayerFidelity(qubits: 2, depths: [4, 8, 16, 32], circuitsPerDepth: 8, shots: 200), (1 + 15 * 0.97) / 16),
    ]
  }()

  /// Within the exact 99.9 % band of a binomial of 200 with 0.95: 179 to 198.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests), arguments: covered.indices)
  func intervalsCoverTheTruth(_ place: Int) throws {
    let (name, benchmark, truth) = Self.covered[place]
    func count(_ benchmark: some FidelityProtocol) throws -> Int {
      try DrawnCircuits(benchmark.circuits(seed: 1)) { circuit in
        let parts = circuit.name.split(separator: "-")
        return ["cycle": 2, "layer": 2, "unitarity": 1][name].map { .pow(0.97, Double(parts[$0])!) } ?? 0.9
      }.covered(by: benchmark, repetitions: 200, truth: truth)
    }
    let covered = try count(benchmark)
    #expect((179...198).contains(covered), "\(name): \(covered) of 200")
  }

  /// Those of coherence times, in the same band: T1 of a model, drawn anew each time.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func coherenceIntervalsCoverTheTruth() throws {
    let noise = NoiseModel(times: GateTimes(gates: [.id: 1]), relaxation: Relaxation(t1: 80, t2: 60))
    let benchmark = try CoherenceTimes(qubits: 1, delays: stride(from: 0, through: 160, by: 16).map { $0 }, shots: 500)
    let circuits = try DrawnCircuits(benchmark.circuits(seed: 1), under: noise)
    for (place, truth) in [(0, 80.0), (3, 60)] {
      let covered = try circuits.covered(by: benchmark, repetitions: 200, place: place, truth: truth)
      #expect((179...198).contains(covered), "estimate \(place): \(covered) of 200")
    }
  }
}
