import NeuralNetworks
import QuantumStates

/// How the weights are found: the `training` section.
struct TrainingSection: Hashable, Sendable {
  var epochs = 20
  var batch = 64
  var optimizer = OptimizerKind.adam
  var learningRate = 0.005
  var schedule = ScheduleName.oneCycle
  var precision = Precision.float
  /// How much of every label is spread over all classes.
  var labelSmoothing = 0.0
  /// The memory of a moving average of the weights; nil for none.
  var averaging: Double?
  /// How training images are moved; nil for not at all.
  var augmentation: ImageAugmentation?

  static let epochCounts = 1...100_000
  static let batchSizes = 1...1_000_000

  static let keys = [
    "epochs", "batch", "optimizer", "learningRate", "schedule", "precision", "labelSmoothing", "averaging", "augmentation",
  ]

  init() {}

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: Self.keys)
    if let epochs = section["epochs"] { self.epochs = try epochs.integer(in: Self.epochCounts) }
    if let batch = section["batch"] { self.batch = try batch.integer(in: Self.batchSizes) }
    if let optimizer = section["optimizer"] { self.optimizer = try optimizer.choice(OptimizerKind.self) }
    if let rate = section["learningRate"] { self.learningRate = try rate.number(above: 0, upTo: 100) }
    if let schedule = section["schedule"] { self.schedule = try schedule.choice(ScheduleName.self) }
    if let precision = section["precision"] { self.precision = try precision.choice(Precision.self) }
    if let smoothing = section["labelSmoothing"] { labelSmoothing = try smoothing.number(above: 0, orEqual: true, upTo: 0.9) }
    if let averaging = section["averaging"] { self.averaging = try averaging.number(above: 0, upTo: 0.999_999) }
    if let augmentation = section["augmentation"] { self.augmentation = try ImageAugmentation(augmentation) }
  }
}

/// How the learning rate moves over the run.
enum ScheduleName: String, CaseIterable, Sendable {
  case constant, cosine, oneCycle

  var schedule: LearningRateSchedule {
    switch self {
    case .constant: .constant
    case .cosine: .cosine
    case .oneCycle: .oneCycle
    }
  }
}
