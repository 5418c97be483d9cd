import ArgumentParser
import FidelityBenchmarks

// Protocols that judge a prepared state, a circuit as a whole, or its readout.

/// Settings of `ghz`.
struct GHZOptions: ProtocolOptions {
  static let word = GHZFidelity.word
  static let abstract = "Fidelity of a GHZ state, by its populations and the oscillation of its parity."
  static let discussion = "A fidelity above 1/2 needs entanglement of all qubits. Two of the settings give a lower bound alone."

  @Option(help: "Number of qubits, 2 to 62.")
  var qubits = 3

  @Option(help: "Times that each circuit is run.")
  var shots = 10_000

  func benchmark() throws -> any FidelityProtocol { try GHZFidelity(qubits: qubits, shots: shots) }
}

/// Settings of `tomography`.
struct TomographyOptions: ProtocolOptions {
  static let word = StateTomography.word
  static let abstract = "State tomography: fidelity and purity of what a circuit prepares."
  static let discussion = """
    The circuit is followed by measurements in all 3^n products of the bases of X, Y and Z. The fidelity with the circuit's ideal \
    state is read without the bias that positive matrices bring; the purity is that of the nearest density matrix.
    """

  @Argument(help: "The circuit: OpenQASM or Hilbert's JSON, gates on 1 to 6 qubits; measurements at its end are left out.")
  var circuit: String

  @Option(help: "Times that each setting is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    try StateTomography(of: CircuitText.read(circuit).file.circuit.removingFinalMeasurements, shots: shots)
  }
}

/// Settings of `w`.
struct WOptions: ProtocolOptions {
  static let word = WFidelity.word
  static let abstract = "Fidelity of a W state, by its populations and the coherences of its pairs."
  static let discussion = """
    A fidelity above (n - 1)/n needs entanglement of all qubits.
    """

  @Option(help: "Number of qubits, 2 to 20.")
  var qubits = 3

  @Option(help: "Times that each circuit is run.")
  var shots = 2000

  func benchmark() throws -> any FidelityProtocol {
    try WFidelity(qubits: qubits, shots: shots)
  }
}

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

/// Settings of `direct-fidelity`.
struct DirectFidelityOptions: ProtocolOptions {
  static let word = DirectFidelity.word
  static let abstract = "Direct fidelity estimation: fidelity of a prepared state from a few Pauli words."
  static let discussion = """
    Words are drawn by their share in the ideal state; for stabilizer states their number does not grow with the qubits.
    """

  @Argument(help: "The circuit: gates on 1 to 8 qubits; measurements at its end are left out.")
  var circuit: String

  @Option(help: "Pauli words to draw.")
  var words = 100

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    try DirectFidelity(of: CircuitText.read(circuit).file.circuit.removingFinalMeasurements, words: words, shots: shots)
  }
}

/// Settings of `process-tomography`.
struct ProcessTomographyOptions: ProtocolOptions {
  static let word = ProcessTomography.word
  static let abstract = "Process tomography: fidelity, unitarity and diamond distance of a circuit as a channel."
  static let discussion = """
    4^n prepared states are measured in 3^n products of bases. Errors of preparation and readout count as errors of the circuit. \
    Unitarity and diamond distance are those of the nearest completely positive and trace-preserving channel.
    """

  @Argument(help: "The circuit: gates on 1 to 3 qubits; measurements at its end are left out.")
  var circuit: String

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    try ProcessTomography(of: CircuitText.read(circuit).file.circuit.removingFinalMeasurements, shots: shots)
  }
}

/// Settings of `readout`.
struct ReadoutOptions: ProtocolOptions {
  static let word = ReadoutCharacterization.word
  static let abstract = "Readout: confusion of every basis state, errors by qubit, and crosstalk."
  static let discussion = """
    All 2^n basis states are prepared and measured; crosstalk is the distance from errors that are independent by qubit.
    """

  @Option(help: "Number of qubits, 1 to 8.")
  var qubits = 2

  @Option(help: "Times that each circuit is run.")
  var shots = 10_000

  func benchmark() throws -> any FidelityProtocol {
    try ReadoutCharacterization(qubits: qubits, shots: shots)
  }
}
