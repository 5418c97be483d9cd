import ArgumentParser

/// `hilbert reproduce creep-in`: a convolutional network whose layers become quantum one after another.
struct ReproduceCreepInCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "creep-in",
    abstract: "Let the quantum creep in (Wang et al. 2024): classical layers replaced one after another.",
    discussion: """
      Levels 0, 1 and 2; level 2 with unitary gates, with unitary gates and a trained factor of the outputs, and with the complex \
      coefficients of the authors' program, whose gates are not unitary. The paper's numbers take 50 passes over 60,000 images, hours \
      on two processors: every network has a checkpoint after each pass, and the same command goes on with --output FOLDER.
      """)

  @OptionGroup var options: ComparisonOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let networks: [(name: String, level: Int, coefficients: String, scale: Double)] = [
      ("level 0, classical", 0, "real", 0), ("level 1, unitary", 1, "real", 0), ("level 2, unitary", 2, "real", 0),
      ("level 2, unitary, scaled", 2, "real", 20), ("level 2, as published", 2, "complex", 0),
    ]
    let contestants = try networks.map { network in
      let yaml = Preset.creepIn(level: network.level, coefficients: network.coefficients, scale: network.scale)
      return Contestant(network.name, try TrainingConfiguration(ConfigurationText(name: network.name, yaml: yaml)))
    }
    try ComparisonTask(
      name: "creep-in", ownWords: [], title: "Let the quantum creep in", reference: Self.reference, seeds: (full: 1, quick: 1),
      quickEpochs: 3, options: options, shared: shared
    ).run { _ in contestants }
  }

  private static let reference = """
    authors' logs, last of 50 passes over 60,000 images, levels 0, 1, 2 as published: MNIST 0.923, 0.923, 0.969, FashionMNIST 0.836, 0.834, \
    0.866; with real coefficients and other training, 100 passes: 0.921, 0.923, 0.945 and 0.837, 0.837, 0.805
    """
}
