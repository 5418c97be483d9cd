import QuantumLearning

/// Which networks `reproduce creep-in` trains.
///
/// Source: Wang, Myers, Hollenberg, Parampalli, "Let the Quantum Creep In", arXiv 2409.17583, 2024.
enum CreepInPlan {
  /// What the authors' program reached.
  static let reference = """
    authors' logs, last of 50 passes over 60,000 images, levels 0, 1, 2 as published: MNIST 0.923, 0.923, 0.969, FashionMNIST 0.836, 0.834, \
    0.866; with real coefficients and other training, 100 passes: 0.921, 0.923, 0.945 and 0.837, 0.837, 0.805
    """

  /// The levels, each with unitary gates and as published; the unitary network whose outputs have a trained factor, and the same
  /// with random gates that stay.
  static func contestants() throws(ConfigurationError) -> [Contestant] {
    func make(
      _ name: String, level: Int, _ coefficients: PauliCoefficients = .real, scale: Double = 0, replacement: ControlKind? = nil
    ) throws(ConfigurationError) -> Contestant {
      let yaml = Preset.creepIn(level: level, coefficients: coefficients.rawValue, scale: scale)
      return Contestant(
        name, try TrainingConfiguration(ConfigurationText(name: name, yaml: yaml)), replacement: replacement)
    }
    return [
      try make("level 0, classical", level: 0), try make("level 1, unitary", level: 1),
      try make("level 1, as published", level: 1, .complex), try make("level 2, unitary", level: 2),
      try make("level 2, unitary, scaled", level: 2, scale: 20),
      try make("level 2, random and frozen, scaled", level: 2, scale: 20, replacement: .frozen),
      try make("level 2, as published", level: 2, .complex),
    ]
  }
}
