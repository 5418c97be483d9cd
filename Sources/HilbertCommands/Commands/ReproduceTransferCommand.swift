import ArgumentParser

/// `hilbert reproduce transfer`: circuits on the latents of an autoencoder, and what they add.
struct ReproduceTransferCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "transfer",
    abstract: "Quantum transfer learning from an autoencoder (Sarkar 2024, both versions).",
    discussion: """
      An autoencoder 784-128-64-128-784 is trained first, once a seed. The circuits of both versions have no weights; each stands beside \
      the same network without it, on the same five components or 64 latents, and beside a classical network on the latents. Then the \
      circuit in front of a single dense layer, as in extreme learning machines; then trained circuits that read all latents, beside the \
      same circuits frozen, dense layers of equal size, nothing in their place, and one hidden layer in place of all of it.

      Every network and seed has a checkpoint: broken off, the same command goes on with --output FOLDER.
      """)

  @OptionGroup var options: ComparisonOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    try ComparisonTask(
      name: "transfer", ownWords: [], title: "Quantum transfer learning from an autoencoder", reference: TransferPlan.reference,
      seeds: (full: 3, quick: 1), quickEpochs: 5, options: options, shared: shared
    ).run { _ in try TransferPlan.contestants() }
  }
}
