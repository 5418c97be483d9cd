import ArgumentParser
import FidelityBenchmarks
import QuantumCircuits

// Protocols on qubits that are named.

/// Settings of `bell`.
struct BellOptions: ProtocolOptions {
  static let word = BellTest.word
  static let abstract = "Bell test: the CHSH sum S of a Bell pair, and its fidelity."
  static let discussion = """
    S above 2 cannot be explained by outcomes fixed before; it is at most 2.83.
    """

  @Option(help: "The two qubits.")
  var on = IntegerList([0, 1])

  @Option(help: "Times that each circuit is run.")
  var shots = 10_000

  func benchmark() throws -> any FidelityProtocol {
    try BellTest(qubits: on.values, shots: shots)
  }
}

/// Settings of `gst`.
struct GateSetOptions: ProtocolOptions {
  static let word = GateSetTomography.word
  static let abstract = "Gate-set tomography: gates, state and readout of one qubit together, none taken for granted."
  static let discussion = """
    Quarter turns about X and Y, and the gates of --gates, in sequences that repeat short words up to the longest of --lengths. One gate set \
    has to explain all counts, by the largest likelihood; where none does, gates are not the same each time, and the quality is poor.
    """

  @Option(help: ArgumentHelp("Gates beside sx and sy by their OpenQASM names, with commas between.", valueName: "names"))
  var gates = "id"

  @Option(help: "The qubit.")
  var on = 0

  @Option(help: "How many gates repeated words have, at most.")
  var lengths = IntegerList([1, 2, 4, 8, 16])

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    let others = try gates.split(separator: ",").map { try Gate(option: "--gates", String($0)) }
    return try GateSetTomography(gates: others, qubit: on, lengths: lengths.values, shots: shots)
  }
}
