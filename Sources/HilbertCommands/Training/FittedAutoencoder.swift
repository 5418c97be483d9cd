import Datasets
import Hilbert
import NeuralNetworks
import Randomness
import Reports

/// What makes the encoder that a data section asks for, from its training samples; held-out samples are for judging it alone.
typealias EncoderSource = (AutoencoderSection, TrainingSet, HeldOutSet) throws -> DenseEncoder

/// An autoencoder trained on the samples of a run, and how well samples come through it.
struct FittedAutoencoder: Codable, Hashable, Sendable {
  let latents: Int
  let encoder: DenseEncoder
  /// Mean squared error of the numbers of held-out samples.
  let testError: Double

  /// Trains it.
  ///
  /// - Parameter advice: what to do after Ctrl-C.
  /// - Throws: `Failure` with status 130 when Ctrl-C was pressed, with 65 for numbers that are not in 0...1.
  init(
    _ section: AutoencoderSection, training: TrainingSet, test: HeldOutSet, seed: UInt64,
    advice: String = "the same command begins again", shared: SharedOptions
  ) throws {
    guard training.features.allSatisfy({ (0...1).contains($0) }) else {
      throw Failure(
        .badInput,
        "\(training.name) has numbers outside of 0...1, which an autoencoder cannot give back; leave data.autoencoder out")
    }
    func samples<Role>(_ set: SampleSet<Role>) throws -> Samples<Float> {
      let inputs = set.inputs(Float.self).reshaped(to: [set.count, set.sampleSize])
      return try Samples(inputs: inputs, targets: .values(inputs))
    }
    var random = RandomSource(seed: seed, stream: 0x4849_4C42_4552_5402)
    var trainer = Trainer(
      model: Autoencoder<Float>(
        inputs: training.sampleSize, hidden: section.hidden, latents: section.latents, random: &random),
      optimizer: Adam(learningRate: section.learningRate), loss: .meanSquaredError,
      settings: TrainingSettings(epochs: section.epochs, batchSize: section.batch, seed: seed), loop: shared.loop)
    let steps = (training.count + section.batch - 1) / section.batch
    var bar = ProgressBar("autoencoder", total: section.epochs * steps, unit: "steps", isQuiet: shared.quiet)
    let end = try trainer.fit(try samples(training)) { event in
      switch event {
      case .step(let epoch, let step, _, let loss, _):
        bar.update((epoch - 1) * steps + step, metric: "error \(loss.fixed(4))")
      case .epoch: break
      }
      return Interruption.isRequested ? .stop : .proceed
    }
    guard end == .allEpochsDone else {
      bar.interrupt()
      throw Failure(.interrupted, "interrupted while the autoencoder was trained, which is not kept; \(advice)")
    }
    latents = section.latents
    encoder = DenseEncoder(trainer.model)
    testError = try trainer.model.evaluate(on: samples(test), loss: .meanSquaredError, loop: shared.loop).loss
  }
}

extension FeaturePipeline {
  /// The encoder among the steps, if it reads and gives so many numbers.
  func encoder(from inputs: Int, to latents: Int) -> DenseEncoder? {
    for case .encoder(let encoder) in steps where encoder.layers[0].inputs == inputs {
      return encoder.outputShape(for: [inputs]) == [latents] ? encoder : nil
    }
    return nil
  }
}

extension SharedOptions {
  /// Trains each autoencoder that is asked for.
  func encoders(seed: UInt64) -> EncoderSource {
    { section, training, test in
      try Interruption.whileListening {
        try FittedAutoencoder(section, training: training, test: test, seed: seed, shared: self).encoder
      }
    }
  }
}
