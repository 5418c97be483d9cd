import ArgumentParser

/// `hilbert resume`: goes on with an interrupted run, to the same weights as if it had never stopped.
struct ResumeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "resume", abstract: "Go on with an interrupted run; it ends with the same weights as an unbroken one.")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var folder: String

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard numbers.seed == nil, numbers.precision == nil else {
      throw ValidationError("a resumed run keeps its seed and precision; leave --seed and --precision out")
    }
  }

  func run() throws { try TrainingTask("resume", shared: shared).resume(RunContents(opening: folder)) }
}
