import LinearAlgebra
import QuantumStates

// Channels that apply Pauli words at random. Their transfer matrices are diagonal: a component Q keeps the share of the words that
// commute with it, less the share of those that do not.

extension ChannelRow {
  static let bitFlip = flip("BitFlip", .x, formula: "(1 - p) ρ + p XρX", help: "X with probability p.")
  static let phaseFlip = flip("PhaseFlip", .z, formula: "(1 - p) ρ + p ZρZ", help: "Z with probability p.")
  static let bitPhaseFlip = flip("BitPhaseFlip", .y, formula: "(1 - p) ρ + p YρY", help: "Y with probability p.")

  static let pauli = ChannelRow(
    "PauliChannel", strengths: [.probability("px"), .probability("py"), .probability("pz")],
    formula: "(1 - px - py - pz) ρ + px XρX + py YρY + pz ZρZ", help: "X, Y or Z, each with a probability of its own.",
    fault: { values in
      let sum = values.reduce(0, +)
      return sum <= 1 + 1e-12 ? nil : "px + py + pz is \(sum), at most 1"
    },
    transfer: { strengths, _ in PauliMixture.transfer(oneQubitWords, strengths, qubitCount: 1) },
    kraus: { values, _ in PauliMixture.kraus(oneQubitWords, values, qubitCount: 1) },
    stretch: { strengths, factor, _ in
      PauliMixture.power(oneQubitWords, strengths, factor, qubitCount: 1).map(\.probability)
    })

  static let depolarizing = ChannelRow(
    "Depolarizing", strengths: [.probability("errorProbability")], qubits: nil,
    formula: "(1 - p) ρ + p/(4^k - 1) Σ PρP over the Pauli words P ≠ I of k qubits",
    help:
      "With probability p a Pauli word other than the identity, all equally likely: X, Y, Z with p/3 each on one qubit, 15 words "
      + "with p/15 each on two. The p of Cirq, PennyLane and Qulacs; Qiskit's parameter is 4^k/(4^k - 1) p, see mixing.",
    transfer: { strengths, count in
      let words = Double(1 << (2 * count))
      return uniform(shrinking: 1 - words / (words - 1) * strengths[0], qubitCount: count)
    },
    kraus: { values, count in uniformKraus(errorProbability: values[0], qubitCount: count) },
    stretch: { strengths, factor, count in
      let words = Double(1 << (2 * count))
      return [(words - 1) / words * Angle.lost(words / (words - 1) * strengths[0], times: factor)]
    })

  static let depolarizingMixing = ChannelRow(
    "Depolarizing", strengths: [.probability("mixing")], qubits: nil, formula: "(1 - λ) ρ + λ I/2^k",
    help:
      "Replaces the state of k qubits by the maximally mixed one with probability λ. The parameter of Qiskit and of most papers; "
      + "λ = 4^k/(4^k - 1) p in terms of errorProbability p.",
    transfer: { strengths, count in uniform(shrinking: 1 - strengths[0], qubitCount: count) },
    kraus: { values, count in
      let words = Double(1 << (2 * count))
      return uniformKraus(errorProbability: (words - 1) / words * values[0], qubitCount: count)
    },
    stretch: { strengths, factor, _ in [.lost(strengths[0], times: factor)] })

  private static let oneQubitWords = [PauliWord([X(0)]), PauliWord([Y(0)]), PauliWord([Z(0)])]

  private static func flip(_ word: String, _ pauli: Pauli, formula: String, help: String) -> ChannelRow {
    let words = [PauliWord([PauliFactor(pauli, 0)])]
    return ChannelRow(
      word, strengths: [.probability("p")], formula: formula, help: help,
      transfer: { strengths, _ in PauliMixture.transfer(words, strengths, qubitCount: 1) },
      kraus: { values, _ in PauliMixture.kraus(words, values, qubitCount: 1) },
      stretch: { strengths, factor, _ in [0.5 * Angle.lost(2 * strengths[0], times: factor)] })
  }

