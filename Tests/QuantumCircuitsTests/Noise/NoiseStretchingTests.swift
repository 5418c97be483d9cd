import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

/// A channel that acts for longer is a power of itself, and a model's stretched noise that of slower pulses.
@Suite struct NoiseStretchingTests {
  /// Every row of the table with strengths so weak that it has roots, and channels of words.
  static let channels: [Channel] =
    ChannelKind.allCases.filter { !$0.rawValue.hasPrefix("over_rotation") }.flatMap { kind -> [Channel] in
      let strengths: [Angle] =
        kind == .thermalRelaxation ? [50, 70, 13, 0.2] : [0.06, 0.05, 0.04].prefix(kind.row.strengths.count) + []
      return (kind.row.qubitCount.map { [$0] } ?? [1, 2]).map { Channel(kind, strengths, qubitCount: $0) }
    } + [
      .reset(p0: 0.1), .reset(p0: 0, p1: 0.2), .phaseAmplitudeDamping(gamma: 0, lambda: 0.3),
      .paulis(
        [(PauliWord([X(0), Z(1)]), Angle(0.1)), (PauliWord([Y(1)]), Angle(0.05)), (PauliWord([Z(0)]), Angle(0.08))], qubitCount: 2),
      .pauliLindblad(ChannelLaws.rates.map { ($0.0, Angle($0.1)) }, qubitCount: 2),
      .pauliLindblad([(PauliWord([Z(0)]), Angle(3))], qubitCount: 1),
    ]

  @Test(arguments: channels, [2.0, 3, 9])
  func wholeFactorsAreRepetitions(_ channel: Channel, _ factor: Double) throws {
    let once = try channel.transfer()
    let repeated = (1..<Int(factor)).reduce(once) { product, _ in once * product }
    let stretched = try channel.stretched(by: factor)
    #expect(maximumDifference(try stretched.transfer().elements, repeated.elements) < 1e-13)
    // Kraus operators are of the same channel: it is one.
    #expect(maximumDifference(ChannelLaws.transfer(try stretched.kraus()), repeated.elements) < 1e-13)
  }

  @Test(arguments: channels)
  func factorsMultiply(_ channel: Channel) throws {
    let twice = try channel.stretched(by: 2).stretched(by: 1.3)
    #expect(maximumDifference(try twice.transfer().elements, try channel.stretched(by: 2.6).transfer().elements) < 1e-13)
  }

  /// The rows that are not symmetric in their strengths by formulas: populations stay, times and rates grow, T1 and T2 are of the
  /// device.
  @Test func everyStrengthIsStretchedByWhatItMeans() throws {
    #expect(
      try Channel.generalizedAmplitudeDamping(0.19, excitedPopulation: 0.01).stretched(by: 0.5).strengths[1] == 0.01)
    #expect(
      try Channel.thermalRelaxation(t1: 0.15, t2: 0.1, time: 0.0003, excitedPopulation: 0.01).stretched(by: 2)
        == .thermalRelaxation(t1: 0.15, t2: 0.1, time: 0.0006, excitedPopulation: 0.01))
    #expect(
      try Channel.pauliLindblad([(PauliWord([Z(0)]), Angle(1.5))], qubitCount: 1).stretched(by: 2)
        == .pauliLindblad([(PauliWord([Z(0)]), Angle(3))], qubitCount: 1))
    #expect(try Channel.overRotation(.x, by: 0.3).stretched(by: 2) == .overRotation(.x, by: 0.3))
  }

  /// Channels so strong that components change their sign have whole powers and no others.
  @Test func strongPauliChannelsHaveWholePowersAlone() throws {
    let strong = Channel.pauli(px: 0.3, py: 0.3, pz: 0.3)
    let cubed = try strong.stretched(by: 3).transfer().diagonal
    #expect(maximumDifference(cubed, [1, -0.008, -0.008, -0.008]) < 1e-15)
    for channel in [strong, .bitFlip(0.9), .depolarizing(errorProbability: 0.9)] {
      let error = #expect(throws: ChannelError.self) { try channel.stretched(by: 1.5) }
      #expect(error?.description.contains("its power 1.5 is no channel; take a whole number") == true)
    }
    // X and Y without Z come from no channel half as long.
    #expect(throws: ChannelError.self) { try Channel.pauli(px: 0.1, py: 0.1, pz: 0).stretched(by: 0.5) }
  }

  @Test func symbolsAreStretchedToo() throws {
    let weights = Parameters(3)
    let channel = Channel.pauli(px: weights[0], py: weights[1], pz: weights[2])
    let values = [0.02, 0.03, 0.05]
    for factor in [2, 1.7] {
      let stretched = try channel.stretched(by: factor).transfer(parameters: values)
      let expected = try Channel.pauli(px: 0.02, py: 0.03, pz: 0.05).stretched(by: factor).transfer()
      #expect(maximumDifference(stretched.elements, expected.elements) < 1e-14)
    }
  }

  @Test func krausOperatorsSayWhatToDo() throws {
    let own = try Channel(kraus: Channel.amplitudeDamping(0.1).kraus())
    let model = NoiseModel(rules: [NoiseRule("own", on: .oneQubit, own)])
    let error = #expect(throws: ChannelError.self) { try model.stretched(by: 2) }
    #expect(error?.description.hasPrefix("Kraus: Kraus operators do not say how they depend on the time; give the noise") == true)
    #expect(try model.stretched(by: 1) == model)
  }

  @Test func timesGrowAndReadoutStays() throws {
    var model = NoiseModel(times: GateTimes(classes: [.oneQubit: 20], gates: [.cx: 300]), relaxation: Relaxation(t1: 100, t2: 80))
    model.readout = try ReadoutError(p01: 0.01, p10: 0.02, qubits: 0..<2)
    let stretched = try model.stretched(by: 1.5)
    #expect(stretched.times.classes[.oneQubit] == 30 && stretched.times.gates[.cx] == 450)
    #expect(stretched.readout == model.readout && stretched.relaxation == model.relaxation)
  }

  /// Rules that place their channels, and spectators, are stretched like any other.
  @Test func everyEffectIsStretched() throws {
    let flip = Channel.bitFlip(0.1)
    let model = NoiseModel(rules: [
      NoiseRule("each", effect: .channel(flip)), NoiseRule("first", effect: .placed(flip, places: [0])),
      NoiseRule("near", effect: .crosstalk(flip, neighbors: [0: [1]])), NoiseRule("angle", effect: .overRotation(0.1)),
    ])
    let twice = try flip.stretched(by: 2)
    #expect(
      try model.stretched(by: 2).rules.map(\.effect) == [
        .channel(twice), .placed(twice, places: [0]), .crosstalk(twice, neighbors: [0: [1]]), .overRotation(0.1),
      ])
  }
}
