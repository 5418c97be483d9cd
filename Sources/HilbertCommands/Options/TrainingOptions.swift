import ArgumentParser

/// Options of `train` that overrule the configuration, key by key.
struct TrainingOptions: ParsableArguments {
  @Option(help: "\(DataSection.sourceHelp)")
  var data: String?

  @Option(help: "Test data: a second source, or the share of --data to hold out, such as 0.2.")
  var test: String?

  @Option(help: "Label column of a table (default: label, class or target).")
  var label: String?

  @Option(help: "Resize images to this height and width.")
  var imageSize: Int?

  @Option(help: "Use at most this many training samples.")
  var limit: Int?

  @Option(help: "Passes over the training samples.")
  var epochs: Int?

  @Option(help: "Samples in one step.")
  var batch: Int?

  @Option(help: "Largest learning rate.")
  var learningRate: Double?

  @Flag(name: .customLong("no-control"), help: "Do not train the classical control.")
  var noControl = false

  func validate() throws {
    if let limit, limit < 1 { throw ValidationError("--limit wants a whole number of at least 1, found \(limit)") }
    for (name, value, range) in [
      ("--epochs", epochs, TrainingSection.epochCounts), ("--batch", batch, TrainingSection.batchSizes),
      ("--image-size", imageSize, DataSection.imageSizes),
    ] {
      if let value, !range.contains(value) {
        throw ValidationError("\(name) wants a whole number from \(range.lowerBound) to \(range.upperBound), found \(value)")
      }
    }
    if let learningRate, !(learningRate > 0 && learningRate <= 100) {
      throw ValidationError("--learning-rate wants a number above 0 and at most 100, found \(learningRate)")
    }
    if let test, let share = Double(test), !(share > 0 && share <= 0.9) {
      throw ValidationError("--test wants a share above 0 and at most 0.9, or a data source, found \(test)")
    }
  }

  /// The configuration with what these options and seed and precision say in place of its own values.
  ///
  /// `--data` drops the test part and the label column, since another set has others; how samples are prepared and how many stays.
  func overruling(_ configuration: TrainingConfiguration, numbers: NumberOptions) -> TrainingConfiguration {
    var result = configuration
    if let data { (result.data.source, result.data.test, result.data.label) = (data, nil, nil) }
    if let test { result.data.test = DataSection.Held(argument: test) }
    if let label { result.data.label = label }
    if let limit { result.data.limit = limit }
    if let imageSize { result.data.imageSize = imageSize }
    if let epochs { result.training.epochs = epochs }
    if let batch { result.training.batch = batch }
    if let learningRate { result.training.learningRate = learningRate }
    if let precision = numbers.precision { result.training.precision = precision }
    if let seed = numbers.seed { result.seed = seed }
    if noControl { result.control = nil }
    return result
  }
}
