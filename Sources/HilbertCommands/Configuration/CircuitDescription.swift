import QuantumCircuits

/// A circuit as a configuration spells it: features enter by an encoding, weights by an ansatz.
struct CircuitDescription: Hashable, Sendable {
  let qubits: Int
  /// How many circuits stand side by side, each with its own weights and its own share of the features.
  var circuits = 1
  /// How many features a circuit reads; 0 as many as its encoding reads at once, more than it has qubits portion after portion.
  var features = 0
  /// Repetitions of the ansatz, behind every portion of features.
  let layers: Int
  let encoding: Encoding
  let ansatz: Ansatz

  /// Far more than fits a memory, and few enough that no product of sizes overflows.
  private static let qubitRange = 1...50

  /// The arguments, in the order in which help lists them.
  static let parameters: [LayerParameter] = [
    .integer("qubits", in: qubitRange),
    .integer("circuits", in: 1...1024, default: 1),
    .integer("features", in: 0...65_536, default: 0),
    .integer("layers", in: 1...10_000, default: 1),
    .word("encoding", among: Encoding.allCases.map(\.rawValue), default: Encoding.angleX.rawValue),
    .word("ansatz", among: Ansatz.allCases.map(\.rawValue), default: Ansatz.stronglyEntangling.rawValue),
  ]

  /// How many features one circuit reads.
  var featureCount: Int { features > 0 ? features : encoding == .amplitude ? 1 << qubits : qubits }

  /// The circuit itself: features 0, 1, ... encoded, then the ansatz with parameters 0, 1, ...
  var circuit: Circuit {
    guard encoding == .amplitude else {
      return .reuploading(Features(featureCount), qubits: qubits, encoding: encoding, ansatz: ansatz, layers: layers)
    }
    return Circuit(qubits: qubits) {
      encoding.circuit(Features(featureCount))
      ansatz.circuit(qubits: qubits, layers: layers)
    }
  }

  /// - Throws: `ConfigurationError` for features that an encoding cannot take in portions.
  func check(at place: ConfigurationPlace) throws(ConfigurationError) {
    guard encoding == .amplitude, features > 0 else { return }
    throw place.error(
      "the encoding 'amplitude' reads 2^qubits features at once", advice: "leave features out, or take encoding: angle-y")
  }
}

extension CircuitDescription {
  /// The circuit part of a checked layer.
  init(_ layer: PlacedLayer) {
    self.init(
      qubits: layer[integer: "qubits"], circuits: layer[integer: "circuits"], features: layer[integer: "features"],
      layers: layer[integer: "layers"],
      encoding: Encoding(rawValue: layer[word: "encoding"])!, ansatz: Ansatz(rawValue: layer[word: "ansatz"])!)
  }

  /// The value of the `circuit` key.
  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: Self.parameters.map(\.name).filter { $0 != "circuits" })
    guard let qubits = section["qubits"] else {
      throw node.error("'circuit' lacks the key 'qubits'", advice: "write circuit: {qubits: 4, encoding: angle-y, layers: 3}")
    }
    self.init(
      qubits: try qubits.integer(in: Self.qubitRange), features: try section["features"]?.integer(in: 0...65_536) ?? 0,
      layers: try section["layers"]?.integer(in: 1...10_000) ?? 1,
      encoding: try section["encoding"]?.choice(Encoding.self) ?? .angleX,
      ansatz: try section["ansatz"]?.choice(Ansatz.self) ?? .stronglyEntangling)
    try check(at: node.place)
  }
}
