import ArgumentParser
import FidelityBenchmarks

// Protocols that ask whether a width is passed.

/// Settings of `volume`.
struct QuantumVolumeOptions: ProtocolOptions {
  static let word = QuantumVolume.word
  static let abstract = "Quantum volume: share of heavy outcomes of circuits as deep as they are wide."
  static let discussion = """
    Random two-qubit unitaries on random pairs, each in three CX. A width is passed where more than 2/3 of the outcomes are heavy, \
    with two standard deviations of at least 100 circuits.
    """

  @Option(help: "Qubits and layers, 2 to 20.")
  var qubits = 3

  @Option(help: "Random circuits; a claim takes 100.")
  var circuits = 100

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol { try QuantumVolume(width: qubits, circuits: circuits, shots: shots) }
}

/// Settings of `mirror-volume`.
struct MirrorVolumeOptions: ProtocolOptions {
  static let word = MirrorVolume.word
  static let abstract = "Mirror volume: circuits of quantum volume, half as deep and then undone."
  static let discussion = """
    The right outcome is known without simulation, so that widths beyond 20 can be tried. A width is passed where more than 2/3 of the \
    outcomes are right, with two standard deviations of at least 100 circuits.
    """

  @Option(help: "Qubits and layers, an even number of 2 to 62.")
  var qubits = 4

  @Option(help: "Random circuits; a claim takes 100.")
  var circuits = 100

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol { try MirrorVolume(width: qubits, circuits: circuits, shots: shots) }
}
