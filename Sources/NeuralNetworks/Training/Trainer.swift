import Execution
import Randomness

/// Trains a network: a value that holds the network, the optimizer and the history, and can be saved and continued.
///
/// Everything random is keyed by (seed, epoch, step) and every sum has a fixed order, so a run gives the same bits for any
/// number of threads, and a run that was stopped and restored the same bits as an unbroken one.
///
/// ```swift
/// var trainer = Trainer(model: model, optimizer: Adam(), loss: .crossEntropy(), settings: TrainingSettings(epochs: 5))
/// try trainer.fit(training, validation: validation, checkpointPath: "run.safetensors")
/// let outputs = try trainer.bestModel(images)
/// ```
public struct Trainer<Model: Layer>: Sendable {
  /// The network's number type.
  public typealias Scalar = Model.Scalar

  /// The network as the last step left it.
  public internal(set) var model: Model
  /// The optimizer with its state.
  public internal(set) var optimizer: any Optimizer
  /// What training makes small.
  public let loss: Loss<Scalar>
  /// What validation samples are judged by.
  public let validationLoss: Loss<Scalar>
  /// What the run is asked to do.
  public let settings: TrainingSettings
  /// The threads; they do not change the results.
  public let loop: ParallelLoop
  /// The finished epochs.
  public internal(set) var history: [EpochMetrics] = []
  /// The model of the best epoch; kept only with early stopping.
  var best: Model?
  /// The moving average of the weights, where the settings ask for one.
  var average: WeightAverage<Model>?
  /// The model to use when the run is over: the best epoch's with early stopping, else the average or the last step's.
  public var bestModel: Model { best ?? judged }
  /// The model that validation samples judge.
  private var judged: Model { average?.model ?? model }
  /// The data that `history` was made with.
  var fingerprint: UInt64?

  /// A run that has not begun.
  ///
  /// - Parameter validationLoss: nil takes the loss of training, which smoothed labels make larger.
  public init(
    model: Model, optimizer: any Optimizer, loss: Loss<Scalar>, validationLoss: Loss<Scalar>? = nil,
    settings: TrainingSettings = TrainingSettings(), loop: ParallelLoop = ParallelLoop()
  ) {
    (self.model, self.optimizer, self.loss) = (model, optimizer, loss)
    self.validationLoss = validationLoss ?? loss
    (self.settings, self.loop) = (settings, loop)
    average = settings.averaging.map { WeightAverage(of: model, memory: $0) }
  }

  /// Trains until the epochs are done, the loss no longer improves, or the observer says stop.
  ///
  /// - Parameters:
  ///   - checkpointPath: Written at the start and after every epoch, whole or not at all.
  ///   - metadata: Text to keep in the checkpoint, such as the configuration that the model was built from.
  ///   - observer: Hears of every step and epoch.
  /// - Throws: `NetworkError.nonFinite` at the first NaN or infinity; the model is then the one before that step.
  ///   `NetworkError.data` when a restored run meets other data.
  @discardableResult
  public mutating func fit(
    _ training: Samples<Scalar>, validation: Samples<Scalar>? = nil, checkpointPath: String? = nil,
    metadata: [String: String] = [:], observer: (TrainingEvent) throws -> TrainingDecision = { _ in .proceed }
  ) throws -> TrainingEnd {
    let data = training.fingerprint
    guard fingerprint == nil || fingerprint == data else {
      throw NetworkError.data("The restored run was trained on other data", remedy: "Give it the training samples it began with")
    }
    fingerprint = data
    if settings.augmentation != nil, training.inputs.shape.count != 4 {
      throw NetworkError.data(
        "Augmentation moves images, and the samples have shape \(training.inputs.shape.dropFirst().map { $0 })",
        remedy: "Give images of shape [channels, height, width], or leave augmentation out")
    }
    if let checkpointPath, history.isEmpty { try save(to: checkpointPath, metadata: metadata) }
    while true {
      if let end = endAfterHistory() { return end }
      let (modelBefore, optimizerBefore, averageBefore) = (model, optimizer, average)
      guard let metrics = try trainEpoch(training, validation, observer) else {
        (model, optimizer, average) = (modelBefore, optimizerBefore, averageBefore)
        return .stopped
      }
      history.append(metrics)
      if settings.earlyStopping?.bestEpoch(in: history) == metrics.epoch { best = judged }
      let decision = try observer(.epoch(metrics))
      if let checkpointPath { try save(to: checkpointPath, metadata: metadata) }
      if decision == .stop { return .stopped }
    }
  }

