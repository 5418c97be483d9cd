import ArgumentParser
import FidelityBenchmarks
import QuantumCircuits

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

/// A circuit file and shots.
struct PreparationOptions<Owner: PreparationDefaults>: ParsableArguments {
  @Argument(help: "The circuit: gates on 1 to \(Owner.mostQubits) qubits; measurements at its end are left out.")
  var circuit: String

  @Option(help: "Times that each circuit is run.")
  var shots = Owner.shots

  /// The circuit without measurements at its end.
  func preparation() throws -> Circuit { try CircuitText.read(circuit).file.circuit.removingFinalMeasurements }
}

/// How wide circuits may be, and how often they are run.
protocol PreparationDefaults {
  static var mostQubits: Int { get }
  static var shots: Int { get }
}

extension PreparationDefaults {
  static var shots: Int { 1000 }
}

/// Settings of `tomography`.
struct TomographyOptions: ProtocolOptions, PreparationDefaults {
  static let word = StateTomography.word
  static let abstract = "State tomography: fidelity and purity of what a circuit prepares."
  static let discussion = """
    The circuit is followed by measurements in all 3^n products of the bases of X, Y and Z. The fidelity with the circuit's ideal \
    state and the purity are read without the bias that positive matrices and few shots bring.
    """
  static let mostQubits = 6

  @OptionGroup var source: PreparationOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try StateTomography(of: source.preparation(), shots: source.shots) }
}

/// Settings of `purity`.
struct PurityOptions: ProtocolOptions, PreparationDefaults {
  static let word = PurityTest.word
  static let abstract = "Purity test: tr ρ^2 of what a circuit prepares, from two copies, and that of each qubit."
  static let discussion = """
    Each qubit is measured with its copy in the Bell basis; the share of singlets gives the purity, in one circuit of twice as many qubits. \
    A qubit whose purity is below that of all is entangled with the rest.
    """
  static let (mostQubits, shots) = (10, 10_000)

  @OptionGroup var source: PreparationOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try PurityTest(of: source.preparation(), shots: source.shots) }
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
struct DirectFidelityOptions: ProtocolOptions, PreparationDefaults {
  static let word = DirectFidelity.word
  static let abstract = "Direct fidelity estimation: fidelity of a prepared state from a few Pauli words."
  static let discussion = """
    Words are drawn by their share in the ideal state; for stabilizer states their number does not grow with the qubits.
    """
  static let mostQubits = 8

  @OptionGroup var source: PreparationOptions<Self>

  @Option(help: "Pauli words to draw.")
  var words = 100

  func benchmark() throws -> any FidelityProtocol {
    try DirectFidelity(of: source.preparation(), words: words, shots: source.shots)
  }
}

/// Settings of `process-tomography`.
struct ProcessTomographyOptions: ProtocolOptions, PreparationDefaults {
  static let word = ProcessTomography.word
  static let abstract = "Process tomography: fidelity, unitarity and diamond distance of a circuit as a channel."
  static let discussion = """
    4^n prepared states are measured in 3^n products of bases. Errors of preparation and readout count as errors of the circuit. \
    Unitarity and diamond distance are those of the nearest completely positive and trace-preserving channel.
    """
  static let mostQubits = 3

  @OptionGroup var source: PreparationOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try ProcessTomography(of: source.preparation(), shots: source.shots) }
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

/// Settings of `detector`.
struct DetectorOptions: ProtocolOptions {
  static let word = DetectorTomography.word
  static let abstract = "Detector tomography: what a readout measures, along all axes."
  static let discussion = """
    4^n products of |0>, |1>, |+> and |+i> are prepared and read. A perfect readout of a qubit measures Z alone; parts along X and Y are a \
    tilted axis, which a confusion matrix cannot show.
    """

  @Option(help: "Number of qubits, 1 to 3.")
  var qubits = 1

  @Option(help: "Times that each circuit is run.")
  var shots = 10_000

  func benchmark() throws -> any FidelityProtocol { try DetectorTomography(qubits: qubits, shots: shots) }
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
