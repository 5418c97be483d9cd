// The networks of Senokosov et al., "Quantum machine learning for image classification", Machine Learning: Science and Technology 5
// (2024). Of the paper its abstract could be read; the layers are those on which independent re-implementations agree, the courses
// of training are our own. Documentation/ImageClassification.md says what is which.
extension Preset {
  /// Convolutions, four parallel circuits of five qubits and one dense layer: 45,154 parameters on images of 28 x 28.
  static let hqnnParallel = Preset(
    name: "hqnn-parallel",
    summary: "images, two convolutions and four parallel 5-qubit circuits (Senokosov et al.)",
    yaml: """
      data:
        source: mnist
      model:
        layers:
      \(trunk)
          - dense: 20
          - batchNorm
          - relu
          - \(parallelCircuits)
          - dense: classes
      \(training)
      control: true
      seed: 1
      """)

  /// The same convolutions with dense layers behind them: eight times the parameters, no circuit.
  static let hqnnParallelClassical = Preset(
    name: "hqnn-parallel-classical",
    summary: "the classical counterpart of hqnn-parallel with eight times its parameters",
    yaml: """
      data:
        source: mnist
      model:
        layers:
      \(trunk)
          - dense: 227
          - batchNorm
          - relu
          - dense: classes
      \(training)
      seed: 1
      """)

  /// Six convolutions for colour images in front of the same circuits.
  static let hqnnParallelColour = Preset(
    name: "hqnn-parallel-colour",
    summary: "colour images, six convolutions and four parallel 5-qubit circuits; --data FOLDER of CIFAR-10 files",
    yaml: """
      data:
        source: cifar-10-batches-bin
      model:
        layers:
      \([(32, 0.2), (64, 0.3), (128, 0.4)].map(colourBlock).joined(separator: "\n"))
          - flatten
          - dense: 20
          - batchNorm
          - relu
          - \(parallelCircuits)
          - dense: classes
      training:
        epochs: 30
        batch: 64
        optimizer: adam
        learningRate: 0.003
        schedule: oneCycle
        precision: float
        labelSmoothing: 0.05
        averaging: 0.999
        augmentation: {shift: 3, mirrors: true}
      control: true
      seed: 1
      """)

  /// A circuit of four qubits slid over the image, and one dense layer: 1,974 parameters on images of 28 x 28.
  static let hqnnQuanv = Preset(
    name: "hqnn-quanv",
    summary: "images of half the size, a trained 4-qubit quanvolution and one dense layer (Senokosov et al.)",
    yaml: quanvolution(imageFilter, properTraining))

  /// A circuit of four qubits in every window of 2 x 2 pixels.
  static let imageFilter = "quanvolution: {kernel: 2, stride: 2, encoding: angle-y, ansatz: image-filter, observable: Z}"

  private static let parallelCircuits =
    "quantum: {qubits: 5, circuits: 4, layers: 3, encoding: angle-x, ansatz: strongly-entangling, observable: Y}"

  /// Max pooling before ReLU: the same function as after it, at a quarter of the work.
  private static let trunk = """
        - conv2d: {filters: 16, kernel: 5, padding: 2}
        - batchNorm
        - maxPool2d: 2
        - relu
        - conv2d: {filters: 32, kernel: 5, padding: 2}
        - batchNorm
        - maxPool2d: 2
        - relu
        - flatten
    """

  private static let training = """
    training:
      epochs: 15
      batch: 64
      optimizer: adam
      learningRate: 0.003
      schedule: oneCycle
      precision: float
      labelSmoothing: 0.05
      averaging: 0.999
      augmentation: {shift: 2, rotation: 10}
    """

  private static func colourBlock(_ filters: Int, _ dropout: Double) -> String {
    let convolution = "    - conv2d: {filters: \(filters), kernel: 3, padding: 1}\n    - batchNorm\n"
    return convolution + "    - relu\n" + convolution + "    - maxPool2d: 2\n    - relu\n    - dropout: \(dropout)"
  }
}

extension Preset {
  /// A network of one filter on images of half the size, trained on 500 of them.
  ///
  /// - Parameter filter: the layer; nil for none.
  static func quanvolution(_ filter: String?, _ training: String, isRectified: Bool = false) -> String {
    """
    data:
      source: mnist
      limit: 500
    model:
      layers:
        - avgPool2d: 2
        - affine: 3.141592653589793
    \(filter.map { "    - \($0)\n" } ?? "")    - flatten
        - dense: classes\(isRectified ? "\n    - relu" : "")
    \(training)
    control: true
    seed: 1
    """
  }

  /// Until the loss no longer falls.
  static let properTraining = """
    training: {epochs: 100, batch: 20, optimizer: adam, learningRate: 0.01, schedule: cosine, precision: float}
    """

  /// As a public re-implementation trains its 500 images, ReLU on the scores included.
  static let briefTraining = """
    training: {epochs: 40, batch: 4, optimizer: momentum, learningRate: 0.003, schedule: constant, precision: float}
    """
}
