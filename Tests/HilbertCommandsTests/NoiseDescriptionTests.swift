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
        NoiseRule("paulis", classes: [.twoQubit], effect: .placed(.paulis(paulis, qubitCount: 2), places: [0, 1])),
        NoiseRule("lindblad", classes: [.twoQubit], effect: .placed(.pauliLindblad(rates, qubitCount: 2), places: [0, 1])),
      ])
    guard case .channel(let channel) = model.rules[2].effect else {
      Issue.record("no channel")
      return
    }
    #expect(maximumDifference(try channel.transfer().diagonal, [1, 0.8, 0.8, 1]) < 1e-12)
  }

  /// Words act once, on the qubits that they name, whatever the operation's other qubits are.
  @Test func wordsActOnTheirOwnQubits() throws {
    let model = try Self.model(
      "rules: [{gates: [cx], paulis: {X0: 0.25}}, {gates: [ccx], lindblad: {Z0 X2: 0.1, Z2: 0.2}}, "
        + "{gates: [cx], paulis: {X1: 0.1}, neighbors: [[0, 1]]}]")
    let flip = Channel.paulis([(PauliWord([X(0)]), 0.25)], qubitCount: 1)
    let rates = [(word: PauliWord([Z(0), X(1)]), rate: Angle(0.1)), (word: PauliWord([Z(1)]), rate: Angle(0.2))]
    let near = Channel.paulis([(PauliWord([X(1)]), 0.1)], qubitCount: 2)
    #expect(
      model.rules.map(\.effect) == [
        .placed(flip, places: [0]), .placed(.pauliLindblad(rates, qubitCount: 2), places: [0, 2]),
        .crosstalk(near, neighbors: [0: [1], 1: [0]]),
      ])
    let noisy = try model.applied(to: Circuit(qubits: 3) { CX(2, 1) }).circuit
    #expect(noisy.instructions.prefix(2) == [CX(2, 1), .channel(flip, on: 2)])
  }

  /// Depolarizing noise is as wide as the operations, and where these differ the file has to say.
  @Test(arguments: [
    ("gates: [cx]", 2), ("gates: [cx, swap]", 2), ("gates: [h, rx]", 1), ("gates: [ccx]", 3), ("on: [one-qubit, measurement]", 1),
    ("on: [two-qubit]", 2), ("exactly: [0, 1, 2]", 3), ("on: [two-qubit], width: 1", 1), ("width: 2", 2),
    ("on: [many-qubit], width: 3", 3),
    ("gates: [cx, h], width: 1", 1), ("on: [two-qubit], neighbors: [[0, 1]], width: 2", 2),
  ])
  func depolarizingIsAsWideAsItsOperations(keys: String, width: Int) throws {
    for channel in ["depolarizing, errorProbability: 0.15", "depolarizing_mixing, mixing: 0.1"] {
      let model = try Self.model("rules: [{\(keys), channel: \(channel)}]")
      #expect(model.rules[0].effect.channel?.qubitCount == width)
    }
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
    (
      "rules: [{channel: depolarizing, errorProbability: 0.1}]",
      "noise.yaml:1:9: the channel has a form for each qubit by itself and for several together, and the rule does not say which"
    ),
    (
      "rules: [{gates: [cx, h], channel: depolarizing, errorProbability: 0.1}]",
      "noise.yaml:1:9: the channel has a form for each qubit by itself"
    ),
    (
      "rules: [{on: [two-qubit], channel: depolarizing, errorProbability: 0.1, neighbors: [[0, 1]]}]",
      "noise.yaml:1:9: the channel has a form for each qubit by itself"
    ),
    (
      "rules: [{gates: [cx], width: 3, channel: depolarizing, errorProbability: 0.1}]",
      "noise.yaml:1:30: the rule's operations have 2 qubits"
    ),
    ("rules: [{channel: bit_flip, p: 0.1, width: 1}]", "noise.yaml:1:37: unknown key 'width'"),
    ("qubits: 7", "noise.yaml:1:9: 'qubits' is the size of a preset, and there is none"),
    ("relaxation: {t1: 10, t2: 5, frequency: 5}", "noise.yaml:1:40: a frequency (gigahertz) goes with a temperature (kelvin)"),
    (
      "readout: [{qubits: [0], p01: 0.1, matrix: [[0.9, 0.2], [0.1, 0.8]]}]",
      "noise.yaml:1:30: a matrix says all of the readout error"
    ),
    (
      "rules: [{overRotation: 0.1, neighbors: [[0, 1]]}]",
      "noise.yaml:1:40: an over-rotation turns the gate's own qubits"
    ),
    (
      "rules: [{gates: [cx], channel: bit_flip, p: 0.1, ordered: true}]",
      "noise.yaml:1:59: 'ordered' says whether the order of 'exactly' counts, which is missing"
    ),
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
