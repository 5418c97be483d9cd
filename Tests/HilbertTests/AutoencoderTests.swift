import Hilbert
import Testing

/// Autoencoders beside principal components, which no linear one beats.
@Suite struct AutoencoderTests {
  /// Trains a network to give back the digits of 8 x 8 pixels.
  private static func trained<Model: Layer<Float>>(_ model: Model, epochs: Int) throws -> (model: Model, error: Double) {
    let training = try DataRequest(source: "digits-8x8", seed: 1).load().training
    let inputs = training.inputs(Float.self).reshaped(to: [training.count, 64])
    let samples = try Samples(inputs: inputs, targets: .values(inputs))
    var trainer = Trainer(
      model: model, optimizer: Adam(learningRate: 0.003), loss: .meanSquaredError,
      settings: TrainingSettings(epochs: epochs, batchSize: 64, seed: 3, schedule: .cosine))
    try trainer.fit(samples)
    return (trainer.model, try trainer.model.evaluate(on: samples, loss: .meanSquaredError).loss)
  }

  private static func componentsError(_ count: Int) throws -> Double {
    let training = try DataRequest(source: "digits-8x8", seed: 1).load().training
    return try PrincipalComponents(fitting: training, count: count).reconstructionError(of: training)
  }

  @Test("A linear autoencoder comes near the components' error and not below") func linear() throws {
    var random = RandomSource(seed: 2)
    let network = Sequential<Float>([
      Dense<Float>(inputs: 64, outputs: 8, random: &random), Dense<Float>(inputs: 8, outputs: 64, random: &random),
    ])
    let (found, least) = (try Self.trained(network, epochs: 60).error, try Self.componentsError(8))
    #expect(found > least - 1e-6 && found < 1.1 * least, "\(found), \(least)")
  }

  @Test("One with ReLU goes below, and its encoder is what prepares samples") func nonlinear() throws {
    var random = RandomSource(seed: 2)
    let network = Autoencoder<Float>(inputs: 64, hidden: 96, latents: 8, random: &random)
    let (model, found) = try Self.trained(network, epochs: 150)
    let least = try Self.componentsError(8)
    #expect(found < 0.9 * least, "\(found), \(least)")

    let test = try DataRequest(source: "digits-8x8", seed: 1).load().test
    let encoded = DenseEncoder(model).applied(to: test)
    #expect(encoded.sampleShape == [8] && encoded.labels == test.labels)
    let expected = try model.encoder.outputs(for: test.inputs(Float.self).reshaped(to: [test.count, 64]))
    for (value, wanted) in zip(encoded.features, expected.scalars) { #expect(abs(value - wanted) < 1e-5) }
  }
}