  private static func uniform(shrinking factor: Angle, qubitCount: Int) -> [TransferEntry] {
    TransferEntry.diagonal([1] + Array(repeating: factor, count: 1 << (2 * qubitCount) - 1))
  }

  private static func uniformKraus(errorProbability p: Double, qubitCount: Int) -> [ComplexMatrix] {
    let words = PauliBasis.words(qubitCount: qubitCount).dropFirst()
    return PauliMixture.kraus(Array(words), words.map { _ in p / Double(words.count) }, qubitCount: qubitCount)
  }
}

/// Pauli words applied with given probabilities, the identity with what is left.
enum PauliMixture {
  static func transfer(_ words: [PauliWord], _ probabilities: [Angle], qubitCount: Int) -> [TransferEntry] {
    TransferEntry.diagonal(
      PauliBasis.words(qubitCount: qubitCount).map { component in
        zip(words, probabilities).reduce(1) { $1.0.commutes(with: component) ? $0 : $0 + -2 * $1.1 }
      })
  }

  static func kraus(_ words: [PauliWord], _ probabilities: [Double], qubitCount: Int) -> [ComplexMatrix] {
    let rest = 1 - probabilities.reduce(0, +)
    return zip([.identity] + words, [rest] + probabilities).filter { $0.1 > 0 }
      .map { Complex($0.1.squareRoot()) * $0.0.matrix(qubits: qubitCount) }
  }
}

/// X with probability p.
public func BitFlip(_ p: Angle, _ qubit: Int) -> Instruction { .channel(.bitFlip(p), on: qubit) }
/// Z with probability p.
public func PhaseFlip(_ p: Angle, _ qubit: Int) -> Instruction { .channel(.phaseFlip(p), on: qubit) }
/// Y with probability p.
public func BitPhaseFlip(_ p: Angle, _ qubit: Int) -> Instruction { .channel(.bitPhaseFlip(p), on: qubit) }
/// X, Y or Z, each with a probability of its own.
public func PauliChannel(px: Angle, py: Angle, pz: Angle, _ qubit: Int) -> Instruction {
  .channel(.pauli(px: px, py: py, pz: pz), on: qubit)
}
/// With probability p a Pauli word other than the identity on the qubits together, all equally likely.
public func Depolarizing(errorProbability p: Angle, _ qubits: Int...) -> Instruction {
  .channel(.depolarizing(errorProbability: p, qubitCount: qubits.count), qubits: qubits)
}
/// `(1 - λ) ρ + λ I/2^k` on the k qubits together.
public func Depolarizing(mixing: Angle, _ qubits: Int...) -> Instruction {
  .channel(.depolarizing(mixing: mixing, qubitCount: qubits.count), qubits: qubits)
}

extension Channel {
  /// X with probability p.
  public static func bitFlip(_ p: Angle) -> Channel { Channel(.bitFlip, [p]) }
  /// Z with probability p.
  public static func phaseFlip(_ p: Angle) -> Channel { Channel(.phaseFlip, [p]) }
  /// Y with probability p.
  public static func bitPhaseFlip(_ p: Angle) -> Channel { Channel(.bitPhaseFlip, [p]) }
  /// X, Y or Z, each with a probability of its own.
  public static func pauli(px: Angle, py: Angle, pz: Angle) -> Channel { Channel(.pauli, [px, py, pz]) }

  /// With probability p a Pauli word other than the identity, all equally likely: p/3 each on one qubit, p/15 each on two.
  ///
  /// Convention: the p of Cirq, PennyLane and Qulacs. Qiskit's parameter is `mixing`, 4p/3 on one qubit.
  public static func depolarizing(errorProbability p: Angle, qubitCount: Int = 1) -> Channel {
    Channel(.depolarizing, [p], qubitCount: qubitCount)
  }

  /// `(1 - λ) ρ + λ I/2^k`: the maximally mixed state with probability λ.
  ///
  /// Convention: the parameter of Qiskit, 4p/3 in terms of the error probability p of one qubit.
  public static func depolarizing(mixing: Angle, qubitCount: Int = 1) -> Channel {
    Channel(.depolarizingMixing, [mixing], qubitCount: qubitCount)
  }
}
