import LinearAlgebra

/// All that is known of a noise channel with a name: circuits, simulation, gradients, noise files and help read this row.
///
/// A row says the channel twice, for two kinds of run: as a Pauli-transfer matrix of expressions, which have derivatives, and as
/// Kraus operators; and what becomes of its strengths when it acts for longer. Tests hold the three against each other.
public struct ChannelRow: Sendable {
  /// The word of the circuit language, for example `AmplitudeDamping`.
  public let word: String
  /// What the channel's strengths are, in order.
  public let strengths: [Strength]
  /// How many qubits the channel acts on; nil for any number.
  public let qubitCount: Int?
  /// The channel in the field's notation.
  public let formula: String
  /// One sentence on what the channel does.
  public let help: String
  /// What the ranges of the strengths alone do not say; a text where the strengths are wrong together.
  let fault: @Sendable ([Double]) -> String?
  let transfer: @Sendable ([Angle], _ qubitCount: Int) -> [TransferEntry]
  let kraus: @Sendable ([Double], _ qubitCount: Int) -> [ComplexMatrix]
  /// The strengths of the channel that acts `factor` times as long; see `Channel.stretched`.
  let stretch: @Sendable ([Angle], _ factor: Double, _ qubitCount: Int) -> [Angle]

  /// A number that a channel takes.
  public struct Strength: Sendable, Hashable {
    /// The name, for example `gamma`; the argument label of the word, and the key in noise files.
    public let name: String
    /// Which values are allowed.
    public let range: ClosedRange<Double>

    public init(_ name: String, in range: ClosedRange<Double>) {
      self.name = name
      self.range = range
    }

    static func probability(_ name: String) -> Strength { Strength(name, in: 0...1) }
  }

  init(
    _ word: String, strengths: [Strength], qubits: Int? = 1, formula: String, help: String,
    fault: @escaping @Sendable ([Double]) -> String? = { _ in nil },
    transfer: @escaping @Sendable ([Angle], Int) -> [TransferEntry], kraus: @escaping @Sendable ([Double], Int) -> [ComplexMatrix],
    stretch: @escaping @Sendable ([Angle], Double, Int) -> [Angle]
  ) {
    self.word = word
    self.strengths = strengths
    qubitCount = qubits
    self.formula = formula
    self.help = help
    self.fault = fault
    self.transfer = transfer
    self.kraus = kraus
    self.stretch = stretch
  }

  /// Why the channel does not take these strengths; nil where it does.
  func error(of values: [Double]) -> ChannelError? {
    for (strength, value) in zip(strengths, values) where !(strength.range ~= value) {
      return .strength(channel: word, name: strength.name, found: value, range: strength.range)
    }
    return fault(values).map { .strengths(channel: word, reason: $0) }
  }
}

/// An entry of a Pauli-transfer matrix as an expression in strengths. Entries that are not listed are zero.
public struct TransferEntry: Sendable, Hashable {
  /// The number of the component that is written.
  public let row: Int
  /// The number of the component that is read.
  public let column: Int
  /// What it is multiplied by.
  public let value: Angle

  init(_ row: Int, _ column: Int, _ value: Angle) {
    self.row = row
    self.column = column
    self.value = value
  }

  /// The entries of a diagonal matrix.
  static func diagonal(_ values: [Angle]) -> [TransferEntry] { values.enumerated().map { TransferEntry($0, $0, $1) } }
}
