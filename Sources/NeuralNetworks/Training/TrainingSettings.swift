/// What a training run is asked to do; together with the seed's network, the data and the precision it fixes every number.
public struct TrainingSettings: Hashable, Sendable, Codable {
  /// Passes over the training samples.
  public var epochs: Int
  /// Samples in one step; the last batch of an epoch may be smaller.
  public var batchSize: Int
  /// The root of all randomness of the run: order of samples, augmentation and dropout.
  public var seed: UInt64
  /// The learning rate's course.
  public var schedule: LearningRateSchedule
  /// A bound on gradients; nil for none.
  public var clipping: GradientClipping?
  /// A rule to end early; nil for none.
  public var earlyStopping: EarlyStopping?
  /// How training images are moved before every step; nil leaves them as they are.
  public var augmentation: ImageAugmentation?
  /// The memory of a moving average of the weights, in `[0, 1)`, see `WeightAverage`; nil for none.
  public var averaging: Double?

  /// Settings with defaults for all but what is given.
  public init(
    epochs: Int = 10, batchSize: Int = 64, seed: UInt64 = 0, schedule: LearningRateSchedule = .constant,
    clipping: GradientClipping? = nil, earlyStopping: EarlyStopping? = nil, augmentation: ImageAugmentation? = nil,
    averaging: Double? = nil
  ) {
    precondition(epochs > 0 && batchSize > 0, "TrainingSettings: epochs \(epochs) and batchSize \(batchSize) must be positive")
    precondition(averaging.map { (0..<1).contains($0) } ?? true, "TrainingSettings: averaging is \(averaging ?? 0), expected 0..<1")
    (self.epochs, self.batchSize, self.seed) = (epochs, batchSize, seed)
    (self.schedule, self.clipping, self.earlyStopping) = (schedule, clipping, earlyStopping)
    (self.augmentation, self.averaging) = (augmentation, averaging)
  }
}

/// Ends a run whose watched loss no longer falls; `Trainer.bestModel` has the best epoch's weights.
///
/// Watched is the validation loss, or the training loss where there are no validation samples.
public struct EarlyStopping: Hashable, Sendable, Codable {
  /// How many epochs without improvement end the run.
  public var patience: Int
  /// By how much the loss has to fall to count as an improvement.
  public var minimumImprovement: Double

  /// A rule of patience.
  public init(patience: Int, minimumImprovement: Double = 0) {
    precondition(patience > 0, "EarlyStopping: patience is \(patience), must be positive")
    (self.patience, self.minimumImprovement) = (patience, minimumImprovement)
  }

  /// The epoch with the best watched loss so far, found from the history alone, so that a resumed run sees the same.
  func bestEpoch(in history: [EpochMetrics]) -> Int? {
    var best: EpochMetrics?
    for metrics in history where best.map({ metrics.watchedLoss < $0.watchedLoss - minimumImprovement }) ?? true {
      best = metrics
    }
    return best?.epoch
  }
}
