import ArgumentParser

/// `hilbert reproduce`: published experiments, run again, beside their numbers.
struct ReproduceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reproduce", abstract: "Run a paper's experiments and write tables and figures beside its numbers.",
    subcommands: [
      ReproduceFeatureSpacesCommand.self, ReproduceImageClassificationCommand.self, ReproduceCreepInCommand.self,
      ReproduceTransferCommand.self,
    ])
}
