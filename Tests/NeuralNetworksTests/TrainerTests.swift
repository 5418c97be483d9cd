import Execution
import Foundation
import NeuralNetworks
import Testing

@Suite struct TrainerTests {
  func trainer(
    _ settings: TrainingSettings, _ optimizer: any Optimizer = Adam(learningRate: 0.02), threads: Int = 2
  ) throws -> Trainer<Sequential<Float>> {
    try Trainer(
      model: ringModel(), optimizer: optimizer, loss: .crossEntropy(labelSmoothing: 0.05), settings: settings,
      loop: ParallelLoop(threads: threads))
  }

  @Test("a network learns the rings")
  func learns() throws {
    var trainer = try trainer(TrainingSettings(epochs: 30, batchSize: 32, seed: 1))
    let end = try trainer.fit(rings(400, seed: 1), validation: rings(200, seed: 2))
    #expect(end == .allEpochsDone)
    #expect(trainer.history.map(\.epoch) == Array(1...30))
    let last = try #require(trainer.history.last)
    #expect(last.validationAccuracy ?? 0 > 0.95, "\(last)")
    #expect(last.trainingLoss < trainer.history[0].trainingLoss)
    let test = try trainer.bestModel.evaluate(on: rings(200, seed: 3), loss: .crossEntropy())
    #expect(test.accuracy ?? 0 > 0.95)
  }

  @Test("a line is fitted to values, without accuracies")
  func regression() throws {
    let x: Tensor<Double> = randomTensor([64, 1], seed: 1)
    let samples = try Samples(inputs: x, targets: .values(3 * x + Tensor(shape: [1], repeating: -0.5)))
    var trainer = Trainer(
      model: try Sequential<Double>(inputShape: [1], layers: [.dense(1)], seed: 1), optimizer: LBFGS(),
      loss: .meanSquaredError, settings: TrainingSettings(epochs: 8, batchSize: 64))
    try trainer.fit(samples, validation: samples)
    #expect(abs(trainer.model.parameterVector[0] - 3) < 1e-6)
    #expect(abs(trainer.model.parameterVector[1] + 0.5) < 1e-6)
    #expect(trainer.history.allSatisfy { $0.trainingAccuracy == nil && $0.validationAccuracy == nil })
  }

  @Test("many inputs go through in batches")
  func batchedOutputs() throws {
    let model: Sequential<Double> = try ringModel()
    let inputs: Tensor<Double> = randomTensor([600, 2], seed: 1)
    expectClose(try model.outputs(for: inputs), try model(inputs), tolerance: 1e-13)
  }

  @Test("one thread and two give the same history and weights")
  func threads() throws {
    func run(_ threads: Int) throws -> Trainer<Sequential<Float>> {
      var trainer = try trainer(TrainingSettings(epochs: 3, batchSize: 20, seed: 5), threads: threads)
      try trainer.fit(rings(150, seed: 1), validation: rings(50, seed: 2))
      return trainer
    }
    let (one, two) = try (run(1), run(2))
    #expect(one.history == two.history)
    #expect(one.model.tensors == two.model.tensors)
  }

  @Test(
    "three epochs, a stop and three more are six epochs, bit for bit",
    arguments: [OptimizerKind.momentum, .adam, .rmsprop, .lbfgs, .spsa])
  func resume(kind: OptimizerKind) throws {
    let place = try Workplace(), path = place.path("run.safetensors")
    let settings = TrainingSettings(
      epochs: 6, batchSize: 16, seed: 8, schedule: .cosine.warmingUp(epochs: 1), clipping: .norm(1),
      earlyStopping: EarlyStopping(patience: 6))
    let (training, validation): (Samples<Float>, Samples<Float>) = try (rings(100, seed: 1), rings(40, seed: 2))
    let optimizer = kind.optimizer(learningRate: 0.02, seed: 8)

    var unbroken = try trainer(settings, optimizer)
    try unbroken.fit(training, validation: validation)

    // Stopped in the middle of the fourth epoch, which is then given up.
    var broken = try trainer(settings, optimizer)
    let end = try broken.fit(training, validation: validation, checkpointPath: path) { event in
      if case .step(epoch: 4, step: 3, _, _, _) = event { return .stop }
      return .proceed
    }
    #expect(end == .stopped)
    #expect(broken.history.count == 3)

    var resumed = try trainer(settings, optimizer)
    try resumed.restore(from: path)
    #expect(resumed.history == broken.history)
    try resumed.fit(training, validation: validation)
    #expect(resumed.history == unbroken.history)
    #expect(resumed.model.tensors == unbroken.model.tensors)
    #expect(resumed.bestModel.tensors == unbroken.bestModel.tensors)
    #expect(resumed.optimizer.state == unbroken.optimizer.state)
  }

