/// The columns of a run's metrics files.
enum MetricsColumn {
  static let epoch = "epoch"
  static let trainLoss = "trainLoss"
  static let testLoss = "testLoss"
  static let testAccuracy = "testAccuracy"
  static let controlTrainLoss = "controlTrainLoss"
  static let controlTestLoss = "controlTestLoss"
  static let controlTestAccuracy = "controlTestAccuracy"

  /// The columns in file order.
  static func all(withControl: Bool) -> [String] {
    [epoch, trainLoss, testLoss, testAccuracy] + (withControl ? [controlTrainLoss, controlTestLoss, controlTestAccuracy] : [])
  }
}
