import ArgumentParser

/// `hilbert benchmark`: measurements of the program itself, and of devices.
struct BenchmarkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "benchmark", abstract: "Measure how good a device is, and how fast this machine simulates.",
    subcommands: [BenchmarkFidelityCommand.self, BenchmarkSpeedCommand.self])
}
