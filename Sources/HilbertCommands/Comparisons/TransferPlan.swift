/// Which networks `reproduce transfer` trains, and which each is compared with.
///
/// Source: Sarkar, "Quantum transfer learning for MNIST classification using a hybrid quantum-classical approach", arXiv
/// 2408.03351, both versions; De Lorenzis et al., "Harnessing quantum extreme learning machines for image classification", 2024.
enum TransferPlan {
  /// What the paper reports; of its first version only that the hybrid is worse.
  static let reference = """
    paper, second version, on MNIST: about 0.75 with the circuit, about 0.98 for a classical network on the 64 latents; first version: the \
    hybrid network is worse than the classical one
    """

  /// The networks: the second version, the first, an extreme learning machine, and trained circuits.
  static func contestants() throws(ConfigurationError) -> [Contestant] {
    let second = try Preset.transferV2.configuration()
    let first = try Preset.transferV1.configuration()
    let trained = try Preset.transferReuploading.configuration()
    func make(
      _ name: String, components: Int?, _ layers: [String], training: String = Preset.transferTraining
    ) throws(ConfigurationError) -> Contestant {
      let yaml = Preset.transfer(components: components, layers: layers, training: training)
      return Contestant(name, try TrainingConfiguration(ConfigurationText(name: name, yaml: yaml)))
    }
    return [
      Contestant("v2", second),
      Contestant("v2, 5 components without circuit", second, replacement: .removed),
      try make("v2, 1024 shots", components: 5, [Preset.secondCircuit(shots: 1024)] + Preset.shallowHead),
      try make("v2, classical on 64 latents", components: nil, Preset.shallowHead),
      Contestant("v1, all 64 latents", first),
      Contestant("v1, classical on 64 latents", first, replacement: .removed),
      try make(
        "v1, first 5 latents", components: nil,
        [
          "first: 5",
          "quantum: {qubits: 5, encoding: angle-x-then-z, ansatz: hadamard-cascade, observable: probabilities}",
        ] + Preset.deepHead),
      try make("linear, 5 components", components: 5, Preset.linearHead, training: Preset.trainedTraining),
      try make(
        "linear, product circuit of v2", components: 5, [Preset.secondCircuit()] + Preset.linearHead,
        training: Preset.trainedTraining),
      try make(
        "linear, XX evolution", components: 5, [Preset.reservoir] + Preset.linearHead, training: Preset.trainedTraining
      ).frozen,
      Contestant("trained circuits", trained),
      Contestant("trained circuits, frozen", trained, replacement: .frozen),
      Contestant("trained circuits, dense layers of equal size", trained, replacement: .dense),
      Contestant("trained circuits, removed", trained, replacement: .removed),
      // 8711 parameters, the circuits' network 8682.
      try make(
        "trained circuits, one hidden layer instead", components: nil, ["dense: 113", "batchNorm", "relu", "dense: classes"],
        training: Preset.trainedTraining),
    ]
  }
}

extension Contestant {
  /// The same network with its circuits at their random first weights.
  fileprivate var frozen: Contestant { Contestant(name, configuration, replacement: .frozen) }
}
