import ArgumentParser
import Datasets
import Reports

/// `hilbert predict`: the classes a trained model gives to samples that may have none.
struct PredictCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "predict", abstract: "Classify samples with a run's model.")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var folder: String

  @Option(help: "The samples: a data source as for train; labels need not be there.")
  var data: String

  @Option(help: "Classify at most this many samples, the first ones.")
  var limit: Int?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit wants a whole number of at least 1, found \(limit)") }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let contents = try RunContents(opening: folder)
    let trained = try TrainedModel(contents, precision: numbers.precision)
    shared.noteUnfinished(trained)
    let seed = numbers.seed ?? contents.configuration.seed
    var samples = try samples(contents, seed: seed)
    shared.noteRange(of: samples)
    if let limit { samples = samples.selecting(rows: Array(0..<min(limit, samples.count))) }
    let names = contents.manifest.classNames
    let predictions = try trained.probabilities(samples, loop: shared.loop).enumerated().map { row, scores in
      let file = samples.sampleNames.isEmpty ? nil : samples.sampleNames[row]
      return Prediction(row: row, file: file, label: names[scores.indexOfHighest], scores: scores)
    }
    try PredictionResult(classNames: names, predictions: predictions).write(
      as: shared.format, shared.conditions(seed: seed, precision: trained.precision, stopwatch: stopwatch))
  }

  /// The samples without their labels, which are not read.
  private func samples(_ contents: RunContents, seed: UInt64) throws -> HeldOutSet {
    var table = contents.configuration.data.table
    table.readsLabels = false
    let loaded = try DataSource(data).load(table: table, arrays: contents.arrays(readsLabels: false), seed: seed)
    if case .divided = loaded { shared.note("\(data) has a test part of its own: its samples are classified, and no others") }
    return loaded.heldOut
  }
}

/// The class of one sample.
private struct Prediction: Encodable {
  /// Counted from 0 in the order of the source.
  let row: Int
  /// The picture, where each sample has a file of its own.
  let file: String?
  let label: String
  /// One probability a class, in the order of `classNames`.
  let scores: [Double]
}

private struct PredictionResult: CommandResult {
  var command: String { "predict" }

  let classNames: [String]
  let predictions: [Prediction]

  var text: String {
    let rows = predictions.map { [$0.file ?? "\($0.row)", $0.label, $0.scores.max()!.fixed(4)] }
    let first = predictions.first?.file == nil ? "row" : "file"
    return Table(columns: [first, "label", "probability"], rows: rows).text + "\n"
  }
}
