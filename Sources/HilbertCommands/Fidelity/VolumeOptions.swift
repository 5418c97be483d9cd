import ArgumentParser
import FidelityBenchmarks

// Protocols that ask whether a width is passed.

/// Width, circuits and shots.
struct VolumeOptions<Owner: VolumeDefaults>: ParsableArguments {
  @Option(help: "\(Owner.qubitHelp)")
  var qubits = Owner.qubits

  @Option(help: "Random circuits; a claim takes 100.")
  var circuits = 100

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  var settings: VolumeSettings { VolumeSettings(qubits: qubits, circuits: circuits, shots: shots) }
}

/// What `--qubits` says and begins with.
protocol VolumeDefaults {
  static var qubitHelp: String { get }
  static var qubits: Int { get }
}

/// Settings of `volume`.
struct QuantumVolumeOptions: ProtocolOptions, VolumeDefaults {
  static let word = QuantumVolume.word
  static let abstract = "Quantum volume: share of heavy outcomes of circuits as deep as they are wide."
  static let discussion = """
    Random two-qubit unitaries on random pairs, each in three CX. A width is passed where more than 2/3 of the outcomes are heavy, \
    with two standard deviations of at least 100 circuits.
    """
  static let (qubitHelp, qubits) = ("Qubits and layers, 2 to 20.", 3)

  @OptionGroup var volume: VolumeOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try QuantumVolume(volume.settings) }
}

/// Settings of `mirror-volume`.
struct MirrorVolumeOptions: ProtocolOptions, VolumeDefaults {
  static let word = MirrorVolume.word
  static let abstract = "Mirror volume: circuits of quantum volume, half as deep and then undone."
  static let discussion = """
    The right outcome is known without simulation, so that widths beyond 20 can be tried. A width is passed where more than 2/3 of the \
    outcomes are right, with two standard deviations of at least 100 circuits.
    """
  static let (qubitHelp, qubits) = ("Qubits and layers, an even number of 2 to 62.", 4)

  @OptionGroup var volume: VolumeOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try MirrorVolume(volume.settings) }
}
