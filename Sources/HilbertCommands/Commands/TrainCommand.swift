import ArgumentParser
import Datasets
import Execution
import NeuralNetworks
import QuantumCircuits
import Reports

/// `hilbert train`: a configuration becomes a run folder.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train",
    abstract: "Train a model, and a classical control beside it, into a run folder.",
    discussion: """
      The configuration is a YAML file or a preset; options overrule its keys. Complete example, the preset \
      \(Preset.hybridFashion.name):

      \(Preset.hybridFashion.yaml)

      Layers: \(LayerKind.allCases.map(\.usage).joined(separator: ", ")).
      A model may also be {preset: NAME} or {circuit: {qubits, layers, encoding, ansatz}, observables: [...]}.
      Encodings: \(Encoding.allCases.map(\.rawValue).joined(separator: ", ")). \
      Ansaetze: \(Ansatz.allCases.map(\.rawValue).joined(separator: ", ")).
      Optimizers: \(OptimizerKind.allCases.map(\.rawValue).joined(separator: ", ")). \
      Schedules of the learning rate: \(ScheduleName.allCases.map(\.rawValue).joined(separator: ", ")).
      Paths in a configuration are relative to the folder in which hilbert is started, as those of the options are.
      """)

  @Argument(help: "Configuration file (YAML).")
  var config: String?

  @Option(help: "A configuration that is part of the program: \(Preset.all.map(\.name).joined(separator: ", ")).")
  var preset: String?

  @OptionGroup var options: TrainingOptions
  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  @Option(help: "The run folder to make (default: a new one in runs/).")
  var output: String?

  func validate() throws {
    if config != nil && preset != nil { throw ValidationError("give a configuration file or --preset, not both") }
    if let preset, Preset(name: preset) == nil {
      let names = Preset.all.map(\.name)
      let suggestion = nearestNames(to: preset, among: names).first.map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("unknown preset '\(preset)'\(suggestion) Known presets: \(names.joined(separator: ", "))")
    }
  }

  func run() throws {
    let configuration = options.overruling(try readConfiguration(), numbers: numbers)
    try TrainingTask("train", shared: shared).start(configuration) {
      try output.map { try RunFolder(creatingAt: $0) } ?? RunFolder(creating: runName)
    }
  }

  /// The preset's name, or the configuration file's without folder and ending.
  private var runName: String {
    guard let config else { return preset ?? Preset.defaultName }
    let file = config.split(separator: "/").last ?? "run"
    let stem = file.split(separator: ".").first ?? "run"
    return String(stem)
  }

  private func readConfiguration() throws -> TrainingConfiguration {
    guard let config else { return try Preset(name: preset ?? Preset.defaultName)!.configuration() }
    return try TrainingConfiguration(ConfigurationText(reading: config))
  }
}
