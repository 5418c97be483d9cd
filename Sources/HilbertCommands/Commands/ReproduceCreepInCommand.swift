import ArgumentParser

/// `hilbert reproduce creep-in`: a convolutional network whose layers become quantum one after another.
struct ReproduceCreepInCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "creep-in",
    abstract: "Let the quantum creep in (Wang et al. 2024): classical layers replaced one after another.",
    discussion: """
      Levels 0, 1 and 2, with unitary gates and with the complex coefficients of the authors' program, whose gates are not unitary; level 2 \
      with a trained factor of the outputs, too, beside the same with random gates that stay. The paper's numbers take 50 passes over \
      60,000 images, hours on two processors: every network has a checkpoint after each pass, and the same command goes on with --output \
      FOLDER.
      """)

  @OptionGroup var options: ComparisonOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try ComparisonTask(
      name: "creep-in", ownWords: [], title: "Let the quantum creep in", reference: CreepInPlan.reference,
      seeds: (full: 1, quick: 1), quickEpochs: 3, options: options, shared: shared
    ).run { _ in try CreepInPlan.contestants() }
  }
}
