import ArgumentParser
import FidelityBenchmarks
import QuantumCircuits

// Protocols that judge what a circuit of the user's prepares or does.

/// A circuit file and shots.
struct PreparationOptions<Owner: PreparationDefaults>: ParsableArguments {
  @Argument(help: "The circuit: gates on 1 to \(Owner.mostQubits) qubits; measurements at its end are left out.")
  var circuit: String

  @Option(help: "Times that each circuit is run.")
  var shots = Owner.shots

  /// With the circuit without measurements at its end.
  var settings: PreparationSettings {
    get throws { PreparationSettings(circuit: try CircuitText.read(circuit).file.circuit.removingFinalMeasurements, shots: shots) }
  }
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

  func benchmark() throws -> any FidelityProtocol { try StateTomography(source.settings) }
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

  func benchmark() throws -> any FidelityProtocol { try PurityTest(source.settings) }
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
    let settings = try source.settings
    return try DirectFidelity(of: settings.circuit, words: words, shots: settings.shots)
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

  func benchmark() throws -> any FidelityProtocol { try ProcessTomography(source.settings) }
}
