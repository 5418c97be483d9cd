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
        try ApplicationBenchmark(
          widths: qubits <= 6 ? Array(2...qubits) : Array(stride(from: 2, to: qubits, by: 2)) + [qubits], circuitsPerWidth: 2,
          shots: shots),
      ]
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let run = try FidelityRun(noise: noise, numbers: numbers, shared: shared)
    let benchmarks = try benchmarks
    let gnuplot = shared.gnuplotOrNote()
    let total = benchmarks.reduce(0) { $0 + $1.circuitNames.count }
    var bar = ProgressBar("running", total: total, unit: "circuits", isQuiet: shared.quiet)
    let folder = try output.map { try RunFolder(creatingAt: $0, folders: []) } ?? RunFolder(creating: "suite", folders: [])
    Interruption.listen()
    defer { Interruption.stopListening() }
    var (done, results): (Int, [FidelityResult]) = (0, [])
    func kept(_ count: Int) -> String {
      "\(count) of \(benchmarks.count) protocols are in \(folder.path): hilbert benchmark fidelity analyze \(folder.path)"
    }
    for benchmark in benchmarks {
      let name = "\(results.count + 1)-\(benchmark.name)-\(benchmark.width)"
      results.append(
        try run.result(
          of: benchmark, at: folder.file(name), gnuplot: gnuplot, kept: kept(results.count), counted: kept(results.count + 1)
        ) {
          bar.update(done + $0, metric: benchmark.name)
        })
      done += benchmark.circuitNames.count
    }
    let suite = try FidelitySuite(results, in: folder, gnuplot: gnuplot)
    Interruption.stopListening()
    try suite.write(
      as: shared.format, shared.conditions(seed: run.seed, precision: run.precision, stopwatch: stopwatch))
  }
}
