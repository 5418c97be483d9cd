import LinearAlgebra
import QuantumCircuits
import QuantumStates
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

  @Test func blocksAndMeasurementsHaveNoise() throws {
    let model = NoiseModel(rules: [NoiseRule("before", on: .measurement, flip), NoiseRule("gates", on: .oneQubit, flip)])
    var circuit = Circuit(qubits: 2)
    let bits = circuit.addRegister("c", size: 1)
    circuit.append(Measure([0], into: bits))
    let noisy = try model.applied(to: circuit)
    #expect(noisy.circuit.instructions.first == BitFlip(0.1, 0))
    #expect(noisy.report.fired.map(\.count) == [1, 0])
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
