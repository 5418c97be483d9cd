import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Rules fire where they say, relaxation fills the schedule, and what never happens is a warning.
struct NoiseModelTests {
  static let circuit = Circuit(qubits: 3) {
    H(0)
    RZ(0.3, 1)
    CX(0, 1)
    CX(2, 1)
    CCX(0, 1, 2)
    U(0.1, 0.2, 0.3, 2)
  }

  private func fired(_ rule: NoiseRule, on circuit: Circuit = circuit) throws -> Int {
    let noisy = try NoiseModel(rules: [rule]).applied(to: circuit)
    return noisy.report.fired[0].count
  }

  private let flip = Channel.bitFlip(0.1)

  @Test func rulesAreForClassesGatesAndQubits() throws {
    #expect(try fired(NoiseRule("all", effect: .channel(flip))) == 6)
    #expect(try fired(NoiseRule("one", on: .oneQubit, flip)) == 3)
    #expect(try fired(NoiseRule("real", on: .oneQubit, except: [.phase], flip)) == 2)
    #expect(try fired(NoiseRule("phase", on: .phase, flip)) == 1)
    #expect(try fired(NoiseRule("two", on: .twoQubit, flip)) == 2)
    #expect(try fired(NoiseRule("many", on: .manyQubit, flip)) == 1)
    #expect(try fired(NoiseRule("gates", gates: [.h, .u], effect: .channel(flip))) == 2)
    #expect(try fired(NoiseRule("qubits", qubits: [0, 1], effect: .channel(flip))) == 3)
    #expect(try fired(NoiseRule("pair", gates: [.cx], pair: (1, 2), flip)) == 1)
    #expect(try fired(NoiseRule("ordered", gates: [.cx], exactQubits: [1, 2], isOrdered: true, effect: .channel(flip))) == 0)
    #expect(try fired(NoiseRule("ordered", gates: [.cx], exactQubits: [2, 1], isOrdered: true, effect: .channel(flip))) == 1)
  }

  @Test func channelsFollowTheirGate() throws {
    let model = NoiseModel(rules: [
      NoiseRule("single", on: .oneQubit, flip),
      NoiseRule("joint", on: .twoQubit, .depolarizing(errorProbability: 0.1, qubitCount: 2)),
    ])
    let circuit = Circuit(qubits: 2) {
      H(1)
      CX(1, 0)
    }
    let expected = Circuit(qubits: 2) {
      H(1)
      BitFlip(0.1, 1)
      CX(1, 0)
      Depolarizing(errorProbability: 0.1, 1, 0)
    }
    #expect(try model.applied(to: circuit).circuit == expected)
  }

  @Test func crosstalkReachesNeighbours() throws {
    let chain = [0: [1], 1: [0, 2], 2: [1]]
    let circuit = Circuit(qubits: 3) { CX(0, 1) }
    let single = NoiseModel(rules: [NoiseRule("spectators", effect: .crosstalk(flip, neighbors: chain))])
    #expect(try single.applied(to: circuit).circuit.instructions.dropFirst() == [BitFlip(0.1, 2)])
    let pair = Channel.depolarizing(errorProbability: 0.1, qubitCount: 2)
    let joint = NoiseModel(rules: [NoiseRule("pairs", effect: .crosstalk(pair, neighbors: chain))])
    #expect(try joint.applied(to: circuit).circuit.instructions.dropFirst() == [Depolarizing(errorProbability: 0.1, 1, 2)])
  }

  @Test func overRotationScalesAngles() throws {
    let model = NoiseModel(rules: [NoiseRule("calibration", on: .oneQubit, flip), NoiseRule("angle", effect: .overRotation(0.5))])
    let noisy = try model.applied(to: Circuit(qubits: 1) { RX(0.4, 0) })
    #expect(noisy.circuit.instructions == [RX(1.5 * 0.4, 0), BitFlip(0.1, 0)])
  }

