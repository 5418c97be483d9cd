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

  @Flag(help: "Let --counts take the place of other counts that the folder holds.")
  var replace = false

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
    let parts = try FidelityFolder.all(at: folder)
    guard parts.count == 1 || counts == nil else {
      throw Failure(
        .usage, "\(folder) holds several runs; name the one that --counts belongs to, such as \(parts[0].folder.folder.path)")
    }
    let gnuplot = shared.gnuplotOrNote()
    let kept = "all counts are in \(folder)\nwith all figures: hilbert benchmark fidelity analyze \(folder)"
    let results = try parts.map { part in
      let noise = try noiseName(part.folder.folder)
      let result = try part.folder.analyze(
        read(part.folder), noise: noise, gnuplot: gnuplot, isReplacing: replace, kept: parts.count > 1 ? kept : nil)
      if let noise, result.noise == nil {
        shared.note("these counts are not those of the noise model \(noise), which is no longer in \(result.runFolder)")
      }
      return result
    }
    let conditions = shared.conditions(seed: parts[0].folder.plan.seed, stopwatch: stopwatch)
    guard parts.count > 1 else { return try results[0].write(as: shared.format, conditions) }
    try FidelitySuite(results, in: RunFolder(suite: folder), gnuplot: gnuplot).write(as: shared.format, conditions)
  }

  private func read(_ run: FidelityFolder) throws -> BenchmarkData {
    guard let counts else { return try run.storedCounts() }
    let text = try TextFile.read(counts)
    let data = try counts.hasSuffix(".csv") ? BenchmarkData(csv: text, of: run.plan) : BenchmarkData(json: text, of: run.plan)
    // What is wrong with the counts themselves is said first.
    try run.plan.check(data)
    if !replace, run.folder.contains(FidelityFolder.counts), try run.storedCounts() != data {
      throw Failure(
        .badInput,
        "\(folder) holds other counts already, in \(FidelityFolder.counts); leave --counts out to read those, or let these take their "
          + "place with --replace")
    }
    return data
  }

  private func noiseName(_ folder: RunFolder) throws -> String? {
    guard folder.contains(FidelityFolder.noise) else { return nil }
    return try NoiseDescription(ConfigurationText(reading: folder.file(FidelityFolder.noise))).model.name
  }
}
