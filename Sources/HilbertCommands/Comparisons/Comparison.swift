import Execution
import Hilbert
import NeuralNetworks
import QuantumStates
import Reports

/// Networks trained one after another on the same samples, every seed and every contestant a checkpoint and a result of its own, so
/// that a comparison that was broken off goes on where it stopped.
struct Comparison {
  let contestants: [Contestant]
  let seeds: [UInt64]
  let folder: RunFolder
  let shared: SharedOptions
  let encoders: ComparisonEncoders

  init(contestants: [Contestant], seeds: [UInt64], folder: RunFolder, shared: SharedOptions) {
    (self.contestants, self.seeds, self.folder, self.shared) = (contestants, seeds, folder, shared)
    encoders = ComparisonEncoders(folder: folder, shared: shared)
  }

  /// Trains what is left to train.
  ///
  /// - Throws: `Failure` with status 130 when Ctrl-C was pressed; finished epochs are saved.
  func train() throws {
    Interruption.listen()
    defer { Interruption.stopListening() }
    var data: (section: DataSection, seed: UInt64, prepared: PreparedData)?
    for seed in seeds {
      for contestant in contestants {
        let file = contestant.resultFile(seed: seed)
        if folder.contains(file) {
          let settings = try folder.value(ContestantResult.self, from: file).settings
          guard settings == nil || settings == contestant.settings else {
            throw Failure(
              .cannotWrite,
              "\(folder.file(file)) is of a network that was made or trained otherwise; name another folder with --output")
          }
          continue
        }
        var configuration = contestant.configuration
        configuration.seed = seed
        if data?.section != configuration.data || data?.seed != seed {
          let source = encoders.source(configuration.data, seed: seed)
          data = (configuration.data, seed, try PreparedData(configuration.data, seed: seed, encoders: source))
        }
        let result: ContestantResult
        switch configuration.training.precision {
        case .float: result = try train(contestant, configuration, data!.prepared, Float.self)
        case .double: result = try train(contestant, configuration, data!.prepared, Double.self)
        }
        try folder.write(json: result, to: file)
      }
    }
  }

  private func train<Scalar: TensorScalar>(
    _ contestant: Contestant, _ configuration: TrainingConfiguration, _ data: PreparedData, _: Scalar.Type
  ) throws -> ContestantResult {
    let kind = contestant.replacement.map(NetworkBuilder<Scalar>.Kind.control) ?? .model
    let network = try NetworkBuilder<Scalar>(kind: kind, seed: configuration.seed)
      .network(configuration.model, sampleShape: data.sampleShape, classCount: data.classNames.count)
    let beginning = FixedBeginning(of: network, isMoving: configuration.training.augmentation != nil)
    let training = try beginning.applied(to: data.training.samples(), loop: shared.loop)
    let test = try beginning.applied(to: data.test.samples(), loop: shared.loop)
    var trainer = Trainer(configuration, network: beginning.network, loop: shared.loop)
    let checkpoint = folder.file("checkpoints/\(contestant.fileName(seed: configuration.seed)).safetensors")
    let isFresh = !WholeFile.exists(checkpoint)
    if !isFresh { try trainer.restore(from: checkpoint) }
    let stopwatch = Stopwatch()
    try fit(&trainer, training, test, label: "\(contestant.name), seed \(configuration.seed)", checkpoint: checkpoint)
    let seconds = stopwatch.seconds
    let judged = try TestResult(
      of: trainer.bestModel, on: test, labels: data.test.labels, classCount: data.classNames.count, loop: shared.loop)
    return ContestantResult(
      name: contestant.name, seed: configuration.seed, settings: contestant.settings, parameterCount: network.parameterCount,
      epochs: configuration.training.epochs, trainingSamples: training.count, testSamples: test.count,
      trainLoss: trainer.history.last?.trainingLoss ?? .nan, testLoss: judged.loss, testAccuracy: judged.accuracy,
      accuracies: trainer.history.map { $0.validationAccuracy ?? 0 }, confusion: judged.confusion, seconds: isFresh ? seconds : nil)
  }

  private func fit<Scalar: TensorScalar>(
    _ trainer: inout Trainer<Sequential<Scalar>>, _ training: Samples<Scalar>, _ test: Samples<Scalar>, label: String,
    checkpoint: String
  ) throws {
    let stepsPerEpoch = (training.count + trainer.settings.batchSize - 1) / trainer.settings.batchSize
    var bar = ProgressBar(
      label, total: trainer.settings.epochs * stepsPerEpoch, done: trainer.history.count * stepsPerEpoch, unit: "steps",
      isQuiet: shared.quiet)
    var metric = ""
    try trainer.fit(training, validation: test, checkpointPath: checkpoint) { event in
      switch event {
      case .step(let epoch, let step, _, _, _):
        let done = (epoch - 1) * stepsPerEpoch + step
        if step < stepsPerEpoch { bar.update(done, metric: metric) }
      case .epoch(let metrics):
        metric = "accuracy \((metrics.validationAccuracy ?? 0).fixed(4))"
        bar.update(metrics.epoch * stepsPerEpoch, metric: metric)
      }
      return Interruption.isRequested ? .stop : .proceed
    }
    guard trainer.history.count == trainer.settings.epochs else {
      bar.interrupt()
      throw Failure(
        .interrupted,
        "interrupted; what is finished is saved in \(folder.path)\ngo on with the same command and --output \(folder.path)")
    }
  }
}
