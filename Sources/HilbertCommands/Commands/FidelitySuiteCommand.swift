import ArgumentParser
import FidelityBenchmarks
import Reports

/// `hilbert benchmark fidelity suite`: the numbers that a device is usually known by, in one go.
struct FidelitySuiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suite",
    abstract: "Run the usual protocols on one device: errors of elements and layers, states, volume, applications.",
    discussion: """
      Readout, randomized benchmarking of one and two qubits, mirror benchmarking, layer fidelity, cross-entropy, GHZ fidelity, quantum \
      volume and applications, up to --qubits wide. Each leaves a run folder of its own in that of the suite.
      """)

  @Option(help: "Number of qubits, 2 to 10.")
  var qubits = 4

  @Option(help: ArgumentHelp("A noise model (default: none).", valueName: "model.yaml"))
  var noise: String?

  @Option(help: "Times that each circuit is run.")
  var shots = 1000

  @Option(help: "The folder to make (default: a new one in runs/).")
  var output: String?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard 2...10 ~= qubits else { throw ValidationError("--qubits wants a whole number from 2 to 10, found \(qubits)") }
    guard shots >= 2 else { throw ValidationError("--shots wants a whole number of at least 2, found \(shots)") }
  }

  private var benchmarks: [any FidelityProtocol] {
    get throws {
      [
        try ReadoutCharacterization(qubits: min(qubits, 6), shots: shots),
        try RandomizedBenchmarking(qubits: 1, lengths: [1, 8, 32, 128, 256], circuitsPerLength: 20, shots: shots),
        try RandomizedBenchmarking(qubits: 2, lengths: [1, 4, 16, 32, 64], circuitsPerLength: 20, shots: shots),
        try MirrorBenchmarking(qubits: qubits, depths: [2, 8, 16, 32, 64], circuitsPerDepth: 15, shots: shots),
        try LayerFidelity(qubits: qubits, depths: [4, 8, 16, 32], circuitsPerDepth: 10, shots: shots),
        try CrossEntropy(qubits: qubits, depths: [2, 4, 8, 16], circuitsPerDepth: 10, shots: shots),
        try GHZFidelity(qubits: qubits, shots: shots), try QuantumVolume(width: min(qubits, 6), circuits: 100, shots: shots),
        try ApplicationBenchmark(widths: Array(stride(from: 2, through: qubits, by: 2)), circuitsPerWidth: 2, shots: shots),
      ]
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let (seed, precision) = (numbers.seed ?? 0, numbers.precision ?? .double)
    let text = try noise.map { path throws(Failure) in try ConfigurationText(reading: path) }
    let model = try text.map { text throws(ConfigurationError) in try NoiseDescription(text).model }
    let device = SimulatedDevice(noise: model, precision: precision, loop: shared.loop)
    let benchmarks = try benchmarks
    let gnuplot = shared.gnuplotOrNote()
    let total = benchmarks.reduce(0) { $0 + $1.circuitNames.count }
    var bar = ProgressBar("running", total: total, unit: "circuits", isQuiet: shared.quiet)
    let folder = try output.map { try RunFolder(creatingAt: $0, folders: []) } ?? RunFolder(creating: "suite", folders: [])
    var (done, results): (Int, [FidelityResult]) = (0, [])
    for benchmark in benchmarks {
      let data = try device.counts(of: benchmark, seed: seed) { bar.update(done + $0, metric: benchmark.name) }
      done += benchmark.circuitNames.count
      let name = "\(results.count + 1)-\(benchmark.name)-\(benchmark.width)"
      let run = try FidelityFolder(BenchmarkPlan(benchmark, seed: seed), at: folder.file(name))
      if let text { try run.folder.write(text.yaml, to: FidelityFolder.noise) }
      results.append(try run.analyze(data, noise: model?.name, gnuplot: gnuplot))
    }
    let result = FidelitySuite(qubits: qubits, noise: model?.name, results: results, runFolder: folder.path)
    try folder.write(json: result, to: "results.json")
    try result.write(as: shared.format, shared.conditions(seed: seed, precision: precision, stopwatch: stopwatch))
  }
}

/// What the suite found, protocol by protocol.
private struct FidelitySuite: CommandResult {
  var command: String { "benchmark-fidelity-suite" }

  let qubits: Int
  let noise: String?
  let results: [FidelityResult]
  let runFolder: String

  var text: String {
    results.map { result in
      "\(result.benchmark), \(result.circuits) circuits, \(result.shots) shots each: \(result.runFolder)\n\(result.table.text)\n\n"
    }.joined()
  }
}
