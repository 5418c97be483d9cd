/// What one epoch gave. Holds no times, so that equal runs have equal records.
public struct EpochMetrics: Hashable, Sendable, Codable {
  /// Counted from 1.
  public let epoch: Int
  /// Mean over the epoch's samples, each measured in training mode just before the step that used it.
  public let trainingLoss: Double
  /// The part of the samples whose largest score was the label's; nil without labels.
  public let trainingAccuracy: Double?
  /// Measured in evaluation mode after the epoch; nil without validation samples.
  public let validationLoss: Double?
  /// The same for the validation samples.
  public let validationAccuracy: Double?
  /// The learning rate of the epoch's last step.
  public let learningRate: Double

  /// What early stopping watches.
  var watchedLoss: Double { validationLoss ?? trainingLoss }
}

/// What a run reports while it goes on.
public enum TrainingEvent: Sendable {
  /// After a step; `step` counts from 1 to `stepsPerEpoch`.
  case step(epoch: Int, step: Int, stepsPerEpoch: Int, loss: Double, learningRate: Double)
  /// After an epoch and before its checkpoint.
  case epoch(EpochMetrics)
}

/// The observer's answer to an event.
public enum TrainingDecision: Hashable, Sendable {
  case proceed
  /// Ends the run; what was trained since the last epoch's end is given up, so that the run can be resumed bit for bit.
  case stop
}

/// Why a run ended.
public enum TrainingEnd: Hashable, Sendable {
  case allEpochsDone
  /// The watched loss has not improved since `bestEpoch`, whose weights `Trainer.bestModel` has.
  case noImprovement(bestEpoch: Int)
  /// The observer asked for it.
  case stopped
}
