import ArgumentParser
import FidelityBenchmarks
import Reports

/// `hilbert benchmark fidelity analyze`: what counts say, those of a run or those from elsewhere.
struct FidelityAnalyzeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "analyze", abstract: "Read the counts of a run or an export, without running anything.",
    discussion: """
      Counts as JSON: {"CIRCUIT": {"BITS": COUNT, ...}, ...}, or as CSV: circuit,outcome,count. Bit 0 is the rightmost digit. Every \
      circuit of the manifest must be there, run equally often. Counts that pass are kept in the folder.
      """)

  @Argument(help: "The folder of a run or an export.")
  var folder: String

  @Option(help: ArgumentHelp("Counts from elsewhere: .json or .csv (default: those in the folder).", valueName: "file"))
  var counts: String?

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard numbers.seed == nil, numbers.precision == nil else {
      throw ValidationError(
        "the seed stands in the manifest, and an analysis is in double precision; leave --seed and --precision out")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let run = try FidelityFolder(opening: folder)
    let data = try read(run)
    let result = try run.analyze(data, noise: noiseName(run.folder), gnuplot: shared.gnuplotOrNote())
    try result.write(as: shared.format, shared.conditions(seed: run.plan.seed, stopwatch: stopwatch))
  }

  private func read(_ run: FidelityFolder) throws -> BenchmarkData {
    guard let counts else { return try run.storedCounts() }
    let text = try TextFile.read(counts)
    let data = try counts.hasSuffix(".csv") ? BenchmarkData(csv: text) : BenchmarkData(json: text)
    if run.folder.contains(FidelityFolder.counts), try run.storedCounts() != data {
      throw Failure(
        .badInput,
        "\(folder) holds other counts already, in \(FidelityFolder.counts); leave --counts out to read those, or export anew")
    }
    return data
  }

  private func noiseName(_ folder: RunFolder) throws -> String? {
    guard folder.contains(FidelityFolder.noise) else { return nil }
    return try NoiseDescription(ConfigurationText(reading: folder.file(FidelityFolder.noise))).model.name
  }
}
