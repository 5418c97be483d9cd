import ArgumentParser
import FidelityBenchmarks
import QuantumStates
import Reports

/// `hilbert benchmark fidelity`: how good a device is, a simulated one or one whose counts come in a file.
struct BenchmarkFidelityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fidelity", abstract: "Measure how good a device is: simulated under a noise model, or real by its counts.",
    discussion: """
      Each protocol runs its circuits under --noise MODEL.yaml and leaves a run folder with the counts, which 'analyze' reads again \
      without running anything. For hardware: 'export' writes the circuits as OpenQASM 3 with a manifest, 'analyze FOLDER --counts \
      FILE' reads what was measured.

      hilbert benchmark fidelity rb --qubits 2 --noise device.yaml
      hilbert benchmark fidelity export rb --qubits 2 --output to-lab
      hilbert benchmark fidelity analyze to-lab --counts measured.json
      """,
    subcommands: [
      FidelityRunCommand<RandomizedBenchmarkingOptions>.self,
      FidelityRunCommand<MirrorOptions>.self,
      FidelityRunCommand<DirectOptions>.self,
      FidelityRunCommand<UnitarityOptions>.self,
      FidelityRunCommand<CrossEntropyOptions>.self,
      FidelityRunCommand<LayerFidelityOptions>.self,
      FidelityRunCommand<CycleOptions>.self,
      FidelityRunCommand<QuantumVolumeOptions>.self,
      FidelityRunCommand<MirrorVolumeOptions>.self,
      FidelityRunCommand<GHZOptions>.self,
      FidelityRunCommand<WOptions>.self,
      FidelityRunCommand<BellOptions>.self,
      FidelityRunCommand<PurityOptions>.self,
      FidelityRunCommand<TomographyOptions>.self,
      FidelityRunCommand<DirectFidelityOptions>.self,
      FidelityRunCommand<ProcessTomographyOptions>.self,
      FidelityRunCommand<GateSetOptions>.self,
      FidelityRunCommand<DetectorOptions>.self,
      FidelityRunCommand<ReadoutOptions>.self,
      FidelityRunCommand<CoherenceOptions>.self,
      FidelityRunCommand<ApplicationOptions>.self,
      FidelitySuiteCommand.self, FidelityExportCommand.self, FidelityAnalyzeCommand.self,
      FidelityCompareCommand.self,
    ])
}

/// One protocol on a simulated device.
struct FidelityRunCommand<Options: ProtocolOptions>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: Options.word, abstract: Options.abstract, discussion: Options.discussion)
  }

  @OptionGroup var options: Options

  @Option(help: ArgumentHelp("A noise model (default: none).", valueName: "model.yaml"))
  var noise: String?

  @Option(help: "The run folder to make (default: a new one in runs/).")
  var output: String?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let run = try FidelityRun(noise: noise, numbers: numbers, shared: shared)
    let benchmark = try options.benchmark()
    var bar = ProgressBar("running", total: benchmark.circuitNames.count, unit: "circuits", isQuiet: shared.quiet)
    let result = try Interruption.whileListening {
      try run.result(of: benchmark, at: output, gnuplot: shared.gnuplotOrNote()) { bar.update($0) }
    }
    try result.write(as: shared.format, shared.conditions(seed: run.seed, precision: run.precision, stopwatch: stopwatch))
  }
}

/// `hilbert benchmark fidelity export`: circuits to run elsewhere.
struct FidelityExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Write a protocol's circuits as OpenQASM 3, with a manifest, to run them elsewhere.",
    discussion: """
      FOLDER/circuits/NAME.qasm is run as often as the manifest says, without optimization that takes gates away (Qiskit: \
      optimization_level=0). Counts go by the circuit's name and bit strings with bit 0 on \
      the right: {"rb-1-0": {"00": 512, "01": 488}, ...}, or rows of circuit,outcome,count.
      """,
    subcommands: [
      ExportProtocolCommand<RandomizedBenchmarkingOptions>.self,
      ExportProtocolCommand<MirrorOptions>.self,
      ExportProtocolCommand<DirectOptions>.self,
      ExportProtocolCommand<UnitarityOptions>.self,
      ExportProtocolCommand<CrossEntropyOptions>.self,
      ExportProtocolCommand<LayerFidelityOptions>.self,
      ExportProtocolCommand<CycleOptions>.self,
      ExportProtocolCommand<QuantumVolumeOptions>.self,
      ExportProtocolCommand<MirrorVolumeOptions>.self,
      ExportProtocolCommand<GHZOptions>.self,
      ExportProtocolCommand<WOptions>.self,
      ExportProtocolCommand<BellOptions>.self,
      ExportProtocolCommand<PurityOptions>.self,
      ExportProtocolCommand<TomographyOptions>.self,
      ExportProtocolCommand<DirectFidelityOptions>.self,
      ExportProtocolCommand<ProcessTomographyOptions>.self,
      ExportProtocolCommand<GateSetOptions>.self,
      ExportProtocolCommand<DetectorOptions>.self,
      ExportProtocolCommand<ReadoutOptions>.self,
      ExportProtocolCommand<CoherenceOptions>.self,
      ExportProtocolCommand<ApplicationOptions>.self,
    ])
}

/// The circuits of one protocol.
struct ExportProtocolCommand<Options: ProtocolOptions>: ParsableCommand {
  static var configuration: CommandConfiguration {
    CommandConfiguration(commandName: Options.word, abstract: Options.abstract, discussion: Options.discussion)
  }

  @OptionGroup var options: Options

  @Option(help: "The folder to make (default: a new one in runs/).")
  var output: String?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard numbers.precision == nil else { throw ValidationError("an export computes nothing; leave --precision out") }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let seed = numbers.seed ?? 0
    let plan = BenchmarkPlan(try options.benchmark(), seed: seed)
    let names = plan.benchmark.circuitNames
    // What cannot be written is refused before a folder is made.
    let texts = try names.indices.map { index throws(BenchmarkError) in try plan.openQASM(index) }
    let folder = try FidelityFolder(plan, at: output, folders: ["circuits", "figures"])
    for (name, text) in zip(names, texts) { try folder.folder.write(text, to: "circuits/\(name).qasm") }
    let result = FidelityExport(circuits: names.count, shots: plan.benchmark.shots, folder: folder.folder.path)
    try result.write(as: shared.format, shared.conditions(seed: seed, stopwatch: stopwatch))
  }
}

/// What was exported.
private struct FidelityExport: CommandResult {
  var command: String { "benchmark-fidelity-export" }

  let circuits: Int
  let shots: Int
  let folder: String

  var text: String {
    """
    \(circuits) circuits in \(folder)/circuits, to be run \(shots) times each; then:
    hilbert benchmark fidelity analyze \(folder) --counts FILE

    """
  }
}
