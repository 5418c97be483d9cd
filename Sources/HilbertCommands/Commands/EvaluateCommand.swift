import ArgumentParser
import Datasets
import Reports

/// `hilbert evaluate`: judges a trained model by held-out samples.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Judge a run's model by its test samples, or by other samples with labels.")

  @Argument(help: ArgumentHelp("The run's folder.", valueName: "run"))
  var folder: String

  @Option(help: "Other samples with labels: a data source as for train (default: the run's test samples).")
  var data: String?

  @Option(help: "Label column of a table (default: the run's).")
  var label: String?

  @Flag(help: "Judge the classical control instead of the model.")
  var control = false

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if data == nil, numbers.seed != nil {
      throw ValidationError("--seed draws the samples of a synthetic --data; the run's own test samples keep the run's seed")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let contents = try RunContents(opening: folder)
    let trained = try TrainedModel(contents, part: control ? .control : .model, precision: numbers.precision)
    shared.noteUnfinished(trained)
    let seed = numbers.seed ?? contents.configuration.seed
    let samples = try testSamples(trained, seed: seed)
    shared.noteRange(of: samples)
    let result = EvaluationResult(try trained.judge(samples, loop: shared.loop), of: trained, sampleCount: samples.count)
    try result.write(
      as: shared.format, shared.conditions(seed: seed, precision: trained.precision, stopwatch: stopwatch))
  }

  private func testSamples(_ trained: TrainedModel, seed: UInt64) throws -> HeldOutSet {
    let contents = trained.contents
    var section = contents.configuration.data
    if let label { section.label = label }
    guard let data else { return try DataRequest(section, seed: seed).load().test }
    let loaded = try DataSource(data).load(table: section.table, arrays: contents.arrays(readsLabels: true), seed: seed)
    // Samples of another shape are of another set, whatever their classes are called.
    return try trained.matched(loaded.heldOut).matching(classNames: contents.manifest.classNames)
  }
}

private struct EvaluationResult: CommandResult {
  var command: String { "evaluate" }

  let accuracy: Double
  let loss: Double
  let confusion: [[Int]]
  let classNames: [String]
  let sampleCount: Int
  /// Those that the judged network has had, and those it was to have.
  let finishedEpochs: Int
  let epochs: Int

  init(_ result: TestResult, of model: TrainedModel, sampleCount: Int) {
    (accuracy, loss, confusion) = (result.accuracy, result.loss, result.confusion)
    (classNames, self.sampleCount) = (model.contents.manifest.classNames, sampleCount)
    (finishedEpochs, epochs) = (model.finishedEpochs, model.contents.configuration.training.epochs)
  }

  var text: String {
    let rows = zip(classNames, confusion).map { name, counts in [name] + counts.map(String.init) }
    return """
      accuracy \(accuracy.fixed(4)) on \(sampleCount) samples, mean cross-entropy \(loss.fixed(4)) nats

      \(Table(columns: ["true \\ found"] + classNames, rows: rows).text)

      """
  }
}
