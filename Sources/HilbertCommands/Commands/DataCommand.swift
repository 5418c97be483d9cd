import ArgumentParser

/// `hilbert data`: the data sets by name.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List, describe and fetch data sets.",
    subcommands: [DataListCommand.self, DataDescribeCommand.self, DataFetchCommand.self])
}