  /// H takes 10, CX 100: qubit 2 waits 10 + 100 for its CX, qubit 0 waits at the end.
  @Test func relaxationFillsTheSchedule() throws {
    let model = NoiseModel(
      times: GateTimes(classes: [.oneQubit: 10, .phase: 0], gates: [.cx: 100]), relaxation: Relaxation(t1: 1000, t2: 500))
    let circuit = Circuit(qubits: 3) {
      H(0)
      RZ(0.1, 0)
      CX(0, 1)
      CX(1, 2)
    }
    let noisy = try model.applied(to: circuit)
    #expect(noisy.report.duration == 210)
    func idle(_ time: Double, _ qubit: Int) -> Instruction {
      ThermalRelaxation(t1: 1000, t2: 500, time: Angle(time), qubit)
    }
    #expect(
      noisy.circuit.instructions == [
        H(0), idle(10, 0), RZ(0.1, 0), idle(10, 1), CX(0, 1), idle(100, 0), idle(100, 1), idle(110, 2), CX(1, 2), idle(100, 1),
        idle(100, 2), idle(100, 0),
      ])
    #expect(noisy.report.relaxations == (5, 3))
  }

  @Test func whatNeverHappensIsAWarning() throws {
    let model = NoiseModel(rules: [
      NoiseRule("swaps", gates: [.swap], effect: .channel(flip)),
      NoiseRule("too wide", on: .oneQubit, .depolarizing(errorProbability: 0.1, qubitCount: 2)),
    ])
    let report = try model.applied(to: Circuit(qubits: 2) { H(1) }).report
    #expect(
      report.warnings == [
        "the rule 'swaps' never fired",
        "the rule 'too wide' matched H(1), on another number of qubits than its channel; it added nothing there",
      ])
    #expect("\(report)".hasPrefix("swaps: 0\ntoo wide: 0\nwarning: "))
  }

  @Test func aPlacedChannelActsOnceOnItsPlaces() throws {
    let rule = NoiseRule("target", on: .twoQubit, .bitFlip(0.1)).placing([1])
    let circuit = Circuit(qubits: 3) {
      CX(2, 0)
      CCX(0, 1, 2)
    }
    #expect(try NoiseModel(rules: [rule]).applied(to: circuit).circuit.instructions == [CX(2, 0), BitFlip(0.1, 0), CCX(0, 1, 2)])
    var wide = rule
    wide.effect = .placed(.bitFlip(0.1), places: [2])
    let report = try NoiseModel(rules: [wide]).applied(to: circuit).report
    #expect(report.warnings.contains { $0.hasPrefix("the rule 'target' matched CX(2, 0), on another number of qubits") })
  }

  @Test func measurementsHaveTheirNoiseBefore() throws {
    let model = NoiseModel(rules: [NoiseRule("before", on: .measurement, flip), NoiseRule("gates", on: .oneQubit, flip)])
    var circuit = Circuit(qubits: 2)
    let bits = circuit.addRegister("c", size: 1)
    circuit.append(Measure([0], into: bits))
    let noisy = try model.applied(to: circuit)
    #expect(noisy.circuit.instructions.first == BitFlip(0.1, 0))
    #expect(noisy.report.fired.map(\.count) == [1, 0])
  }

  /// X takes 10, H 4: in a conditional every qubit lives through the longer branch, whichever is taken.
  @Test func blocksHaveNoiseAndTime() throws {
    let model = NoiseModel(
      rules: [NoiseRule("flips", gates: [.x], effect: .channel(flip))],
      times: GateTimes(classes: [.measurement: 100], gates: [.x: 10, .h: 4]), relaxation: Relaxation(t1: 1000, t2: 500))
    var circuit = Circuit(qubits: 3)
    let bits = circuit.addRegister("c", size: 1)
    circuit.append(Measure([0], into: bits))
    circuit.append(
      If(bits[0]) {
        X(1); X(1)
      } else: {
        H(2)
      })
    circuit.append(While(bits[0], limit: 2) { X(1) })
    circuit.append(H(2))
    let schedule = Schedule(circuit, times: model.times)
    #expect(schedule.starts == [0, 100, 120, 120] && schedule.durations == [100, 20, 10, 4] && schedule.total == 130)
    func idle(_ time: Double, _ qubit: Int) -> Instruction {
      ThermalRelaxation(t1: 1000, t2: 500, time: Angle(time), qubit)
    }
    let noisy = try model.applied(to: circuit)
    #expect(
      noisy.circuit.instructions == [
        idle(100, 0), Measure([0], into: bits), idle(100, 1), idle(100, 2),
        If(bits[0]) {
          X(1); BitFlip(0.1, 1); idle(10, 1); X(1); BitFlip(0.1, 1); idle(10, 1); idle(20, 2)
        } else: {
          H(2); idle(4, 2); idle(20, 1); idle(16, 2)
        },
        While(bits[0], limit: 2) {
          X(1); BitFlip(0.1, 1); idle(10, 1)
        },
        H(2), idle(4, 2), idle(30, 0), idle(6, 2),
      ])
    #expect(noisy.report.fired[0].count == 3 && noisy.report.duration == 130)
  }

  /// A qubit that waits for another one's outcome decays while that is measured.
  @Test func whatDependsOnAnOutcomeWaitsForIt() throws {
    let model = NoiseModel(
      times: GateTimes(classes: [.oneQubit: 1, .measurement: 1000]), relaxation: Relaxation(t1: 1000, t2: 1000))
    let circuit = Circuit(qubits: 2, bits: 2) {
      X(0)
      X(1)
      Measure(0, into: 0)
      If(ClassicalBit(0)) { X(1) }
      Measure(1, into: 1)
    }
    #expect(Schedule(circuit, times: model.times).starts == [0, 0, 1, 1001, 1002])
    var source = RandomSource(seed: 4)
    let counts = try circuit.run(shots: 20_000, under: model, using: &source).result.counts
    // Where qubit 0 is found in 1 qubit 1 is turned over: what of it had decayed is excited, but for the time of its own
    // measurement.
    let excited = (1 - Double.exp(-1.001)) * .exp(-0.001) * .exp(-1.0)
    let (zero, one) = (Double(counts["01"]), Double(counts["11"]))
    let share = one / (zero + one)
    #expect(abs(share - excited) < 4 * (excited * (1 - excited) / (zero + one)).squareRoot(), "\(share), \(excited)")
  }

  @Test func whatIsStoredWaitsForEarlierReaders() {
    let times = GateTimes(classes: [.oneQubit: 10, .measurement: 5])
    let circuit = Circuit(qubits: 3, bits: 1) {
      Measure(0, into: 0)
      H(1)
      If(ClassicalBit(0)) { X(1) }
      If(ClassicalBit(0)) { X(2) }
      Measure(0, into: 0)
      Barrier()
      H(2)
    }
    // The measurement in between could come at 5, but what it stores is read at 10; both conditionals read at once.
    #expect(Schedule(circuit, times: times).starts == [0, 0, 10, 5, 10, 20, 20])
  }

  /// Qubits that were measured for good take no part in what comes after: their measurements stay at the end.
  @Test func measuredQubitsAreLeftAlone() throws {
    let model = NoiseModel(
      times: GateTimes(classes: [.oneQubit: 10, .measurement: 100]), relaxation: Relaxation(t1: 1000, t2: 500))
    let circuit = Circuit(qubits: 2, bits: 2) {
      Measure(0, into: 0)
      for _ in 0..<20 { H(1) }
      Measure(1, into: 1)
    }
    let noisy = try model.applied(to: circuit).circuit
    #expect(noisy.removingFinalMeasurements.instructions.allSatisfy { $0.isUnitary || $0.isChannel })
  }

  @Test func gatesOnManyQubitsAreNotForgotten() throws {
    let toffoli = Circuit(qubits: 3) { CCX(0, 1, 2) }
    for preset in [NoiseModel.transmonChain(qubits: 3), .trappedIon(qubits: 3)] {
      var model = preset
      (model.relaxation, model.readout) = (nil, nil)
      let report = try model.applied(to: toffoli).report
      #expect(report.warnings.isEmpty && report.fired.map(\.count) == [0, 0, 1])
      // The usual decomposition: two CX on each pair, each with the error of the two-qubit rule; gates on one qubit left out.
      guard case .channel(let pair) = model.rules[1].effect else {
        Issue.record("no channel")
        return
      }
      let parts = Circuit(qubits: 3) {
        for (a, b) in [(1, 2), (0, 2), (1, 2), (0, 2), (0, 1), (0, 1)] { Instruction.channel(pair, on: a, b) }
      }
      let (one, other) = (try model.applied(to: toffoli).circuit, parts)
      for word in [PauliWord([Z(0)]), PauliWord([Z(1)]), PauliWord([Z(2)])] {
        let start = Circuit(qubits: 3)
        let own = try (start + one).density()
        let expected = try (start + other).density()
        #expect(abs(own.expectation(of: word) - expected.expectation(of: word)) < 1e-12)
      }
    }
    let model = NoiseModel(rules: [NoiseRule("pairs", on: .twoQubit, .depolarizing(errorProbability: 0.1, qubitCount: 2))])
    #expect(
      try model.applied(to: toffoli).report.warnings == [
        "the rule 'pairs' never fired",
        "no rule is for CCX(0, 1, 2), on three or more qubits, while gates on two have errors; add a rule for many-qubit",
      ])
  }

  @Test(arguments: [NoiseModel.transmonChain(qubits: 3), .trappedIon(qubits: 3)])
  func presetsLoseSomeFidelity(_ model: NoiseModel) throws {
    let ghz = Circuit(qubits: 3) {
      H(0)
      CX(0, 1)
      CX(1, 2)
    }
    let (function, report) = try CircuitFunction.expectation(of: [(X(0) * X(1) * X(2)).pauliSum], after: ghz, under: model)
    let value = try function.values()[0, 0]
    #expect(0.9 < value && value < 0.999)
    #expect(report.warnings.isEmpty)
  }

  @Test func aWrongStrengthNamesTheChannel() {
    let model = NoiseModel(rules: [NoiseRule("wrong", on: .oneQubit, .bitFlip(1.2))])
    #expect(throws: CircuitError.self) { try model.applied(to: Circuit(qubits: 1) { H(0) }) }
  }
}

extension NoiseRule {
  /// The rule with its channel on the operation's qubits at some places.
  fileprivate func placing(_ places: [Int]) -> NoiseRule {
    var result = self
    if let channel = effect.channel { result.effect = .placed(channel, places: places) }
    return result
  }
}
