import LinearAlgebra
import QuantumStates
import RealModule

// Channels that drive a qubit towards |0> (the ground state), towards a thermal mixture, or towards a diagonal state.

extension ChannelRow {
  static let amplitudeDamping = ChannelRow(
    "AmplitudeDamping", strengths: [.probability("gamma")],
    formula: "K0 = diag(1, √(1 - γ)), K1 = √γ |0><1|",
    help: "Decay of |1> to |0> with probability γ; γ = 1 - e^{-t/T1} after the time t.",
    transfer: { s, _ in relaxation(coherence: .sqrt(1 - s[0]), population: 1 - s[0], ground: s[0]) },
    kraus: { values, _ in [[[1, 0], [0, root(1 - values[0])]], [[0, root(values[0])], [0, 0]]] },
    stretch: { s, factor, _ in [.lost(s[0], times: factor)] })

  static let generalizedAmplitudeDamping = ChannelRow(
    "GeneralizedAmplitudeDamping", strengths: [.probability("gamma"), .probability("excitedPopulation")],
    formula: "AmplitudeDamping(γ) with probability 1 - p, its mirror image from |0> to |1> with probability p",
    help: "Exchange of energy with a bath at finite temperature: the excited state's population moves towards p.",
    transfer: { s, _ in
      relaxation(coherence: .sqrt(1 - s[0]), population: 1 - s[0], ground: s[0] * (1 - 2 * s[1]))
    },
    kraus: { values, _ in
      let (gamma, excited) = (values[0], values[1])
      let kept = root(1 - gamma), lost = root(gamma)
      let down: [ComplexMatrix] = [[[1, 0], [0, kept]], [[0, lost], [0, 0]]]
      let up: [ComplexMatrix] = [[[kept, 0], [0, 1]], [[0, 0], [lost, 0]]]
      return down.map { root(1 - excited) * $0 } + up.map { root(excited) * $0 }
    },
    stretch: { s, factor, _ in [.lost(s[0], times: factor), s[1]] })

  static let phaseDamping = ChannelRow(
    "PhaseDamping", strengths: [.probability("lambda")],
    formula: "K0 = diag(1, √(1 - λ)), K1 = √λ |1><1|",
    help: "Loss of phase without loss of energy: coherences shrink by √(1 - λ).",
    transfer: { s, _ in relaxation(coherence: .sqrt(1 - s[0]), population: 1, ground: 0) },
    kraus: { values, _ in [[[1, 0], [0, root(1 - values[0])]], [[0, 0], [0, root(values[0])]]] },
    stretch: { s, factor, _ in [.lost(s[0], times: factor)] })

  static let phaseAmplitudeDamping = ChannelRow(
    "PhaseAmplitudeDamping", strengths: [.probability("gamma"), .probability("lambda")],
    formula: "K0 = diag(1, √(1 - γ - λ)), K1 = √γ |0><1|, K2 = √λ |1><1|",
    help: "Decay with probability γ and loss of phase λ together.",
    fault: { $0[0] + $0[1] <= 1 + 1e-12 ? nil : "gamma + lambda is \($0[0] + $0[1]), at most 1" },
    transfer: { s, _ in relaxation(coherence: .sqrt(1 - s[0] - s[1]), population: 1 - s[0], ground: s[0]) },
    kraus: { values, _ in
      [
        [[1, 0], [0, root(1 - values[0] - values[1])]], [[0, root(values[0])], [0, 0]], [[0, 0], [0, root(values[1])]],
      ]
    },
    stretch: { s, factor, _ in
      // Coherences shrink by √(1 - γ - λ), populations by 1 - γ.
      let gamma = Angle.lost(s[0], times: factor)
      return [gamma, Angle.lost(s[0] + s[1], times: factor) - gamma]
    })

  static let thermalRelaxation = ChannelRow(
    "ThermalRelaxation",
    strengths: [
      Strength("t1", in: Double.leastNormalMagnitude...Double.greatestFiniteMagnitude),
      Strength("t2", in: Double.leastNormalMagnitude...Double.greatestFiniteMagnitude),
      Strength("time", in: 0...Double.greatestFiniteMagnitude), .probability("excitedPopulation"),
    ],
    formula: "populations approach (1 - p, p) as e^{-t/T1}, coherences shrink by e^{-t/T2}",
    help: "What idling for a time does to a qubit with relaxation time T1 and coherence time T2 ≤ 2 T1, all in one unit.",
    fault: { $0[1] <= 2 * $0[0] * (1 + 1e-12) ? nil : "t2 is \($0[1]), at most twice t1 = \($0[0])" },
    transfer: { s, _ in
      let kept = Angle.exp(-s[2] / s[0])
      return relaxation(coherence: .exp(-s[2] / s[1]), population: kept, ground: (1 - kept) * (1 - 2 * s[3]))
    },
    kraus: { values, _ in
      let lost = -Double.expMinusOne(-values[2] / values[0])
      // Of the coherence e^{-t/T2} the decay alone leaves e^{-t/2T1}; the rest is lost phase.
      let phase = -Double.expMinusOne(-2 * values[2] / values[1] + values[2] / values[0])
      let dephasing = phaseDamping.kraus([min(1, max(0, phase))], 1)
      return generalizedAmplitudeDamping.kraus([lost, values[3]], 1).flatMap { decay in dephasing.map { $0 * decay } }
        .filter { $0.maximumMagnitude > 0 }
    },
    stretch: { s, factor, _ in [s[0], s[1], factor * s[2], s[3]] })

