import Execution
import Foundation
import NeuralNetworks
import Testing

/// References/images.json: a convolutional network in PyTorch, and images moved by SciPy.
private struct ImageReferences: Decodable {
  struct Network: Decodable {
    let loss: Double
    let imageGradient: [Double]
    let gradient: [Double]
    let runningMean: [Double]
    let runningVariance: [Double]
  }

  struct Moved: Decodable, Sendable {
    let angle: Double
    let x: Double
    let y: Double
    let values: [Double]
  }

  let network: Network
  let moved: [Moved]

  static let read = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/images.json")
    return try JSONDecoder().decode(ImageReferences.self, from: Data(contentsOf: file))
  }
}

/// sin(1.7 k + 0.3) for k = 0, 1, ..., as in the script.
private func numbers(_ shape: [Int], times factor: Double = 1) -> Tensor<Double> {
  Tensor(shape: shape, scalars: (0..<shape.reduce(1, *)).map { factor * sin(1.7 * Double($0) + 0.3) })
}

private func close(_ found: [Double], _ expected: [Double], _ tolerance: Double) -> Bool {
  found.count == expected.count && zip(found, expected).allSatisfy { abs($0 - $1) <= tolerance * max(1, abs($1)) }
}

@Suite struct ImageNetworkTests {
  @Test("a convolutional network has PyTorch's loss, gradients and running statistics")
  func pyTorch() throws {
    let expected = try ImageReferences.read.get().network
    var model = try Sequential<Double>(
      inputShape: [2, 8, 6],
      layers: [
        .conv2D(3, kernel: 5, padding: 2), .batchNorm, .maxPool2D(2), .relu, .conv2D(4, kernel: 3, stride: 2, padding: 1),
        .batchNorm, .relu, .flatten, .dense(3),
      ], seed: 1)
    var place = 0.0
    model.visitTensors { _, role, tensor in
      guard role == .parameter else { return }
      tensor = numbers(tensor.shape, times: 0.5 + 0.1 * place)
      place += 1
    }
    let tape = Tape<Double>()
    let images = tape.variable(numbers([4, 2, 8, 6]))
    let loss = try Loss<Double>.crossEntropy(labelSmoothing: 0.1)(
      model.forward(images, in: ForwardPass(tape: tape, mode: .training)), .labels([0, 2, 1, 2]))
    let gradients = try tape.gradients(of: loss)
    model.storeBuffers(of: tape)
    #expect(abs(loss.value.scalar - expected.loss) < 1e-12)
    #expect(close(try #require(gradients[images]).scalars, expected.imageGradient, 1e-11))
    #expect(close(model.vector(of: gradients), expected.gradient, 1e-11))
    #expect(close(model.tensors["1.runningMean"]!.scalars, expected.runningMean, 1e-12))
    #expect(close(model.tensors["1.runningVariance"]!.scalars, expected.runningVariance, 1e-12))
  }

