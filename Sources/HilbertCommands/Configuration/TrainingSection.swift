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

  static let keys = ["epochs", "batch", "optimizer", "learningRate", "schedule", "precision"]

  init() {}

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let section = try node.section(known: Self.keys)
    if let epochs = section["epochs"] { self.epochs = try epochs.integer(in: 1...100_000) }
    if let batch = section["batch"] { self.batch = try batch.integer(in: 1...1_000_000) }
    if let optimizer = section["optimizer"] { self.optimizer = try optimizer.choice(OptimizerKind.self) }
    if let rate = section["learningRate"] { self.learningRate = try rate.number(above: 0, upTo: 100) }
    if let schedule = section["schedule"] { self.schedule = try schedule.choice(ScheduleName.self) }
    if let precision = section["precision"] { self.precision = try precision.choice(Precision.self) }
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