  static let reset = ChannelRow(
    "ResetError", strengths: [.probability("p0"), .probability("p1")],
    formula: "(1 - p0 - p1) ρ + p0 |0><0| Tr ρ + p1 |1><1| Tr ρ",
    help: "The qubit is found in |0> with probability p0, in |1> with probability p1, whatever it was.",
    fault: { $0[0] + $0[1] <= 1 + 1e-12 ? nil : "p0 + p1 is \($0[0] + $0[1]), at most 1" },
    transfer: { s, _ in
      relaxation(coherence: 1 - s[0] - s[1], population: 1 - s[0] - s[1], ground: s[0] - s[1])
    },
    kraus: { values, _ in
      let (zero, one, kept) = (root(values[0]), root(values[1]), root(max(0, 1 - values[0] - values[1])))
      let all: [ComplexMatrix] = [
        [[kept, 0], [0, kept]], [[zero, 0], [0, 0]], [[0, zero], [0, 0]], [[0, 0], [one, 0]], [[0, 0], [0, one]],
      ]
      return all.filter { $0.maximumMagnitude > 0 }
    },
    stretch: { s, factor, _ in
      let sum = s[0] + s[1]
      let lost = Angle.lost(sum, times: factor)
      if s[0] == .zero || s[1] == .zero { return s.map { $0 == .zero ? .zero : lost } }
      return s.map { $0 / sum * lost }
    })

  /// X and Y shrink to `coherence`, Z to `population`, and the identity feeds Z with `ground`.
  private static func relaxation(coherence: Angle, population: Angle, ground: Angle) -> [TransferEntry] {
    TransferEntry.diagonal([1, coherence, coherence, population]) + [TransferEntry(3, 0, ground)]
  }

  private static func root(_ value: Double) -> Complex<Double> { Complex(max(0, value).squareRoot()) }
}

/// Decay of |1> to |0> with probability gamma.
public func AmplitudeDamping(_ gamma: Angle, _ qubit: Int) -> Instruction { .channel(.amplitudeDamping(gamma), on: qubit) }
/// Exchange of energy with a bath in which the excited state has the given population.
public func GeneralizedAmplitudeDamping(_ gamma: Angle, excitedPopulation: Angle, _ qubit: Int) -> Instruction {
  .channel(.generalizedAmplitudeDamping(gamma, excitedPopulation: excitedPopulation), on: qubit)
}
/// Loss of phase without loss of energy: coherences shrink by √(1 - lambda).
public func PhaseDamping(_ lambda: Angle, _ qubit: Int) -> Instruction { .channel(.phaseDamping(lambda), on: qubit) }
/// Decay with probability gamma and loss of phase lambda together.
public func PhaseAmplitudeDamping(gamma: Angle, lambda: Angle, _ qubit: Int) -> Instruction {
  .channel(.phaseAmplitudeDamping(gamma: gamma, lambda: lambda), on: qubit)
}
/// Idling for a time with relaxation time t1 and coherence time t2 ≤ 2 t1, all in one unit.
public func ThermalRelaxation(t1: Angle, t2: Angle, time: Angle, excitedPopulation: Angle = 0, _ qubit: Int) -> Instruction {
  .channel(.thermalRelaxation(t1: t1, t2: t2, time: time, excitedPopulation: excitedPopulation), on: qubit)
}
/// The qubit is found in |0> with probability p0, in |1> with probability p1, whatever it was.
public func ResetError(p0: Angle, p1: Angle = 0, _ qubit: Int) -> Instruction { .channel(.reset(p0: p0, p1: p1), on: qubit) }

extension Channel {
  /// Decay of |1> to |0> with probability gamma.
  public static func amplitudeDamping(_ gamma: Angle) -> Channel { Channel(.amplitudeDamping, [gamma]) }
  /// Exchange of energy with a bath in which the excited state has the given population.
  public static func generalizedAmplitudeDamping(_ gamma: Angle, excitedPopulation: Angle) -> Channel {
    Channel(.generalizedAmplitudeDamping, [gamma, excitedPopulation])
  }
  /// Loss of phase without loss of energy: coherences shrink by √(1 - lambda).
  public static func phaseDamping(_ lambda: Angle) -> Channel { Channel(.phaseDamping, [lambda]) }
  /// Decay with probability gamma and loss of phase lambda together; gamma + lambda at most 1.
  public static func phaseAmplitudeDamping(gamma: Angle, lambda: Angle) -> Channel {
    Channel(.phaseAmplitudeDamping, [gamma, lambda])
  }
  /// Idling for a time with relaxation time t1 and coherence time t2 ≤ 2 t1, all in one unit.
  ///
  /// - Parameter excitedPopulation: of the state that is approached; see `thermalPopulation`.
  public static func thermalRelaxation(t1: Angle, t2: Angle, time: Angle, excitedPopulation: Angle = 0) -> Channel {
    Channel(.thermalRelaxation, [t1, t2, time, excitedPopulation])
  }
  /// The qubit is found in |0> with probability p0, in |1> with probability p1, whatever it was.
  public static func reset(p0: Angle, p1: Angle = 0) -> Channel { Channel(.reset, [p0, p1]) }

  /// The excited state's population in equilibrium, 1/(1 + e^{hf/kT}).
  ///
  /// - Parameters:
  ///   - frequency: of the qubit, in gigahertz.
  ///   - temperature: of its surroundings, in kelvin; 0 gives 0.
  public static func thermalPopulation(frequency: Double, temperature: Double) -> Double {
    // h/k in kelvin per gigahertz, from the exact constants of the 2019 SI.
    temperature <= 0 ? 0 : 1 / (1 + .exp(6.62607015e-34 * 1e9 / 1.380649e-23 * frequency / temperature))
  }
}
