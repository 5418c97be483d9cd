import Execution
import NeuralNetworks
import Randomness
import Testing

/// One line a layer: how it is made, the shape of one input sample and of its output, and how many numbers it trains.
struct LayerRow: CustomTestStringConvertible, Sendable {
  let testDescription: String
  let layer: any Layer<Double>
  let inputShape: [Int]
  let outputShape: [Int]
  let parameterCount: Int
  /// Inputs are whole numbers, which have no gradient.
  var takesSymbols = false

  init(
    _ name: String, _ layer: any Layer<Double>, _ inputShape: [Int], _ outputShape: [Int], parameters: Int = 0,
    takesSymbols: Bool = false
  ) {
    (testDescription, self.layer, self.inputShape, self.outputShape) = (name, layer, inputShape, outputShape)
    (parameterCount, self.takesSymbols) = (parameters, takesSymbols)
  }

  /// A batch of five samples; distinct numbers, so that no maximum is taken twice.
  func inputs(samples: Int = 5) -> Tensor<Double> {
    guard takesSymbols else { return randomTensor([samples] + inputShape, seed: 11, in: -2...2) }
    var random = RandomSource(seed: 11)
    let count = samples * inputShape.reduce(1, *)
    return Tensor(shape: [samples] + inputShape, scalars: (0..<count).map { _ in Double(random.integer(below: 6)) })
  }
}

@Suite struct LayerLaws {
  static let rows: [LayerRow] = {
    var r = RandomSource(seed: 3)
    return [
      .init("dense", Dense(inputs: 4, outputs: 3, random: &r), [4], [3], parameters: 15),
      .init("dense without bias", Dense(inputs: 4, outputs: 3, hasBias: false, random: &r), [4], [3], parameters: 12),
      .init("conv2d", Conv2D(channels: 2, filters: 3, kernel: 3, padding: 1, random: &r), [2, 5, 4], [3, 5, 4], parameters: 57),
      .init(
        "conv2d, stride 2", Conv2D(channels: 2, filters: 2, kernel: 3, stride: 2, random: &r), [2, 7, 6], [2, 3, 2], parameters: 38),
      .init(
        "conv2d, all options", Conv2D(channels: 1, filters: 2, kernel: 2, stride: 3, padding: 1, hasBias: false, random: &r),
        [1, 5, 5], [2, 2, 2], parameters: 8),
      .init(
        "conv2d, two in a row",
        Sequential<Double>([
          Conv2D(channels: 1, filters: 4, kernel: 3, random: &r), Conv2D(channels: 4, filters: 2, kernel: 2, random: &r),
        ]),
        [1, 6, 5], [2, 3, 2], parameters: 74),
      .init("max pooling", MaxPool2D(window: 2), [2, 4, 5], [2, 2, 2]),
      .init("max pooling, overlapping", MaxPool2D(window: 3, stride: 1), [1, 4, 5], [1, 2, 3]),
      .init("average pooling", AvgPool2D(window: 2), [2, 4, 5], [2, 2, 2]),
      .init("average pooling, overlapping", AvgPool2D(window: 3, stride: 2), [1, 5, 5], [1, 2, 2]),
      .init("batch norm of features", BatchNorm(channels: 3), [3], [3], parameters: 6),
      .init("batch norm of images", BatchNorm(channels: 2), [2, 3, 3], [2, 3, 3], parameters: 4),
      .init("layer norm", LayerNorm(shape: [2, 3]), [2, 3], [2, 3], parameters: 12),
      .init("dropout", Dropout(rate: 0.4), [6], [6]),
      .init("embedding", Embedding(vocabulary: 6, dimension: 2, random: &r), [3], [3, 2], parameters: 12, takesSymbols: true),
      .init("affine", Affine(factor: -1.5, shift: 0.5), [2, 3], [2, 3]),
      .init("affine without shift", Affine(factor: 3), [4], [4]),
      .init("border of zeros", ZeroPad2D(border: 2), [2, 3, 1], [2, 7, 5]),
      .init("flatten", Flatten(), [2, 3], [6]),
      .init("first numbers", Leading(count: 3), [5], [3]),
      .init("autoencoder", Autoencoder(inputs: 6, hidden: 4, latents: 2, random: &r), [6], [6], parameters: 28 + 10 + 12 + 30),
      .init("softmax", Softmax(), [4], [4]),
      .init("scale of one's own", Scale(), [4], [4], parameters: 1),
      .init(
        "sequential",
        Sequential([
          Conv2D<Double>(channels: 1, filters: 2, kernel: 3, random: &r), BatchNorm<Double>(channels: 2),
          Activation<Double>(.tanh), Flatten<Double>(), Dropout<Double>(rate: 0.3),
          Dense<Double>(inputs: 8, outputs: 2, random: &r),
        ]), [1, 4, 4], [2], parameters: 42),
    ]
      + ElementwiseFunction.allCases.filter { $0 != .logarithm && $0 != .squareRoot }.map {
        .init($0.rawValue, Activation($0), [4], [4])
      }
  }()

