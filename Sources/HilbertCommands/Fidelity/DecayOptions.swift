import ArgumentParser
import FidelityBenchmarks
import QuantumCircuits

// Protocols that read a decay with the length of their circuits.

/// Settings of `rb`.
struct RandomizedBenchmarkingOptions: ProtocolOptions, RepeatDefaults {
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

  @Option(help: "Number of qubits, 1 to 5 (default: 1).")
  var qubits: Int?

  @Option(help: ArgumentHelp("A group of qubits, such as 0,1; repeat for groups at the same time.", valueName: "list"))
  var on: [IntegerList] = []

  @OptionGroup var repeats: RepeatOptions<Self>

  @Option(help: ArgumentHelp("A Clifford gate by its OpenQASM name, on as many qubits as a group has.", valueName: "gate"))
  var interleaved: String?

  func validate() throws {
    guard qubits == nil || on.isEmpty else {
      throw ValidationError("give --qubits for the first qubits or --on for others, not both")
    }
  }

  func benchmark() throws -> any FidelityProtocol {
    try RandomizedBenchmarking(
      groups: on.isEmpty ? [Array(0..<max(0, qubits ?? 1))] : on.map(\.values), lengths: repeats.lengths.values,
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
struct CrossEntropyOptions: ProtocolOptions, SequenceDefaults {
  static let word = CrossEntropy.word
  static let abstract = "Cross-entropy benchmarking: fidelity per cycle of random circuits."
  static let discussion = """
    A cycle is a random root of X, Y or W on every qubit and CZ on neighbours. The measured distribution is compared with the ideal \
    one by three estimators (linear, logarithmic, heavy outcomes); the fidelity decays with the number of cycles.
    """
  static let (qubitHelp, qubits) = ("Number of qubits, 2 to 20.", 2)
  static let (lengthHelp, lengths) = ("cycles", [2, 4, 8, 12, 16, 24, 32])
  static let shots = 1000

  @OptionGroup var sequences: SequenceOptions<Self>

  func benchmark() throws -> any FidelityProtocol {
    let repeats = sequences.repeats
    return try CrossEntropy(
      qubits: sequences.qubits, depths: repeats.lengths.values, circuitsPerDepth: repeats.circuits, shots: repeats.shots)
  }
}
