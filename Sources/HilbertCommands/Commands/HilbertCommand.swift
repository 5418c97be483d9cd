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

  /// Runs the command line of this process and ends it with the status that conventions promise.
  public static func main() {
    FreedMemory.keep()
    do {
      try Machine.requireKnownSIMDLevel()
      var command = try parseAsRoot(CommandLine.arguments.dropFirst().joiningNegativeValues)
      try command.run()
      ExitStatus.done.endProcess()
    } catch {
      guard let failure = Failure(error) else { exit(withError: error) }
      StandardStreams.writeMessage("hilbert: \(failure.message)\n")
      failure.status.endProcess()
    }
  }
}