  @Test("shapes and counts", arguments: rows)
  func shapesAndCounts(row: LayerRow) throws {
    #expect(try row.layer.outputShape(for: row.inputShape) == row.outputShape)
    #expect(row.layer.parameterCount == row.parameterCount)
    #expect(try outputs(row.layer, row.inputs(), .training).value.shape == [5] + row.outputShape)
    #expect(try outputs(row.layer, row.inputs(), .evaluation).value.shape == [5] + row.outputShape)
  }

  @Test("gradients of inputs and parameters", arguments: rows, [ForwardPass<Double>.Mode.training, .evaluation])
  func gradients(row: LayerRow, mode: ForwardPass<Double>.Mode) throws {
    if !row.takesSymbols {
      try checkGradients(
        of: { try row.layer.forward($0[0], in: ForwardPass(tape: $0[0].tape, mode: mode, randomKey: 5)) }, at: [row.inputs()],
        tolerance: 1e-6)
    }
    try checkParameterGradients(row.layer, row.inputs(), mode)
  }

  private func checkParameterGradients(_ layer: some Layer<Double>, _ inputs: Tensor<Double>, _ mode: ForwardPass<Double>.Mode)
    throws
  {
    let output = try outputs(layer, inputs, mode)
    let weights: Tensor<Double> = randomTensor(output.shape, seed: 99)
    let found = layer.vector(of: try output.tape.gradients(of: output, cotangent: weights))
    let start = layer.parameterVector
    for index in start.indices {
      func value(_ shift: Double) throws -> Double {
        var moved = layer
        moved.parameterVector[index] += shift
        return try (weights * outputs(moved, inputs, mode).value).sum().scalar
      }
      let difference = try (value(1e-5) - value(-1e-5)) / 2e-5
      #expect(
        abs(found[index] - difference) <= 1e-6 * max(1, abs(difference)), "parameter \(index): \(found[index]), \(difference)")
    }
  }

  @Test("one thread and many give the same bits", arguments: rows)
  func threads(row: LayerRow) throws {
    try #expect(run(row.layer, ParallelLoop(threads: 1)) == run(row.layer, ParallelLoop(threads: 4)))

    func run(_ layer: some Layer<Double>, _ loop: ParallelLoop) throws -> [[Double]] {
      let inputs = row.inputs(samples: 40)
      let output = try outputs(layer, inputs, .training, loop: loop)
      let gradients = try output.tape.gradients(of: output, cotangent: randomTensor(output.shape, seed: 1))
      return [output.value.scalars, layer.vector(of: gradients)]
    }
  }

  @Test("per-sample gradients add up to the batch's", arguments: rows)
  func perSample(row: LayerRow) throws {
    func check(_ layer: some Layer<Double>) throws {
      let mode: ForwardPass<Double>.Mode = layer.couplesSamples ? .evaluation : .training
      let model = Sequential<Double>([layer, Flatten<Double>()])
      let (inputs, wanted) = (row.inputs(), Targets<Double>.values(randomTensor([5, row.outputShape.reduce(1, *)], seed: 2)))
      let single = try model.perSampleGradients(of: .meanSquaredError, inputs: inputs, targets: wanted, mode: mode, randomKey: 5)
      let loss = try Loss.meanSquaredError(outputs(model, inputs, mode), wanted)
      let whole = model.vector(of: try loss.tape.gradients(of: loss))
      #expect(single.gradients.shape == [5, model.parameterCount])
      #expect(abs(single.losses.reduce(0, +) / 5 - loss.value.scalar) < 1e-12)
      if !whole.isEmpty {
        expectClose(single.gradients.sum(axis: 0), Tensor(shape: [whole.count], scalars: whole.map { 5 * $0 }), tolerance: 1e-10)
      }
    }
    try check(row.layer)
  }

  @Test("weights go through a vector and names unchanged, and copies are independent", arguments: rows)
  func values(row: LayerRow) throws {
    func check(_ layer: some Layer<Double>) throws {
      var copy = layer
      copy.parameterVector = layer.parameterVector.map { $0 + 1 }
      #expect(layer.parameterVector.isEmpty || layer.parameterVector != copy.parameterVector)
      try copy.loadTensors(layer.tensors)
      #expect(copy.parameterVector == layer.parameterVector)
      #expect(layer.parameterShapes.map { $0.shape.reduce(1, *) }.reduce(0, +) == layer.parameterCount)
    }
    try check(row.layer)
  }
}

/// The outputs of a layer with a fixed random key.
func outputs<L: Layer>(
  _ layer: L, _ inputs: Tensor<L.Scalar>, _ mode: ForwardPass<L.Scalar>.Mode, loop: ParallelLoop = ParallelLoop()
) throws -> Variable<L.Scalar> {
  let tape = Tape<L.Scalar>(loop: loop)
  return try layer.forward(tape.variable(inputs), in: ForwardPass(tape: tape, mode: mode, randomKey: 5))
}

/// The layer that `Layer`'s documentation shows.
struct Scale<Scalar: TensorScalar>: Layer {
  var factor = Tensor<Scalar>(shape: [1], repeating: 1)
  func outputShape(for inputShape: [Int]) -> [Int] { inputShape }
  func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) -> Variable<Scalar> {
    input * pass.parameter("factor", factor)
  }
  mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows { try visit("factor", .parameter, &factor) }
}
