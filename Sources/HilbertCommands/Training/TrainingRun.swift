import Execution
import Hilbert
import NeuralNetworks
import Randomness
import Reports

/// A training run: the model and its control, trained in turn epoch by epoch, every epoch ending in a checkpoint.
///
/// Whatever moment the process is killed at, the checkpoints hold a finished epoch of each network, and going on from them
/// gives the bits of an unbroken run.
struct TrainingRun<Scalar: TensorScalar> {
  typealias NetworkTrainer = Trainer<Sequential<Scalar>>

  let configuration: TrainingConfiguration
  /// What model and control learn from and are judged by: the samples as their fixed beginnings leave them.
  private var samples: [(training: Samples<Scalar>, test: Samples<Scalar>)] = []
  private(set) var model: NetworkTrainer
  private(set) var control: NetworkTrainer?

  /// - Throws: `ConfigurationError` where the layers do not fit each other or the data.
  init(_ configuration: TrainingConfiguration, data: PreparedData, loop: ParallelLoop) throws {
    self.configuration = configuration
    let (training, test): (Samples<Scalar>, Samples<Scalar>) = (try data.training.samples(), try data.test.samples())
    func part(_ kind: NetworkBuilder<Scalar>.Kind) throws -> (NetworkTrainer, (Samples<Scalar>, Samples<Scalar>)) {
      let network = try NetworkBuilder<Scalar>(kind: kind, seed: configuration.seed)
        .network(configuration.model, sampleShape: data.sampleShape, classCount: data.classNames.count)
      let beginning = FixedBeginning(of: network, isMoving: configuration.training.augmentation != nil)
      return (
        NetworkTrainer(configuration, network: beginning.network, loop: loop),
        (try beginning.applied(to: training, loop: loop), try beginning.applied(to: test, loop: loop))
      )
    }
    let (model, own) = try part(.model)
    (self.model, samples) = (model, [own])
    if let kind = configuration.control {
      let (control, own) = try part(.control(kind))
      self.control = control
      samples.append(own)
    }
  }

  /// Goes back to the checkpoints of an interrupted run.
  mutating func restore(from folder: RunFolder) throws(NetworkError) {
    // A process killed before the first checkpoints has nothing to go back to, and starts over with the same bits.
    if folder.contains(RunContents.modelCheckpoint) { try model.restore(from: folder.file(RunContents.modelCheckpoint)) }
    if folder.contains(RunContents.controlCheckpoint) { try control?.restore(from: folder.file(RunContents.controlCheckpoint)) }
  }

  /// Trains what is left to train.
  ///
  /// - Returns: the metrics of all epochs.
  /// - Throws: `Failure` with status 130 when Ctrl-C was pressed.
  mutating func train(in folder: RunFolder, isQuiet: Bool) throws -> MetricsLog {
    let epochs = configuration.training.epochs
    var metrics = try MetricsLog(starting: MetricsColumn.all(withControl: control != nil), in: folder)
    var progress = TrainingProgress(
      epochs: epochs, doneEpochs: finishedEpochs,
      stepsPerEpoch: (samples[0].training.count + configuration.training.batch - 1) / configuration.training.batch,
      fits: control == nil ? 1 : 2, isQuiet: isQuiet)
    Interruption.listen()
    for epoch in 1...epochs {
      try fit(&model, fit: 0, until: epoch, to: folder.file(RunContents.modelCheckpoint), &progress)
      if control != nil { try fit(&control!, fit: 1, until: epoch, to: folder.file(RunContents.controlCheckpoint), &progress) }
      // An epoch that both networks have finished counts, Ctrl-C or not.
      if finishedEpochs >= epoch {
        try metrics.append(row(epoch))
        progress.epoch(epoch, model: model.history[epoch - 1], control: control?.history[epoch - 1])
      }
      if Interruption.isRequested {
        progress.interrupt()
        throw Failure(
          .interrupted,
          "interrupted; \(finishedEpochs) of \(epochs) epochs are saved in \(folder.path)\ngo on with: hilbert resume \(folder.path)"
        )
      }
    }
    Interruption.stopListening()
    return metrics
  }

  private var finishedEpochs: Int { min(model.history.count, control?.history.count ?? .max) }

  /// Trains one network until it has finished an epoch, unless it has already.
  private func fit(
    _ trainer: inout NetworkTrainer, fit: Int, until epoch: Int, to path: String, _ progress: inout TrainingProgress
  ) throws {
    guard trainer.history.count < epoch, !Interruption.isRequested else { return }
    // The observer stops the trainer after each epoch, so that model and control advance side by side.
    let (training, test) = samples[fit]
    try trainer.fit(training, validation: test, checkpointPath: path, metadata: ["hilbert.configuration": configuration.yaml]) {
      event in
      switch event {
      case .step(let epoch, let step, _, _, _):
        progress.step(fit: fit, epoch: epoch, step: step)
        return Interruption.isRequested ? .stop : .proceed
      case .epoch: return .stop
      }
    }
  }

  private func row(_ epoch: Int) -> [MetricValue] {
    func values(_ metrics: EpochMetrics) -> [MetricValue] {
      [metrics.trainingLoss, metrics.validationLoss, metrics.validationAccuracy].map { $0.map(MetricValue.number) ?? .missing }
    }
    return [.integer(epoch)] + values(model.history[epoch - 1]) + (control.map { values($0.history[epoch - 1]) } ?? [])
  }
}

extension Trainer {
  /// The trainer that a configuration asks for.
  init(_ configuration: TrainingConfiguration, network: Model, loop: ParallelLoop) {
    let section = configuration.training
    self.init(
      model: network, optimizer: section.optimizer.optimizer(learningRate: section.learningRate, seed: configuration.seed),
      loss: .crossEntropy(labelSmoothing: section.labelSmoothing), validationLoss: .crossEntropy(),
      settings: TrainingSettings(
        epochs: section.epochs, batchSize: section.batch, seed: configuration.seed, schedule: section.schedule.schedule,
        augmentation: section.augmentation, averaging: section.averaging),
      loop: loop)
  }
}
