import NeuralNetworks
import Reports

/// What the person at the terminal sees of a run.
struct TrainingProgress {
  private var bar: ProgressBar
  private let stepsPerFit: Int
  private let fits: Int
  private let total: Int
  private var metric = ""

  /// - Parameters:
  ///   - fits: how many networks are trained epoch by epoch in turn.
  ///   - doneEpochs: epochs that an interrupted run has finished already.
  init(epochs: Int, doneEpochs: Int, stepsPerEpoch: Int, fits: Int, isQuiet: Bool) {
    (self.fits, stepsPerFit, total) = (fits, stepsPerEpoch, epochs * stepsPerEpoch * fits)
    bar = ProgressBar(
      "training", total: total, done: doneEpochs * stepsPerEpoch * fits, unit: "steps", isQuiet: isQuiet)
  }

  /// After a step of one of the networks.
  ///
  /// - Parameter fit: 0 for the model, 1 for the control.
  mutating func step(fit: Int, epoch: Int, step: Int) {
    let completed = ((epoch - 1) * fits + fit) * stepsPerFit + step
    // The last step is shown with the metrics of its epoch.
    if completed < total { bar.update(completed, metric: metric) }
  }

  /// After an epoch of all networks. The metric is short: bar, rate and it have to fit into 80 columns.
  mutating func epoch(_ epoch: Int, model: EpochMetrics, control: EpochMetrics?) {
    let rival = control?.validationAccuracy.map { ", control \($0.fixed(3))" } ?? ""
    metric = "accuracy \((model.validationAccuracy ?? 0).fixed(3))\(rival)"
    bar.update(epoch * fits * stepsPerFit, metric: metric)
  }

  func interrupt() { bar.interrupt() }
}
