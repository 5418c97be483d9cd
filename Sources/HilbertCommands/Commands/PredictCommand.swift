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
    if let limit { samples = samples.selecting(rows: Array(0..<min(limit, samples.count))) }
    let names = contents.manifest.classNames
    let predictions = try trained.probabilities(samples, loop: shared.loop).enumerated().map { row, scores in
      Prediction(row: row, label: names[scores.indexOfHighest], scores: scores)
    }
    try PredictionResult(classNames: names, predictions: predictions).write(
      as: shared.format, shared.conditions(seed: seed, precision: trained.precision, stopwatch: stopwatch))
  }

  /// The samples; labels of images are not read, a table without the label column is taken as features alone.
  private func samples(_ contents: RunContents, seed: UInt64) throws -> HeldOutSet {
    let source = try DataSource(data)
    do {
      return try source.load(
        table: contents.configuration.data.table, arrays: ArrayOptions(readsLabels: false), seed: seed
      ).heldOut
    } catch .missingColumn {
      return try source.load(table: TableOptions(label: .absent), seed: seed).heldOut
    }
  }
}

/// The class of one sample.
private struct Prediction: Encodable {
  /// Counted from 0 in the order of the source.
  let row: Int
  let label: String
  /// One probability a class, in the order of `classNames`.
  let scores: [Double]
}

private struct PredictionResult: CommandResult {
  var command: String { "predict" }

  let classNames: [String]
  let predictions: [Prediction]

  var text: String {
    let rows = predictions.map { ["\($0.row)", $0.label, $0.scores.max()!.fixed(4)] }
    return Table(columns: ["row", "label", "probability"], rows: rows).text + "\n"
  }
}