  @Test("images move as SciPy moves them")
  func moved() throws {
    let image = ElementwiseFunction.absolute(numbers([1, 1, 9, 7]))
    for reference in try ImageReferences.read.get().moved {
      let motion = ImageMotion(x: reference.x, y: reference.y, angle: reference.angle)
      let found = ImageMotion.move(image, by: [motion], loop: .serial)
      #expect(close(found.scalars, reference.values, 1e-12), "\(reference.angle), \(reference.x), \(reference.y)")
    }
    let mirrored = ImageMotion.move(image, by: [ImageMotion(x: 0, y: 0, angle: 0, isMirrored: true)], loop: .serial)
    for row in 0..<9 { for column in 0..<7 { #expect(abs(mirrored[0, 0, row, column] - image[0, 0, row, 6 - column]) < 1e-12) } }
  }

  @Test("an image's motion depends on its number, the epoch and the seed, not on its batch or the threads")
  func motionsHaveAddresses() {
    let images: Tensor<Float> = numbers([40, 2, 6, 5]).converted()
    let augmentation = ImageAugmentation(shift: 2, rotation: 20, mirrors: true)
    func moved(_ rows: [Int], seed: UInt64 = 1, epoch: Int = 1, threads: Int = 1) -> Tensor<Float> {
      augmentation.applied(to: images.rows(rows), numbers: rows, seed: seed, epoch: epoch, loop: ParallelLoop(threads: threads))
    }
    let all = moved(Array(0..<40))
    #expect(moved(Array(0..<40), threads: 4) == all)
    #expect(moved([17, 3]) == all.rows([17, 3]))
    #expect(moved(Array(0..<40), epoch: 2) != all)
    #expect(moved(Array(0..<40), seed: 2) != all)
    #expect(all.rows([0]) != images.rows([0]))
    let still = ImageAugmentation().applied(to: images, numbers: Array(0..<40), seed: 1, epoch: 1)
    expectClose(still, images, tolerance: 1e-6)
  }

  /// Bars across and along: a task for which moved images help, in a network with running statistics.
  private func bars(_ count: Int, seed: UInt64) throws -> Samples<Float> {
    let noise: Tensor<Float> = randomTensor([count, 1, 6, 6], seed: seed, in: -0.5...0.5)
    var images = noise
    for sample in 0..<count {
      for place in 0..<6 { images[sample, 0, sample % 2 == 0 ? place : 2, sample % 2 == 0 ? 3 : place] += 1 }
    }
    return try Samples(inputs: images, targets: .labels((0..<count).map { $0 % 2 }))
  }

  private func trainer(averaging: Double?, epochs: Int = 4) throws -> Trainer<Sequential<Float>> {
    Trainer(
      model: try Sequential<Float>(
        inputShape: [1, 6, 6], layers: [.conv2D(3, kernel: 3), .batchNorm, .relu, .flatten, .dense(2)], seed: 2),
      optimizer: Adam(learningRate: 0.01), loss: .crossEntropy(),
      settings: TrainingSettings(
        epochs: epochs, batchSize: 10, seed: 4, augmentation: ImageAugmentation(shift: 1, rotation: 5), averaging: averaging))
  }

  @Test("a broken run with moved images and averaged weights ends with the bits of an unbroken one")
  func resumes() throws {
    let path = try Workplace(), file = path.path("run.safetensors")
    let (training, test) = try (bars(44, seed: 1), bars(20, seed: 2))
    var unbroken = try trainer(averaging: 0.9)
    try unbroken.fit(training, validation: test)
    var broken = try trainer(averaging: 0.9)
    try broken.fit(training, validation: test, checkpointPath: file) { event in
      if case .step(epoch: 3, step: 2, _, _, _) = event { return .stop }
      return .proceed
    }
    var resumed = try trainer(averaging: 0.9)
    try resumed.restore(from: file)
    try resumed.fit(training, validation: test, checkpointPath: file)
    #expect(resumed.history == unbroken.history)
    #expect(resumed.model.tensors == unbroken.model.tensors)
    #expect(resumed.bestModel.tensors == unbroken.bestModel.tensors)
    var loaded = try trainer(averaging: nil).model
    try loaded.loadBestTensors(from: file)
    #expect(loaded.tensors == unbroken.bestModel.tensors)
    try loaded.loadTensors(from: file)
    #expect(loaded.tensors == unbroken.model.tensors)
  }

  @Test("the average is the recursion's, over weights and running statistics")
  func average() throws {
    let samples = try bars(40, seed: 1)
    // One step an epoch, so that the weights after each step are known.
    func oneStep(_ averaging: Double?) throws -> Trainer<Sequential<Float>> {
      let settings = TrainingSettings(epochs: 3, batchSize: 40, seed: 4, averaging: averaging)
      return Trainer(
        model: try trainer(averaging: nil).model, optimizer: Adam(learningRate: 0.01), loss: .crossEntropy(), settings: settings)
    }
    var plain = try oneStep(nil)
    var expected = plain.model.tensors
    var step = 0
    while step < 3 {
      _ = try plain.fit(samples) { event in if case .epoch = event { return .stop } else { return .proceed } }
      step += 1
      let decay = Float(min(0.2, Double(1 + step) / Double(10 + step)))
      for (name, tensor) in plain.model.tensors { expected[name] = decay * expected[name]! + (1 - decay) * tensor }
    }
    var averaged = try oneStep(0.2)
    try averaged.fit(samples)
    #expect(averaged.model.tensors == plain.model.tensors)
    for (name, tensor) in averaged.bestModel.tensors { expectClose(tensor, expected[name]!, tolerance: 1e-5) }
  }

  @Test("augmentation refuses samples that are no images")
  func refusesTables() throws {
    var trainer = Trainer(
      model: try ringModel() as Sequential<Float>, optimizer: Adam(), loss: .crossEntropy(),
      settings: TrainingSettings(epochs: 1, augmentation: ImageAugmentation(shift: 1)))
    let error = #expect(throws: NetworkError.self) { _ = try trainer.fit(rings(20, seed: 1)) }
    #expect(
      error?.description == "Augmentation moves images, and the samples have shape [2]. "
        + "Give images of shape [channels, height, width], or leave augmentation out.")
  }
}
