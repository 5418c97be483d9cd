import ArgumentParser
import FidelityBenchmarks
import QuantumCircuits

// Protocols that read a decay with the length of their circuits.

/// Settings of `rb`.
struct RandomizedBenchmarkingOptions: ProtocolOptions {
  static let word = RandomizedBenchmarking.word
  static let abstract = "Randomized benchmarking: error per Clifford element, standard, interleaved or simultaneous."
  static let discussion = """
    Sequences of random elements of the Clifford group, and one that undoes them; the share of right outcomes decays with the length. \
    --interleaved adds sequences with a gate after every element, whose decay over that of the first is the gate's. Several --on run \
    groups of qubits at the same time, each with sequences of its own.
    """

  @Option(help: "Number of qubits, 1 to 5 (default: 1).")
  var qubits: Int?

  @Option(help: ArgumentHelp("A group of qubits, such as 0,1; repeat for groups at the same time.", valueName: "list"))
  var on: [IntegerList] = []

  @Option(help: "Numbers of random elements.")
  var lengths = IntegerList([1, 4, 8, 16, 32, 64, 96, 128, 192, 256])

  @Option(help: "Sequences of each length.")
  var circuits = 30

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  @Option(help: ArgumentHelp("A Clifford gate by its OpenQASM name, on as many qubits as a group has.", valueName: "gate"))
  var interleaved: String?

  func validate() throws {
    guard qubits == nil || on.isEmpty else {
      throw ValidationError("give --qubits for the first qubits or --on for others, not both")
    }
  }

  func benchmark() throws -> any FidelityProtocol {
    try RandomizedBenchmarking(
      groups: on.isEmpty ? [Array(0..<max(0, qubits ?? 1))] : on.map(\.values), lengths: lengths.values,
      circuitsPerLength: circuits,
      shots: shots, interleaved: interleaved.map { try Gate(option: "--interleaved", $0) })
  }
}

/// Settings of `unitarity`.
struct UnitarityOptions: ProtocolOptions {
  static let word = UnitarityBenchmarking.word
  static let abstract = "Unitarity of errors: how much of the error per Clifford is coherent."
  static let discussion = """
    Sequences of random Clifford elements from two starting states, measured in all 3^n products of bases; their purity decays with \
    the unitarity. No calibration takes an element below the error without coherence.
    """

  @Option(help: "Number of qubits, 1 to 3.")
  var qubits = 1

  @Option(help: "Numbers of random elements.")
  var lengths = IntegerList([1, 2, 4, 8, 16, 32, 64])

  @Option(help: "Sequences of each length.")
  var circuits = 20

  @Option(help: "Times that each circuit is run.")
  var shots = 500

  func benchmark() throws -> any FidelityProtocol {
    try UnitarityBenchmarking(qubits: qubits, lengths: lengths.values, circuitsPerLength: circuits, shots: shots)
  }
}

/// Settings of `xeb`.
struct CrossEntropyOptions: ProtocolOptions {
  static let word = CrossEntropy.word
  static let abstract = "Cross-entropy benchmarking: fidelity per cycle of random circuits."
  static let discussion = """
    A cycle is a random root of X, Y or W on every qubit and CZ on neighbours. The measured distribution is compared with the ideal \
    one by three estimators (linear, logarithmic, heavy outcomes); the fidelity decays with the number of cycles.
    """

  @Option(help: "Number of qubits, 2 to 20.")
  var qubits = 2

  @Option(help: "Numbers of cycles.")
  var depths = IntegerList([2, 4, 8, 12, 16, 24, 32])

  @Option(help: "Circuits of each depth.")
  var circuits = 20

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    try CrossEntropy(qubits: qubits, depths: depths.values, circuitsPerDepth: circuits, shots: shots)
  }
}
