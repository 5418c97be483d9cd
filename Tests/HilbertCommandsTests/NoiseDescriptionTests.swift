import HilbertCommands
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

/// Noise models read from YAML equal those built in Swift, and mistakes name their place.
@Suite struct NoiseDescriptionTests {
  private static func model(_ yaml: String) throws -> NoiseModel {
    try NoiseFile.model(yaml: yaml, name: "noise.yaml")
  }

  @Test func everyKindOfRuleIsRead() throws {
    let model = try Self.model(
      """
      name: my device
      times: {one-qubit: 35, phase: 0, cx: 250}
      relaxation: {t1: 150000, t2: 100000, excitedPopulation: 0.01}
      rules:
        - {name: gate error, on: [one-qubit], except: [phase], channel: depolarizing, errorProbability: 6e-4}
        - {name: pairs, on: [two-qubit], channel: depolarizing_mixing, mixing: 0.01}
        - {name: bad pair, gates: [cx], exactly: [2, 3], ordered: true, channel: bit_flip, p: 0.02}
        - {name: spectators, qubits: [0, 1], channel: phase_flip, p: 0.001, neighbors: [[0, 1], [1, 2]]}
        - {gates: [rx, ry], overRotation: 0.01}
      readout:
        - {qubits: [0, 1], p01: 0.01, p10: 0.02}
      """)
    let expected = NoiseModel(
      name: "my device",
      rules: [
        NoiseRule("gate error", on: .oneQubit, except: [.phase], .depolarizing(errorProbability: 6e-4)),
        NoiseRule("pairs", on: .twoQubit, .depolarizing(mixing: 0.01, qubitCount: 2)),
        NoiseRule("bad pair", gates: [.cx], exactQubits: [2, 3], isOrdered: true, effect: .channel(.bitFlip(0.02))),
        NoiseRule("spectators", qubits: [0, 1], effect: .crosstalk(.phaseFlip(0.001), neighbors: [0: [1], 1: [0, 2], 2: [1]])),
        NoiseRule("over-rotation", gates: [.rx, .ry], effect: .overRotation(0.01)),
      ], times: GateTimes(classes: [.oneQubit: 35, .phase: 0], gates: [.cx: 250]),
      relaxation: Relaxation(t1: 150_000, t2: 100_000, excitedPopulation: 0.01),
      readout: try ReadoutError(p01: 0.01, p10: 0.02, qubits: [0, 1]))
    #expect(model == expected)
  }

  @Test func channelsOfOnesOwnAreRead() throws {
    let model = try Self.model(
      """
      relaxation: {t1: 100, t2: 80, frequency: 5, temperature: 0.05}
      rules:
        - {on: [two-qubit], paulis: {X0 X1: 0.01, Z1: 0.02}}
        - {on: [two-qubit], lindblad: {Z0 Z1: 0.3}}
        - {name: own, on: [one-qubit], kraus: [[[1, 0], [0, 0.8]], [[0, 0], [0, [0, 0.6]]]]}
      """)
    #expect(abs(try #require(model.relaxation?.excitedPopulation.constantValue) - 0.008169) < 1e-6)
    let paulis = [(word: PauliWord([X(0), X(1)]), probability: Angle(0.01)), (word: PauliWord([Z(1)]), probability: Angle(0.02))]
    let rates = [(word: PauliWord([Z(0), Z(1)]), rate: Angle(0.3))]
    #expect(
      model.rules.prefix(2) == [
        NoiseRule("paulis", on: .twoQubit, .paulis(paulis, qubitCount: 2)),
        NoiseRule("lindblad", on: .twoQubit, .pauliLindblad(rates, qubitCount: 2)),
      ])
    guard case .channel(let channel) = model.rules[2].effect else {
      Issue.record("no channel")
      return
    }
    #expect(maximumDifference(try channel.transfer().diagonal, [1, 0.8, 0.8, 1]) < 1e-12)
  }

  @Test func aPresetIsAStart() throws {
    #expect(try Self.model("preset: transmon-chain\nqubits: 4\nname: transmon chain\n") == .transmonChain(qubits: 4))
  }

  @Test(arguments: [
    (
      "rules: [{channel: bit_flp, p: 0.1}]",
      "noise.yaml:1:19: unknown value 'bit_flp' for 'rules[0].channel'; did you mean 'bit_flip'?"
    ),
    ("rules: [{channel: bit_flip, p: 1.5}]", "noise.yaml:1:32: 'rules[0].p' wants a number of at least 0.0 and at most 1.0"),
    ("rules: [{channel: bit_flip}]", "noise.yaml:1:9: the channel 'bit_flip' lacks 'p'"),
    ("rules: [{on: [one-qubit]}]", "noise.yaml:1:9: a rule lacks what it adds"),
    ("rules: [{overRotation: 0.1, paulis: {X0: 0.1}}]", "noise.yaml:1:9: a rule adds one thing, found overRotation, paulis"),
    ("rules: [{paulis: {X0 + Z0: 0.1}}]", "noise.yaml:1:19: 'X0 + Z0' is no new Pauli word"),
    ("rules: [{paulis: {X0: 0.6, Z0: 0.6}}]", "noise.yaml:1:18: the probabilities add up to 1.2, at most 1"),
    ("rules: [{kraus: [[[1, 0], [0, 0.5]]]}]", "noise.yaml:1:17: The map does not keep the trace"),
    ("relaxation: {t1: 10, t2: 5, temperature: 1}", "noise.yaml:1:42: a temperature (kelvin) goes with"),
    ("preset: trapped-ion", "noise.yaml:1:9: the preset lacks the number of qubits"),
    ("readout: [{qubits: [0, 0]}]", "noise.yaml:1:24: qubit 0 has two readout errors"),
    ("readout: [{qubits: [0], matrix: [[0.9, 0.2], [0.2, 0.8]]}]", "noise.yaml:1:11: Probabilities must be at least 0"),
    ("times: {cxx: 3}", "noise.yaml:1:9: unknown operation 'cxx'"),
    ("relaxation: {t1: 10, t2: 30}", "noise.yaml:1:26: 'relaxation.t2' wants a number above 0.0 and at most 20.0"),
  ])
  func mistakesNameTheirPlace(yaml: String, start: String) {
    do {
      _ = try Self.model(yaml)
      Issue.record("read: \(yaml)")
    } catch {
      #expect("\(error)".hasPrefix(start), "\(error)")
    }
  }
}
