import ArgumentParser

/// `hilbert benchmark`: measurements of the program itself.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure how fast this machine simulates.", subcommands: [BenchmarkSpeedCommand.self])
}
