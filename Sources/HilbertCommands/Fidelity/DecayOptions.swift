import ArgumentParser
import FidelityBenchmarks
import QuantumCircuits

// Protocols that read a decay with the length of their circuits.

/// Settings of `rb`.
struct RandomizedBenchmarkingOptions: ProtocolOptions, RepeatDefaults, GroupDefaults {
  static let word = RandomizedBenchmarking.word
  static let abstract = "Randomized benchmarking: error per Clifford element, standard, interleaved or simultaneous."
  static let discussion = """
    Sequences of random elements of the Clifford group, and one that undoes them; the share of right outcomes decays with the length. \
    --interleaved adds sequences with a gate after every element, whose decay over that of the first is the gate's. Several --on run \
    groups of qubits at the same time, each with sequences of its own.
    """
  static let (lengthName, lengthHelp) = ("lengths", "random elements")
  static let lengths = [1, 4, 8, 16, 32, 64, 96, 128, 192, 256]
  static let (circuits, shots) = (30, 1000)

  static let (groupRange, qubits) = (1...5, 1)

  @OptionGroup var groups: GroupOptions<Self>
  @OptionGroup var repeats: RepeatOptions<Self>

  @Option(help: ArgumentHelp("A Clifford gate by its OpenQASM name, on as many qubits as a group has.", valueName: "gate"))
  var interleaved: String?

  func benchmark() throws -> any FidelityProtocol {
    try RandomizedBenchmarking(
      groups: groups.values, lengths: repeats.lengths.values,
      circuitsPerLength: repeats.circuits, shots: repeats.shots,
      interleaved: interleaved.map { try Gate(option: "--interleaved", $0) })
  }
}

/// Settings of `unitarity`.
struct UnitarityOptions: ProtocolOptions, SequenceDefaults {
  static let word = UnitarityBenchmarking.word
  static let abstract = "Unitarity of errors: how much of the error per Clifford is coherent."
  static let discussion = """
    Sequences of random Clifford elements from two starting states, measured in all 3^n products of bases; their purity decays with \
    the unitarity. No calibration takes an element below the error without coherence.
    """
  static let (qubitHelp, qubits) = ("Number of qubits, 1 to 3.", 1)
  static let (lengthName, lengthHelp, lengths) = ("lengths", "random elements", [1, 2, 4, 8, 16, 32, 64])

  @OptionGroup var sequences: SequenceOptions<Self>

  func benchmark() throws -> any FidelityProtocol {
    let repeats = sequences.repeats
    return try UnitarityBenchmarking(
      qubits: sequences.qubits, lengths: repeats.lengths.values, circuitsPerLength: repeats.circuits, shots: repeats.shots)
  }
}

/// Settings of `xeb`.
struct CrossEntropyOptions: ProtocolOptions, RepeatDefaults, GroupDefaults {
  static let word = CrossEntropy.word
  static let abstract = "Cross-entropy benchmarking: error per cycle of random circuits."
  static let discussion = """
    A cycle is a random root of X, Y or W on every qubit and CZ on neighbours. The measured distribution is compared with the ideal \
    one by three estimators (linear, logarithmic, heavy outcomes); the polarization decays with the number of cycles. Several --on run \
    groups of qubits at the same time, such as the pairs of a layer, each with circuits of its own.
    """
  static let (groupRange, qubits) = (2...20, 2)
  static let (lengthHelp, lengths) = ("cycles", [2, 4, 8, 12, 16, 24, 32])
  static let shots = 1000

  @OptionGroup var groups: GroupOptions<Self>
  @OptionGroup var repeats: RepeatOptions<Self>

  func benchmark() throws -> any FidelityProtocol {
    try CrossEntropy(
      groups: groups.values, depths: repeats.lengths.values, circuitsPerDepth: repeats.circuits, shots: repeats.shots)
  }
}
