import ArgumentParser
import FidelityBenchmarks

// Protocols that measure layers of gates.

/// Settings of `mirror`.
struct MirrorOptions: ProtocolOptions {
  static let word = MirrorBenchmarking.word
  static let abstract = "Mirror randomized benchmarking: error per layer of CX and one-qubit gates, on many qubits."
  static let discussion = """
    Random layers, the same layers backwards, and random Pauli gates in between; nothing has to be compiled or simulated to know the \
    right outcome. With Pauli noise it runs by stabilizers.
    """

  @Option(help: "Number of qubits, 1 to 62.")
  var qubits = 4

  @Option(help: "Numbers of layers, even.")
  var depths = IntegerList([2, 4, 8, 16, 32, 64, 128])

  @Option(help: "Circuits of each depth.")
  var circuits = 30

  @Option(help: "The share of qubits in CX gates of a layer.")
  var density = 0.5

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    try MirrorBenchmarking(qubits: qubits, depths: depths.values, circuitsPerDepth: circuits, density: density, shots: shots)
  }
}

/// Settings of `direct`.
struct DirectOptions: ProtocolOptions {
  static let word = DirectBenchmarking.word
  static let abstract = "Direct randomized benchmarking: error per layer of CX and one-qubit gates."
  static let discussion = """
    Layers of the device's gates stand between a random Clifford element and the one that undoes everything; what those cost does not \
    count.
    """

  @Option(help: "Number of qubits, 1 to 10.")
  var qubits = 2

  @Option(help: "Numbers of layers.")
  var depths = IntegerList([0, 2, 4, 8, 16, 32, 64])

  @Option(help: "Circuits of each depth.")
  var circuits = 30

  @Option(help: "The share of qubits in CX gates of a layer.")
  var density = 0.5

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  func benchmark() throws -> any FidelityProtocol {
    try DirectBenchmarking(qubits: qubits, depths: depths.values, circuitsPerDepth: circuits, density: density, shots: shots)
  }
}

/// Settings of `layer-fidelity`.
struct LayerFidelityOptions: ProtocolOptions {
  static let word = LayerFidelity.word
  static let abstract = "Layer fidelity of a chain, and the error per layered gate (EPLG)."
  static let discussion = """
    CX on all pairs of a chain at the same time, in two layers; each pair is measured by direct randomized benchmarking beside all \
    others. Crosstalk between them counts.
    """

  @Option(help: "Qubits of the chain, 2 to 62.")
  var qubits = 4

  @Option(help: "Numbers of layers.")
  var depths = IntegerList([4, 8, 16, 32, 64])

  @Option(help: "Circuits of each depth and layer.")
  var circuits = 20

  @Option(help: "Times that each circuit is run.")
  var shots = 500

  func benchmark() throws -> any FidelityProtocol {
    try LayerFidelity(qubits: qubits, depths: depths.values, circuitsPerDepth: circuits, shots: shots)
  }
}

/// Settings of `cycle`.
struct CycleOptions: ProtocolOptions {
  static let word = CycleBenchmarking.word
  static let abstract = "Cycle benchmarking: process fidelity of a cycle of Clifford gates."
  static let discussion = """
    The cycle is repeated between random Pauli gates; the expectations of Pauli words decay, whatever preparation and readout are worth. \
    On one and two qubits all words are taken.
    """

  @Argument(help: "The cycle: a circuit file of Clifford gates; measurements at its end are left out.")
  var circuit: String

  @Option(help: "Numbers of repetitions.")
  var depths = IntegerList([2, 8, 32])

  @Option(help: "Pauli words drawn, where there are more than 15.")
  var words = 20

  @Option(help: "Circuits of each word and depth.")
  var circuits = 10

  @Option(help: "Times that each circuit is run.")
  var shots = 500

  func benchmark() throws -> any FidelityProtocol {
    try CycleBenchmarking(
      of: CircuitText.read(circuit).file.circuit.removingFinalMeasurements, depths: depths.values, words: words,
      circuitsPerDepth: circuits, shots: shots)
  }
}
