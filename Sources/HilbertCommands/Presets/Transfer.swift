// The pipelines of Sarkar, "Quantum transfer learning for MNIST classification using a hybrid quantum-classical approach", 2024: of
// both versions the abstracts could be read, sizes and training are our own. Documentation/ImageClassification.md says what is
// which.
extension Preset {
  /// All 64 latents through a five-qubit circuit without weights, dense layers with BatchNorm and dropout behind it.
  static let transferV1 = Preset(
    name: "transfer-v1",
    summary: "an autoencoder's 64 latents, a fixed 5-qubit circuit, dense layers (Sarkar, first version)",
    yaml: transfer(components: nil, layers: [firstCircuit] + deepHead))

  /// Five components of the latents, the product circuit, two dense layers.
  static let transferV2 = Preset(
    name: "transfer-v2",
    summary: "5 components of an autoencoder's latents, a fixed 5-qubit circuit, two dense layers (Sarkar, second version)",
    yaml: transfer(components: 5, layers: [secondCircuit()] + shallowHead))

  /// The upgrade: trained circuits that ten angles enter in two portions, the second behind what the first became.
  static let transferReuploading = Preset(
    name: "transfer-reuploading",
    summary: "an autoencoder's 64 latents, eight trained 5-qubit circuits with two portions of angles each, one dense layer",
    yaml: transfer(components: nil, layers: trainedCircuits, training: trainedTraining))

  /// - Parameters:
  ///   - components: principal components of the latents; nil keeps the latents.
  ///   - layers: behind the latents or components as angles in 0...pi.
  static func transfer(
    components: Int?, layers: [String], training: String = transferTraining
  ) -> String {
    """
    data: {source: mnist, autoencoder: 64, \(components.map { "pca: \($0), " } ?? "")scaling: angles}
    model:
      layers:
    \(layers.map { "    - \($0)" }.joined(separator: "\n"))
    training: {\(training), optimizer: adam, precision: float}
    control: removed
    seed: 1
    """
  }

  static let transferTraining = "epochs: 50, batch: 128, learningRate: 0.001, schedule: constant"

  /// RX of the features in even portions, RZ in odd ones, CX along the line behind each.
  static let firstCircuit =
    "quantum: {qubits: 5, features: 64, encoding: angle-x-or-z, ansatz: cascade, observable: probabilities}"

  /// RY of the features, H on qubit 0, CX along the line.
  static func secondCircuit(shots: Int = 0) -> String {
    "quantum: {qubits: 5, encoding: angle-y, ansatz: ghz, observable: probabilities, shots: \(shots)}"
  }

  /// RY of the features, then three times the XX couplings of all pairs, RZ in between.
  static let reservoir = "quantum: {qubits: 5, layers: 3, encoding: angle-y, ansatz: xx-evolution, observable: probabilities}"

  /// BatchNorm brings the angles to a spread of 1, and the 32 probabilities, 1/32 on average, to one that a dense layer can use.
  static let trainedCircuits = [
    "dense: 80", "batchNorm",
    "quantum: {qubits: 5, circuits: 8, features: 10, layers: 1, encoding: angle-y, ansatz: strongly-entangling, "
      + "observable: probabilities}",
    "batchNorm", "dense: classes",
  ]
  static let trainedTraining = "epochs: 20, batch: 128, learningRate: 0.01, schedule: oneCycle"

  static let deepHead = [
    "dense: 128", "batchNorm", "relu", "dropout: 0.3", "dense: 64", "batchNorm", "relu", "dropout: 0.3", "dense: classes",
  ]
  static let shallowHead = ["dense: 64", "relu", "dense: classes"]
  /// BatchNorm lets it come to its best in 20 passes, whatever the spread of what is in front.
  static let linearHead = ["batchNorm", "dense: classes"]
}
