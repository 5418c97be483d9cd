import LinearAlgebra
import QuantumStates

/// A noise channel: a completely positive map that keeps the trace, on one or more qubits.
///
/// Strengths are expressions like angles: numbers, trained parameters or features, so that noise can be fitted and differentiated.
///
/// ```swift
/// let decay = Channel.amplitudeDamping(0.02)
/// let fitted = Channel.depolarizing(errorProbability: weights[3])
/// let measured = try Channel(kraus: operators)
/// ```
public struct Channel: Sendable, Hashable {
  /// The channel's word in the circuit language.
  public let name: String
  /// How many qubits it acts on; the first is the least significant bit of matrices.
  public let qubitCount: Int
  /// The numbers it depends on.
  public private(set) var strengths: [Angle]
  let content: Content

  enum Content: Sendable, Hashable {
    case row(ChannelKind)
    /// Pauli words with the strengths as probabilities; the identity with what is left.
    case paulis([PauliWord])
    /// exp(Σ λ (PρP - ρ)) of Pauli words with the strengths as rates λ.
    case generators([PauliWord])
    case fixed(kraus: [ComplexMatrix], transfer: RealMatrix)
  }

  /// What a channel is made from, beside its strengths: what a writer needs to say it.
  package enum Form: Sendable, Hashable {
    /// A row of the channel table.
    case row(ChannelKind)
    /// Pauli words with the strengths as probabilities.
    case paulis([PauliWord])
    /// Pauli words with the strengths as rates.
    case generators([PauliWord])
    /// Kraus operators.
    case kraus([ComplexMatrix])
  }

  /// The channel's form; `name` and `strengths` go with it.
  package var form: Form {
    switch content {
    case .row(let kind): .row(kind)
    case .paulis(let words): .paulis(words)
    case .generators(let words): .generators(words)
    case .fixed(let kraus, _): .kraus(kraus)
    }
  }

  init(_ name: String, qubitCount: Int, strengths: [Angle] = [], _ content: Content) {
    self.name = name
    self.qubitCount = qubitCount
    self.strengths = strengths
    self.content = content
  }

  /// The channel of a row with the given strengths. What they must satisfy is checked when the channel enters a circuit or a model.
  public init(_ kind: ChannelKind, _ strengths: [Angle], qubitCount: Int = 1) {
    let row = kind.row
    precondition(
      strengths.count == row.strengths.count && (row.qubitCount ?? qubitCount) == qubitCount && 1...4 ~= qubitCount,
      "Channel: \(row.word) takes \(row.strengths.map(\.name)) on \(row.qubitCount.map { "\($0)" } ?? "1 to 4") qubits, "
        + "got \(strengths.count) strengths on \(qubitCount)")
    self.init(row.word, qubitCount: qubitCount, strengths: strengths, .row(kind))
  }

  /// Applies each word with its probability, the identity with what is left.
  ///
  /// - Parameter probabilities: words on qubits 0..<qubitCount with probabilities that add up to at most 1.
  public static func paulis(_ probabilities: [(word: PauliWord, probability: Angle)], qubitCount: Int) -> Channel {
    checkWords(probabilities.map(\.word), qubitCount)
    return Channel(
      "Paulis", qubitCount: qubitCount, strengths: probabilities.map(\.probability), .paulis(probabilities.map(\.word)))
  }

  /// The sparse Pauli-Lindblad channel `exp(Σ λ_k (P_k ρ P_k - ρ))`.
  ///
  /// Source: van den Berg, Minev, Kandala, Temme, "Probabilistic error cancellation with sparse Pauli-Lindblad models", 2023.
  /// - Parameter rates: words on qubits 0..<qubitCount with rates of at least 0.
  public static func pauliLindblad(_ rates: [(word: PauliWord, rate: Angle)], qubitCount: Int) -> Channel {
    checkWords(rates.map(\.word), qubitCount)
    return Channel("PauliLindblad", qubitCount: qubitCount, strengths: rates.map(\.rate), .generators(rates.map(\.word)))
  }

  private static func checkWords(_ words: [PauliWord], _ qubitCount: Int) {
    precondition(
      1...4 ~= qubitCount && words.allSatisfy { $0.qubitCount <= qubitCount && !$0.isIdentity } && Set(words).count == words.count,
      "Channel: \(words) must be different words, none the identity, on 1 to 4 qubits; the channel has \(qubitCount)")
  }

  /// The channel with every symbol of its strengths replaced.
  func substituting(_ replacement: (Angle.Symbol) -> Angle) -> Channel {
    replacingStrengths { $0.substituting(replacement) }
  }

  func replacingStrengths(_ transform: (Angle) -> Angle) -> Channel {
    var result = self
    result.strengths = strengths.map(transform)
    return result
  }

  /// The names of the strengths, in order.
  public var strengthNames: [String] {
    switch content {
    case .row(let kind): kind.row.strengths.map(\.name)
    case .paulis(let words), .generators(let words): words.map(\.description)
    case .fixed: []
    }
  }

  /// Why the channel does not take these numbers as strengths; nil where it does.
  func error(of values: [Double]) -> ChannelError? {
    switch content {
    case .row(let kind): return kind.row.error(of: values)
    case .paulis:
      for (name, value) in zip(strengthNames, values) where !(0...1 ~= value) {
        return .strength(channel: self.name, name: name, found: value, range: 0...1)
      }
      let sum = values.reduce(0, +)
      return sum <= 1 + 1e-12 ? nil : .strengths(channel: name, reason: "the probabilities add up to \(sum), at most 1")
    case .generators:
      let range = 0...Double.greatestFiniteMagnitude
      return zip(strengthNames, values).first { !(range ~= $0.1) }.map {
        .strength(channel: name, name: $0.0, found: $0.1, range: range)
      }
    case .fixed: return nil
    }
  }

  /// The entries of the Pauli-transfer matrix as expressions; those that are not listed are zero.
  var transferEntries: [TransferEntry] {
    switch content {
    case .row(let kind): return kind.row.transfer(strengths, qubitCount)
    case .paulis(let words): return PauliMixture.transfer(words, strengths, qubitCount: qubitCount)
    case .generators(let words):
      return TransferEntry.diagonal(
        PauliBasis.words(qubitCount: qubitCount).map { component in
          .exp(zip(words, strengths).reduce(0) { $1.0.commutes(with: component) ? $0 : $0 + -2 * $1.1 })
        })
    case .fixed(_, let transfer):
      return transfer.elements.enumerated().filter { $0.element != 0 }
        .map { TransferEntry($0.offset / transfer.columns, $0.offset % transfer.columns, Angle($0.element)) }
    }
  }

  /// The values of the strengths.
  func values(parameters: [Double], features: [Double]) throws(ChannelError) -> [Double] {
    let values = strengths.map { $0.value(parameters: parameters, features: features) }
    if let error = error(of: values) { throw error }
    return values
  }
}

extension Instruction {
  /// Whether the instruction is a noise channel.
  public var isChannel: Bool { if case .channel = kind { true } else { false } }

  /// A noise channel on qubits, the first as the least significant bit of the channel's matrices.
  public static func channel(_ channel: Channel, on qubits: Int...) -> Instruction { .channel(channel, qubits: qubits) }

  /// A noise channel on qubits, the first as the least significant bit of the channel's matrices.
  public static func channel(_ channel: Channel, qubits: [Int]) -> Instruction { Instruction(.channel(channel), targets: qubits) }
}
