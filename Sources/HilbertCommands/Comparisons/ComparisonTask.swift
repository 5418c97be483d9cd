import Datasets
import Reports

/// From contestants to a finished run folder: what every reproduction that compares networks does.
struct ComparisonTask {
  /// The subcommand, such as "image-classification", and its options of its own that change numbers.
  let name: String
  let ownWords: [String]
  let title: String
  /// What papers report.
  let reference: String
  /// Seeds where the options say nothing: in full, and in the quick form.
  let seeds: (full: Int, quick: Int)
  let quickEpochs: Int
  let options: ComparisonOptions
  let shared: SharedOptions

  /// - Parameter contestants: the networks for samples of a shape.
  func run(_ contestants: (_ sampleShape: [Int]) throws -> [Contestant]) throws {
    let stopwatch = Stopwatch()
    let source = try DataSource(options.source).load()
    let chosen = try options.applied(to: contestants(source.training.sampleShape), quickEpochs: quickEpochs)
    let count = options.seeds ?? (options.quick ? seeds.quick : seeds.full)
    let request = (["hilbert reproduce \(name)"] + ownWords + options.words).joined(separator: " ")
    let folder = try RunFolder(comparing: name, request: request, at: options.output)
    let comparison = Comparison(contestants: chosen, seeds: (1...UInt64(count)).map { $0 }, folder: folder, shared: shared)
    let results = try comparison.results()
    let divided = try DataRequest(chosen[0].configuration.data, seed: comparison.seeds[0]).load()
    let report = ComparisonReport(
      results: results, classNames: source.training.classNames,
      baselines: SimpleBaselines(training: divided.training, test: divided.test))
    let encoders = try comparison.encoders.summary(of: chosen, seeds: comparison.seeds)
    let reference = (encoders + [reference]).joined(separator: "\n")
    try Interruption.whileListening {
      try report.write(
        title: title, summary: "\(options.source), seeds 1 to \(count).", reference: reference, to: folder,
        gnuplot: shared.gnuplotOrNote(), repeatCommand: "\(request) --seeds \(count)")
    }
    try ComparisonResult(
      "reproduce-\(name)", data: options.source, report: report, reference: reference, runFolder: folder.path
    ).write(as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}
