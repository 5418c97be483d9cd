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
    let source = try DataSource(options.source).load(arrays: ArrayOptions(imageSize: options.imageSize))
    let all = options.applied(to: try contestants(source.training.sampleShape), quickEpochs: quickEpochs)
    let chosen = try options.chosen(among: all)
    let count = options.seeds ?? (options.quick ? seeds.quick : seeds.full)
    let request = (["hilbert reproduce \(name)"] + ownWords + options.words).joined(separator: " ")
    let folder = try RunFolder(comparing: name, request: request, at: options.output)
    let comparison = Comparison(contestants: chosen, seeds: (1...UInt64(count)).map { $0 }, folder: folder, shared: shared)
    try comparison.train()
    // What the folder has of other networks and seeds belongs to its report.
    let results = try folder.results(of: all)
    let found = Set(results.map(\.seed)).sorted()
    let only = Set(results.names).count == all.count ? "" : " --only \"\(results.names.joined(separator: ", "))\""
    let divided = try DataRequest(chosen[0].configuration.data, seed: comparison.seeds[0]).load()
    let report = ComparisonReport(
      results: results, classNames: source.training.classNames,
      baselines: SimpleBaselines(training: divided.training, test: divided.test))
    let encoders = try comparison.encoders.summary(of: all, seeds: found)
    let reference = (encoders + [reference]).joined(separator: "\n")
    try Interruption.whileListening {
      try report.write(
        title: title,
        summary: "\(options.source), \(found.count == 1 ? "seed 1" : "seeds 1 to \(found.count)").", reference: reference,
        to: folder, gnuplot: shared.gnuplotOrNote(), repeatCommand: "\(request) --seeds \(found.count)\(only)")
    }
    try ComparisonResult(
      "reproduce-\(name)", data: options.source, report: report, reference: reference, runFolder: folder.path
    ).write(as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}
