/// A circuit as a configuration spells it: features enter by an encoding, weights by an ansatz.
struct CircuitDescription: Hashable, Sendable {
  var qubits: Int
  /// How many circuits stand side by side, each with its own weights and its own share of the features.
  var circuits = 1
  /// Repetitions of the ansatz.
  var layers = 1
  var encoding: EncodingName
  var ansatz: AnsatzName

  /// The arguments, in the order in which help lists them.
  static let parameters: [LayerParameter] = [
    .integer("qubits", in: 1...24),
    .integer("circuits", in: 1...65_536, default: 1),
    .integer("layers", in: 1...10_000, default: 1),
    .word("encoding", among: EncodingName.allCases.map(\.rawValue), default: EncodingName.RX.rawValue),
    .word("ansatz", among: AnsatzName.allCases.map(\.rawValue), default: AnsatzName.stronglyEntangling.rawValue),
  ]
}

/// How features become rotations.
enum EncodingName: String, CaseIterable, Sendable {
  case RX, RY, RZ, zzFeatureMap
}

/// How weights become rotations and entanglement.
enum AnsatzName: String, CaseIterable, Sendable {
  case stronglyEntangling, basicEntangling, hardwareEfficient
}

extension CircuitDescription {
  /// The circuit part of a checked layer or of the `circuit` key.
  init(_ layer: LayerDescription) {
    self.init(
      qubits: layer[integer: "qubits"], circuits: layer[integer: "circuits"], layers: layer[integer: "layers"],
      encoding: EncodingName(rawValue: layer[word: "encoding"])!, ansatz: AnsatzName(rawValue: layer[word: "ansatz"])!)
  }

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: Self.parameters.map(\.name).filter { $0 != "circuits" })
    guard let qubits = section["qubits"] else {
      throw node.error("'circuit' lacks the key 'qubits'", advice: "write circuit: {qubits: 4, encoding: RY, ansatz: stronglyEntangling}")
    }
    self.init(
      qubits: try qubits.integer(in: 1...24),
      layers: try section["layers"]?.integer(in: 1...10_000) ?? 1,
      encoding: try section["encoding"]?.choice(EncodingName.self) ?? .RX,
      ansatz: try section["ansatz"]?.choice(AnsatzName.self) ?? .stronglyEntangling)
  }
}
