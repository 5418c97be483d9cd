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
  static func requireKnownSubcommand(_ arguments: [String]) throws(Failure) {
    var (command, path): (any ParsableCommand.Type, [String]) = (self, ["hilbert"])
    for word in arguments {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !word.hasPrefix("-"), word != "help" else { return }
      guard let next = subcommands.first(where: { $0.configuration.commandName == word }) else {
        let names = subcommands.compactMap(\.configuration.commandName)
        let nearest = nearestNames(to: word, among: names)
        throw Failure(
          .usage,
          "\(path.joined(separator: " ")) has no command '\(word)'\(nearest.isEmpty ? "." : ", did you mean '\(nearest[0])'?") "
            + "Commands: \(names.joined(separator: ", "))")
      }
      (command, path) = (next, path + [word])
    }
  }

  /// Runs the command line of this process and ends it with the status that conventions promise.
  public static func main() {
    FreedMemory.keep()
    do {
      try Machine.requireKnownSIMDLevel()
      let arguments = CommandLine.arguments.dropFirst().joiningNegativeValues
      try requireKnownSubcommand(arguments)
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