  @Test("batches and epochs may be as many as a number can say")
  func largestSizes() throws {
    var trainer = try trainer(TrainingSettings(epochs: .max, batchSize: .max, seed: 1, schedule: .cosine))
    let end = try trainer.fit(rings(40, seed: 1)) { event in
      if case .epoch = event { return .stop }
      return .proceed
    }
    #expect(end == .stopped && trainer.history.count == 1)
  }

  @Test("a resumed run refuses other data")
  func otherData() throws {
    let place = try Workplace(), path = place.path("run.safetensors")
    var first = try trainer(TrainingSettings(epochs: 1, seed: 1))
    try first.fit(rings(40, seed: 1), checkpointPath: path)
    var resumed = try trainer(TrainingSettings(epochs: 2, seed: 1))
    try resumed.restore(from: path)
    let error = #expect(throws: NetworkError.self) { _ = try resumed.fit(rings(40, seed: 2)) }
    #expect(error?.description == "The restored run was trained on other data. Give it the training samples it began with.")
    try resumed.fit(rings(40, seed: 1))
    #expect(resumed.history.count == 2)
  }

  @Test("early stopping ends a run that no longer improves and keeps the best weights")
  func earlyStopping() throws {
    // At this rate the loss jumps about from the start.
    var trainer = try trainer(
      TrainingSettings(epochs: 200, batchSize: 16, seed: 2, earlyStopping: EarlyStopping(patience: 3, minimumImprovement: 0.01)),
      SGD(learningRate: 0.1))
    let (training, validation): (Samples<Float>, Samples<Float>) = try (rings(64, seed: 1), rings(64, seed: 2))
    let end = try trainer.fit(training, validation: validation)
    guard case .noImprovement(let bestEpoch) = end else {
      Issue.record("ended with \(end)")
      return
    }
    #expect(trainer.history.count == bestEpoch + 3)
    let best = try trainer.bestModel.evaluate(on: validation, loss: trainer.loss)
    #expect(best.loss == trainer.history[bestEpoch - 1].validationLoss)
  }

  @Test("a loss that explodes names epoch, step and origin, and leaves the last good weights")
  func nonFinite() throws {
    var trainer = try trainer(TrainingSettings(epochs: 50, batchSize: 8, seed: 1), SGD(learningRate: 1e30))
    let error = #expect(throws: NetworkError.self) { _ = try trainer.fit(rings(64, seed: 1)) }
    let text = error?.description ?? ""
    #expect(text.contains("became NaN or infinite in epoch 1, step "), "\(text)")
    #expect(
      text.hasSuffix("Lower the learning rate, clip gradients, or check the inputs' scale; the last checkpoint is from before."))
    let isFinite = trainer.model.tensors.values.allSatisfy(\.isFinite)
    #expect(isFinite)
  }

  @Test(
    "samples that cannot be used are named",
    arguments: [
      ([1, 2, .nan, 4], [0, 1], "Sample 1 holds NaN or infinity. Remove the sample or fill the gap."),
      ([1, 2, 3, 4], [0, -1], "Sample 1 has label -1. Count labels from 0."),
      ([1, 2, 3, 4], [0], "2 inputs meet 1 targets. Give one target for every input."),
      ([], [], "There are no samples: inputs have shape [0, 2]. Give at least one sample."),
    ] as [([Float], [Int], String)])
  func badSamples(scalars: [Float], labels: [Int], message: String) throws {
    let error = #expect(throws: NetworkError.self) {
      try Samples(inputs: Tensor(shape: [scalars.count / 2, 2], scalars: scalars), targets: .labels(labels))
    }
    #expect(error?.description == message)
  }

  @Test("events report every step and epoch")
  func events() throws {
    var (steps, epochs): ([[Int]], [EpochMetrics]) = ([], [])
    var trainer = try trainer(TrainingSettings(epochs: 2, batchSize: 16, seed: 1))
    try trainer.fit(rings(40, seed: 1)) { event in
      switch event {
      case .step(let epoch, let step, let stepsPerEpoch, let loss, _):
        steps.append([epoch, step, stepsPerEpoch])
        #expect(loss.isFinite)
      case .epoch(let metrics): epochs.append(metrics)
      }
      return .proceed
    }
    #expect(steps == [[1, 1, 3], [1, 2, 3], [1, 3, 3], [2, 1, 3], [2, 2, 3], [2, 3, 3]])
    #expect(epochs == trainer.history)
  }
}