  /// The reason to end, judged from the history alone.
  private func endAfterHistory() -> TrainingEnd? {
    if let rule = settings.earlyStopping, let bestEpoch = rule.bestEpoch(in: history),
      history.count - bestEpoch >= rule.patience
    {
      return .noImprovement(bestEpoch: bestEpoch)
    }
    return history.count >= settings.epochs ? .allEpochsDone : nil
  }

  /// One pass over the samples; nil when the observer stopped it.
  private mutating func trainEpoch(
    _ training: Samples<Scalar>, _ validation: Samples<Scalar>?, _ observer: (TrainingEvent) throws -> TrainingDecision
  ) throws -> EpochMetrics? {
    let epoch = history.count + 1
    var shuffle = RandomSource(seed: settings.seed, stream: FNV1a("shuffle").value, index: UInt64(epoch))
    let order = shuffle.permutation(of: training.count)
    let stepsPerEpoch = (training.count - 1) / settings.batchSize + 1
    var (lossSum, correct, rate): (Double, Int?, Double) = (0, nil, optimizer.learningRate)
    for step in 1...stepsPerEpoch {
      let first = (step - 1) * settings.batchSize
      let numbers = Array(order[first..<min(first + settings.batchSize, order.count)])
      let batch = training.rows(numbers).moved(by: settings.augmentation, numbers, seed: settings.seed, epoch: epoch, loop: loop)
      rate =
        optimizer.learningRate
        * settings.schedule.factor(
          step: (epoch - 1) * stepsPerEpoch + step - 1, stepsPerEpoch: stepsPerEpoch, epochs: settings.epochs)
      let result = try takeStep(batch, epoch: epoch, step: step, learningRate: rate)
      average?.include(model, step: (epoch - 1) * stepsPerEpoch + step)
      lossSum += result.loss * Double(batch.count)
      if let hits = result.hits { correct = (correct ?? 0) + hits }
      let event = TrainingEvent.step(
        epoch: epoch, step: step, stepsPerEpoch: stepsPerEpoch, loss: result.loss, learningRate: rate)
      if try observer(event) == .stop { return nil }
    }
    let check = try validation.map { try judged.evaluate(on: $0, loss: validationLoss, loop: loop) }
    guard check?.loss.isFinite ?? true else {
      throw NetworkError.nonFinite(quantity: "validation loss", epoch: epoch, step: stepsPerEpoch, origin: nil)
    }
    return EpochMetrics(
      epoch: epoch, trainingLoss: lossSum / Double(training.count),
      trainingAccuracy: correct.map { Double($0) / Double(training.count) }, validationLoss: check?.loss,
      validationAccuracy: check?.accuracy, learningRate: rate)
  }

  /// One optimizer step on one batch.
  private mutating func takeStep(
    _ batch: Samples<Scalar>, epoch: Int, step: Int, learningRate: Double
  ) throws -> (loss: Double, hits: Int?) {
    let batchLoss = BatchLoss(model: model, loss: loss, batch: batch, settings: settings, loop: loop, epoch: epoch, step: step)
    // Metrics and running statistics come from the first evaluation, which every method makes near the step's start.
    var first: (hits: Int?, tape: Tape<Scalar>)?
    let objective = Objective(
      value: { parameters in
        let pass = try batchLoss.evaluate(parameters, isRecording: false)
        if first == nil { first = (pass.hits, pass.tape) }
        return Double(pass.loss.value.scalar)
      },
      valueAndGradient: { parameters in
        let pass = try batchLoss.evaluate(parameters, isRecording: true)
        if first == nil { first = (pass.hits, pass.tape) }
        return (Double(pass.loss.value.scalar), try batchLoss.gradient(of: pass))
      })
    var parameters = model.parameterVector
    let value = try optimizer.step(&parameters, learningRate: learningRate, objective: objective)
    // A parameter may be finite in double precision and too large for the network's own.
    let largest = Double(Scalar.greatestFiniteMagnitude)
    let fits = parameters.allSatisfy { $0.magnitude <= largest }
    if let quantity = !value.isFinite ? "loss" : !fits ? "gradient" : nil {
      throw NetworkError.nonFinite(quantity: quantity, epoch: epoch, step: step, origin: batchLoss.firstNonFinite())
    }
    model.parameterVector = parameters
    if let first { model.storeBuffers(of: first.tape) }
    return (value, first?.hits)
  }
}
