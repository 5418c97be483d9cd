import ArgumentParser
import Execution

/// The command line: one subcommand, one file.
public struct HilbertCommand: ParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "hilbert",
    abstract: "Quantum machine learning on simulated circuits.",
    version: Version.current,
    subcommands: [
      TrainCommand.self, EvaluateCommand.self, PredictCommand.self, ResumeCommand.self, RunCommand.self, ConvertCommand.self,
      DrawCommand.self, OptimizeCommand.self, InfoCommand.self, NoiseCommand.self, KernelCommand.self, DataCommand.self,
      DoctorCommand.self, BenchmarkCommand.self, ReproduceCommand.self,
    ])

  public init() {}

  /// A word in the place of a subcommand that is none is said with the nearest ones, whatever follows it.
  private static func requireKnownSubcommand(
    _ words: ArraySlice<String>, of command: ParsableCommand.Type, called name: String
  ) throws(Failure) {
    let subcommands = command.configuration.subcommands
    guard !subcommands.isEmpty, let word = words.first, !word.hasPrefix("-"), word != "help" else { return }
    let names = subcommands.map { $0.configuration.commandName ?? "" }
    if let place = names.firstIndex(of: word) {
      return try requireKnownSubcommand(words.dropFirst(), of: subcommands[place], called: "\(name) \(word)")
    }
    let nearest = nearestNames(to: word, among: names).first
    throw Failure(
      .usage,
      "\(name) has no command '\(word)'\(nearest.map { ", did you mean '\($0)'?" } ?? ".") Commands: \(names.joined(separator: ", "))"
    )
  }

  /// Runs the command line of this process and ends it with the status that conventions promise.
  public static func main() {
    FreedMemory.keep()
    do {
      try Machine.requireKnownSIMDLevel()
      let arguments = CommandLine.arguments.dropFirst().joiningNegativeValues
      try requireKnownSubcommand(arguments[...], of: self, called: "hilbert")
      var command = try parseAsRoot(arguments)
      try command.run()
      ExitStatus.done.endProcess()
    } catch {
      guard let failure = Failure(error) else { exit(withError: error) }
      StandardStreams.writeMessage("hilbert: \(failure.message)\n")
      failure.status.endProcess()
    }
  }
}
