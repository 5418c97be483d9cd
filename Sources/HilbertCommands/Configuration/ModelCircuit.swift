import QuantumCircuits
import QuantumStates

/// The circuit of a model: made from an encoding and an ansatz, or read from a file.
enum ModelCircuit: Hashable, Sendable {
  case described(CircuitDescription)
  case file(CircuitSource)

  /// The circuit itself, features and weights numbered from 0.
  var circuit: Circuit {
    switch self {
    case .described(let description): description.circuit
    case .file(let source): source.circuit
    }
  }

  var qubits: Int {
    switch self {
    case .described(let description): description.qubits
    case .file(let source): source.file.circuit.qubitCount
    }
  }

  /// How many circuits stand side by side.
  var circuits: Int {
    switch self {
    case .described(let description): description.circuits
    case .file: 1
    }
  }

  /// How many features one circuit reads.
  var featureCount: Int {
    switch self {
    case .described(let description): description.featureCount
    case .file(let source): source.featureNames.count
    }
  }

  /// The observables that the circuit brings with it.
  var observables: [PauliSum] {
    switch self {
    case .described: []
    case .file(let source): source.file.observables
    }
  }

  /// What else mends a number of features that does not fit.
  var sizeAdvice: String {
    switch self {
    case .described: "take another number of qubits"
    case .file: "name other inputs as features"
    }
  }

  /// The value of the `circuit` key.
  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let keys = try node.entries().compactMap { $0.key.scalar }
    self =
      keys.contains(where: CircuitSource.sourceKeys.contains)
      ? .file(try CircuitSource(node)) : .described(try CircuitDescription(node))
  }
}
