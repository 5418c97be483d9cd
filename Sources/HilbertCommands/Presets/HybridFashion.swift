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
          - conv: {channels: 8, kernel: 5, padding: 2}
          - batchNorm
          - relu
          - maxPool: 2
          - conv: {channels: 16, kernel: 3, padding: 1}
          - batchNorm
          - relu
          - maxPool: 2
          - flatten
          - dense: 20
          - quantum: {qubits: 5, circuits: 4, layers: 3, encoding: RX,
                      ansatz: stronglyEntangling, observable: Y}
          - dense: 10
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
