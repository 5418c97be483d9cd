extension Preset {
  /// Images of clothes in ten classes: a small convolutional trunk, four circuits of five qubits, ten scores.
  static let hybridFashion = Preset(
    name: "hybrid-fashion",
    summary: "FashionMNIST images, a convolutional trunk and four 5-qubit circuits",
    yaml: """
      data:
        source: fashion-mnist-2.5k
      model:
        layers:
          - conv2d: {filters: 8, kernel: 5, padding: 2}
          - batchNorm
          - relu
          - maxPool2d: 2
          - conv2d: {filters: 16, kernel: 3, padding: 1}
          - batchNorm
          - relu
          - maxPool2d: 2
          - flatten
          - dense: 20
          - quantum: {qubits: 5, circuits: 4, layers: 3, encoding: angle-x,
                      ansatz: strongly-entangling, observable: Y}
          - dense: classes
      training:
        epochs: 20
        batch: 64
        optimizer: adam
        learningRate: 0.005
        schedule: oneCycle
        precision: float
      control: true
      seed: 1
      """)
}
