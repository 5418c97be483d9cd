import ArgumentParser

/// `hilbert reproduce image-classification`: parallel circuits and quanvolutions beside their classical controls.
struct ReproduceImageClassificationCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "image-classification",
    abstract: "Quantum machine learning for image classification (Senokosov et al. 2024).",
    discussion: """
      --part parallel trains HQNN-Parallel, the classical network with eight times its parameters, and HQNN-Parallel with its circuits \
      removed, replaced by dense layers of equal size, and frozen at random angles. --part quanv trains HQNN-Quanv and its classical \
      rivals on 500 images, properly and as briefly as a public re-implementation does.

      Every network and seed has a checkpoint: broken off, the same command goes on with --output FOLDER. Full MNIST comes with \
      `hilbert data fetch mnist`, or from a folder given as --data.
      """)

  @Option(help: "Which experiment: \(ImageClassificationPlan.Part.allCases.map(\.rawValue).joined(separator: ", ")).")
  var part = ImageClassificationPlan.Part.parallel

  @OptionGroup var options: ComparisonOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try ComparisonTask(
      name: "image-classification", ownWords: ["--part \(part.rawValue)"],
      title: "Quantum machine learning for image classification",
      reference: ImageClassificationReference.text(part), seeds: (full: part == .quanvolution ? 5 : 3, quick: 1), quickEpochs: 2,
      options: options, shared: shared
    ).run { try ImageClassificationPlan(part: part, isColour: $0.count == 3 && $0[0] == 3).contestants() }
  }
}

extension ImageClassificationPlan.Part: ExpressibleByArgument {}
