import Reports

/// What `train` and `resume` print.
struct TrainingResult: CommandResult {
  /// `train` or `resume`.
  let command: String
  let trainLoss: Double
  let testLoss: Double
  let testAccuracy: Double
  let controlTestLoss: Double?
  let controlTestAccuracy: Double?
  let nearestCentroidAccuracy: Double
  let largestClassAccuracy: Double
  let parameterCount: Int
  let controlParameterCount: Int?
  let epochs: Int
  let runFolder: String
  private let table: String

  init(of command: String, trainLoss: Double, report: RunReport) {
    (self.command, self.trainLoss) = (command, trainLoss)
    (testLoss, testAccuracy) = (report.model.loss, report.model.accuracy)
    (controlTestLoss, controlTestAccuracy) = (report.control?.loss, report.control?.accuracy)
    (nearestCentroidAccuracy, largestClassAccuracy) = (report.baselines.nearestCentroid, report.baselines.largestClass)
    (parameterCount, controlParameterCount) = (report.manifest.parameterCount, report.manifest.controlParameterCount)
    epochs = report.configuration.training.epochs
    runFolder = report.folder.path
    table = "\(report.comparison.text)\n\n\(report.baselines.text)"
  }

  enum CodingKeys: CodingKey {
    case trainLoss, testLoss, testAccuracy, controlTestLoss, controlTestAccuracy, nearestCentroidAccuracy, largestClassAccuracy,
      parameterCount, controlParameterCount, epochs, runFolder
  }

  var text: String { "\(table)\n\nrun folder: \(runFolder)\nreport:     \(runFolder)/\(RunFolder.report)\n" }
}
