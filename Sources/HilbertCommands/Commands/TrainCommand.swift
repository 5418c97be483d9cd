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
      A circuit may also come from a file, {circuit: {file: ansatz.qasm, features: [a, b]}}, or with --circuit: inputs that the file marks
      with @hilbert.feature, or that are named as features, take the data, all others are weights; observables are the file's or those
      that are named. The trained circuit is written to the run folder as trained.qasm.
      Encodings: \(Encoding.allCases.map(\.rawValue).joined(separator: ", ")). \
      Ansaetze: \(Ansatz.allCases.map(\.rawValue).joined(separator: ", ")); of a quanvolution also \
      \(QuanvolutionDescription.imageFilter).
      Observables of a layer: X, Y, Z; of a quantum layer also \(CircuitReadout.probabilitiesWord), of all outcomes.
      Optimizers: \(OptimizerKind.allCases.map(\.rawValue).joined(separator: ", ")). \
      Schedules of the learning rate: \(ScheduleName.allCases.map(\.rawValue).joined(separator: ", ")).
      Paths in a configuration are relative to the folder in which hilbert is started, as those of the options are.
      """)

  @Argument(help: "Configuration file (YAML).")
  var config: String?

  @Option(
    help:
      "A configuration that is part of the program (default without a file: \(Preset.defaultName)): \(Preset.all.map(\.name).joined(separator: ", "))."
  )
  var preset: String?

  @Option(help: "A circuit file to train, with --data: its inputs become features and weights.")
  var circuit: String?

  @Option(
    help: ArgumentHelp(
      "The score of the next class, for --circuit; repeat for each (default: the file's).", valueName: "observable"))
  var observable: [String] = []

  @Option(
    help: ArgumentHelp("Inputs of --circuit that take the data, in order (default: those marked in the file).", valueName: "names"))
  var features: String?

  @OptionGroup var options: TrainingOptions
  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  @Option(help: "The run folder to make (default: a new one in runs/).")
  var output: String?

  func validate() throws {
    if config != nil && preset != nil { throw ValidationError("give a configuration file or --preset, not both") }
    if circuit != nil, config != nil || preset != nil {
      throw ValidationError("--circuit is a model of its own: leave the configuration file and --preset out")
    }
    if circuit == nil, !observable.isEmpty || features != nil {
      throw ValidationError("--observable and --features belong to --circuit FILE")
    }
    if circuit != nil, options.data == nil { throw ValidationError("--circuit needs samples: give --data NAME or a file") }
    if let preset, Preset(name: preset) == nil {
      let names = Preset.all.map(\.name)
      let suggestion = nearestNames(to: preset, among: names).first.map { "; did you mean '\($0)'?" } ?? ""
      throw ValidationError("unknown preset '\(preset)'\(suggestion) Known presets: \(names.joined(separator: ", "))")
    }
  }

  func run() throws {
    do {
      try train()
    } catch let error as ConfigurationError where circuit != nil {
      throw Failure(.badInput, error.inOptions)
    }
  }

  private func train() throws {
    let configuration = options.overruling(try readConfiguration(), numbers: numbers)
    try TrainingTask("train", shared: shared).start(configuration) {
      try output.map { try RunFolder(creatingAt: $0) } ?? RunFolder(creating: runName)
    }
  }

  /// The preset's name, or the configuration file's without folder and ending.
  private var runName: String {
    guard let config = config ?? circuit else { return preset ?? Preset.defaultName }
    let file = config.split(separator: "/").last ?? "run"
    let stem = file.split(separator: ".").first ?? "run"
    return String(stem)
  }

  private func readConfiguration() throws -> TrainingConfiguration {
    if let circuit { return try TrainingConfiguration(ConfigurationText(name: "--circuit \(circuit)", yaml: yaml(circuit))) }
    guard let config else { return try Preset(name: preset ?? Preset.defaultName)!.configuration() }
    return try TrainingConfiguration(ConfigurationText(reading: config))
  }

  /// The configuration that the options of a circuit file mean.
  private func yaml(_ circuit: String) -> String {
    let named = features.map { list in
      ", features: [\(list.split(separator: ",").map { quoted(String($0)) }.joined(separator: ", "))]"
    }
    let observables = observable.isEmpty ? "" : "\n  observables: [\(observable.map(quoted).joined(separator: ", "))]"
    return """
      data: {source: \(quoted(options.data ?? ""))}
      model:
        circuit: {file: \(quoted(circuit))\(named ?? "")}\(observables)
      training: {learningRate: 0.05, precision: double}
      """
  }
}
