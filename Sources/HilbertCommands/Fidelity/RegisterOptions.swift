import ArgumentParser
import FidelityBenchmarks

// Protocols that ask for no more than qubits and shots.

/// Qubits and shots.
struct RegisterOptions<Owner: RegisterDefaults>: ParsableArguments {
  @Option(help: "Number of qubits, \(Owner.range.lowerBound) to \(Owner.range.upperBound).")
  var qubits = Owner.qubits

  @Option(help: "Times that each circuit is run.")
  var shots = Owner.shots

  var settings: RegisterSettings { RegisterSettings(qubits: qubits, shots: shots) }
}

/// How many qubits there may be, and what the options begin with.
protocol RegisterDefaults {
  static var range: ClosedRange<Int> { get }
  static var qubits: Int { get }
  static var shots: Int { get }
}

/// Settings of `ghz`.
struct GHZOptions: ProtocolOptions, RegisterDefaults {
  static let word = GHZFidelity.word
  static let abstract = "Fidelity of a GHZ state, by its populations and the oscillation of its parity."
  static let discussion = "A fidelity above 1/2 needs entanglement of all qubits. Two of the settings give a lower bound alone."
  static let (range, qubits, shots) = (2...62, 3, 10_000)

  @OptionGroup var register: RegisterOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try GHZFidelity(register.settings) }
}

/// Settings of `w`.
struct WOptions: ProtocolOptions, RegisterDefaults {
  static let word = WFidelity.word
  static let abstract = "Fidelity of a W state, by its populations and the coherences of its pairs."
  static let discussion = "A fidelity above (n - 1)/n needs entanglement of all qubits."
  static let (range, qubits, shots) = (2...20, 3, 2000)

  @OptionGroup var register: RegisterOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try WFidelity(register.settings) }
}

/// Settings of `detector`.
struct DetectorOptions: ProtocolOptions, RegisterDefaults {
  static let word = DetectorTomography.word
  static let abstract = "Detector tomography: what a readout measures, along all axes."
  static let discussion = """
    4^n products of |0>, |1>, |+> and |+i> are prepared and read. A perfect readout of a qubit measures Z alone; parts along X and Y are a \
    tilted axis, which a confusion matrix cannot show.
    """
  static let (range, qubits, shots) = (1...3, 1, 10_000)

  @OptionGroup var register: RegisterOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try DetectorTomography(register.settings) }
}

/// Settings of `readout`.
struct ReadoutOptions: ProtocolOptions, RegisterDefaults {
  static let word = ReadoutCharacterization.word
  static let abstract = "Readout: confusion of every basis state, errors by qubit, and crosstalk."
  static let discussion = """
    All 2^n basis states are prepared and measured; crosstalk is the distance from errors that are independent by qubit.
    """
  static let (range, qubits, shots) = (1...8, 2, 10_000)

  @OptionGroup var register: RegisterOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try ReadoutCharacterization(register.settings) }
}
