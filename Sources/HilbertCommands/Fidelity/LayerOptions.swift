import ArgumentParser
import FidelityBenchmarks

// Protocols that measure layers of gates.

/// Settings of `mirror`.
struct MirrorOptions: ProtocolOptions, SequenceDefaults {
  static let word = MirrorBenchmarking.word
  static let abstract = "Mirror randomized benchmarking: error per layer of CX and one-qubit gates, on many qubits."
  static let discussion = """
    Random layers, the same layers backwards, and random Pauli gates in between; nothing has to be compiled or simulated to know the \
    right outcome. With Pauli noise it runs by stabilizers.
    """

  static let (qubitHelp, qubits) = ("Number of qubits, 1 to 62.", 4)
  static let (lengthHelp, lengths) = ("layers, even", [2, 4, 8, 16, 32, 64, 128])
  static let (circuits, shots) = (30, 1000)

  @OptionGroup var layers: RandomLayerOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try MirrorBenchmarking(layers.settings) }
}

/// Settings of `direct`.
struct DirectOptions: ProtocolOptions, SequenceDefaults {
  static let word = DirectBenchmarking.word
  static let abstract = "Direct randomized benchmarking: error per layer of CX and one-qubit gates."
  static let discussion = """
    Layers of the device's gates stand between a random Clifford element and the one that undoes everything; what those cost does not \
    count.
    """

  static let (qubitHelp, qubits) = ("Number of qubits, 1 to 10.", 2)
  static let (lengthHelp, lengths) = ("layers", [0, 2, 4, 8, 16, 32, 64])
  static let (circuits, shots) = (30, 1000)

  @OptionGroup var layers: RandomLayerOptions<Self>

  func benchmark() throws -> any FidelityProtocol { try DirectBenchmarking(layers.settings) }
}

/// Settings of protocols that stack random layers.
struct RandomLayerOptions<Owner: SequenceDefaults>: ParsableArguments {
  @OptionGroup var sequences: SequenceOptions<Owner>

  @Option(help: "The share of qubits in CX gates of a layer.")
  var density = 0.5

  var settings: RandomLayerSettings {
    RandomLayerSettings(
      qubits: sequences.qubits, depths: sequences.repeats.lengths.values, circuitsPerDepth: sequences.repeats.circuits,
      density: density, shots: sequences.repeats.shots)
  }
}

/// Settings of `layer-fidelity`.
struct LayerFidelityOptions: ProtocolOptions, SequenceDefaults {
  static let word = LayerFidelity.word
  static let abstract = "Layer fidelity of a chain, and the error per layered gate (EPLG)."
  static let discussion = """
    CX on all pairs of a chain at the same time, in two layers; each pair is measured by direct randomized benchmarking beside all \
    others. Crosstalk between them counts.
    """

  static let (qubitHelp, qubits) = ("Qubits of the chain, 2 to 62.", 4)
  static let (lengthHelp, lengths) = ("layers, from 4 on", [4, 8, 16, 32, 64])

  @OptionGroup var sequences: SequenceOptions<Self>

  func benchmark() throws -> any FidelityProtocol {
    let repeats = sequences.repeats
    return try LayerFidelity(
      qubits: sequences.qubits, depths: repeats.lengths.values, circuitsPerDepth: repeats.circuits, shots: repeats.shots)
  }
}

/// Settings of `cycle`.
struct CycleOptions: ProtocolOptions, RepeatDefaults {
  static let word = CycleBenchmarking.word
  static let abstract = "Cycle benchmarking: process fidelity of a cycle of Clifford gates."
  static let discussion = """
    The cycle is repeated between random Pauli gates; the expectations of Pauli words decay, whatever preparation and readout are worth. \
    On one and two qubits all words are taken.
    """

  static let (lengthHelp, lengths, circuits) = ("repetitions", [2, 8, 32], 10)

  @Argument(help: "The cycle: a circuit file of Clifford gates; measurements at its end are left out.")
  var circuit: String

  @Option(help: "Pauli words drawn, where there are more than 15.")
  var words = 20

  @OptionGroup var repeats: RepeatOptions<Self>

  func benchmark() throws -> any FidelityProtocol {
    try CycleBenchmarking(
      of: CircuitText.read(circuit).file.circuit.removingFinalMeasurements, depths: repeats.lengths.values, words: words,
      circuitsPerDepth: repeats.circuits, shots: repeats.shots)
  }
}
