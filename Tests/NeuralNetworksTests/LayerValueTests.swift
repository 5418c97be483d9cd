import Foundation
import NeuralNetworks
import Randomness
import Testing

/// Layers against their formulas written out entry by entry.
@Suite struct LayerValueTests {
  @Test("convolution", arguments: [(1, 0), (1, 2), (2, 1), (3, 2)])
  func convolution(stride: Int, padding: Int) throws {
    let x: Tensor<Double> = randomTensor([3, 2, 9, 7], seed: 1), w: Tensor<Double> = randomTensor([4, 2, 3, 3], seed: 2)
    let b: Tensor<Double> = randomTensor([4], seed: 3)
    let found = try Conv2D(weight: w, bias: b, stride: stride, padding: padding)(x)
    let (height, width) = ((9 + 2 * padding - 3) / stride + 1, (7 + 2 * padding - 3) / stride + 1)
    var expected = Tensor<Double>(shape: [3, 4, height, width])
    for s in 0..<3 {
      for f in 0..<4 {
        for row in 0..<height {
          for column in 0..<width {
            var sum = b[f]
            for c in 0..<2 {
              for i in 0..<3 {
                for j in 0..<3 {
                  let (y, z) = (row * stride + i - padding, column * stride + j - padding)
                  if (0..<9).contains(y), (0..<7).contains(z) { sum += w[f, c, i, j] * x[s, c, y, z] }
                }
              }
            }
            expected[s, f, row, column] = sum
          }
        }
      }
    }
    expectClose(found, expected)
    let single = try Conv2D(weight: w.converted(to: Float.self), bias: b.converted(), stride: stride, padding: padding)(
      x.converted())
    expectClose(single, expected.converted(to: Float.self), tolerance: 1e-5)
  }

  @Test("convolutions that follow each other directly give what each gives, whether folded or not")
  func foldedConvolutions() throws {
    var random = RandomSource(seed: 6)
    func layer(_ channels: Int, _ filters: Int, _ kernel: Int, stride: Int = 1, hasBias: Bool = true) -> Conv2D<Double> {
      Conv2D(channels: channels, filters: filters, kernel: kernel, stride: stride, hasBias: hasBias, random: &random)
    }
    let networks: [[any Layer<Double>]] = [
      [layer(2, 6, 3), layer(6, 3, 2), layer(3, 1, 3)],
      [layer(2, 6, 3, hasBias: false), layer(6, 3, 2)], [layer(2, 6, 3), layer(6, 3, 2, hasBias: false)],
      [layer(2, 3, 3, stride: 2), layer(3, 2, 2)], [layer(2, 1, 2), layer(1, 4, 4)],
    ]
    let images: Tensor<Double> = randomTensor([3, 2, 9, 8], seed: 2, in: -1...1)
    for layers in networks {
      var apart = images
      for layer in layers { apart = try layer(apart) }
      let whole = try Sequential<Double>(layers)(images)
      #expect(whole.shape == apart.shape)
      for (x, y) in zip(whole.scalars, apart.scalars) { #expect(abs(x - y) < 1e-13) }
    }
  }

  @Test("pooling")
  func pooling() throws {
    let x = Tensor<Double>(shape: [1, 1, 3, 4], scalars: [1, 2, 3, 4, 8, 7, 6, 5, 9, 9, 9, 9])
    #expect(try MaxPool2D(window: 2)(x) == Tensor(shape: [1, 1, 1, 2], scalars: [8, 6]))
    #expect(try AvgPool2D(window: 2)(x) == Tensor(shape: [1, 1, 1, 2], scalars: [4.5, 4.5]))
    for (description, layer) in [(.maxPool2D(2), MaxPool2D(window: 2)), (.avgPool2D(2), AvgPool2D(window: 2))]
      as [(LayerDescription, any Layer<Double>)]
    {
      #expect(try Sequential<Double>(inputShape: [1, 3, 4], layers: [description], seed: 1)(x) == layer(x))
    }
    #expect(try MaxPool2D(window: 2, stride: 1)(x) == Tensor(shape: [1, 1, 2, 3], scalars: [8, 7, 6, 9, 9, 9]))
  }

  @Test("a maximum does not hide NaN")
  func poolingKeepsNaN() throws {
    let x = Tensor<Float>(shape: [1, 1, 2, 2], scalars: [1, .nan, 3, 2])
    #expect(try !MaxPool2D(window: 2)(x).isFinite)
  }

  @Test("batch norm normalizes by the batch, then by its running statistics")
  func batchNorm() throws {
    let x = Tensor<Double>(shape: [4, 1], scalars: [1, 2, 3, 6])
    var layer = BatchNorm<Double>(channels: 1, momentum: 0.25)
    let output = try outputs(layer, x, .training)
    let deviation = (3.5 + 1e-5).squareRoot()
    expectClose(output.value, Tensor(shape: [4, 1], scalars: [-2, -1, 0, 3].map { $0 / deviation }))
    #expect(layer.runningMean[0] == 0)
    layer.storeBuffers(of: output.tape)
    expectClose(layer.runningMean, Tensor(shape: [1], scalars: [0.25 * 3]))
    // The running variance takes the unbiased estimate, 14 / 3.
    expectClose(layer.runningVariance, Tensor(shape: [1], scalars: [0.75 + 0.25 * 14 / 3]))
    let scale = 1 / (layer.runningVariance[0] + 1e-5).squareRoot()
    expectClose(try layer(x), Tensor(shape: [4, 1], scalars: x.scalars.map { ($0 - 0.75) * scale }))
  }

  @Test("layer norm gives every sample mean 0 and variance 1")
  func layerNorm() throws {
    let x = Tensor<Double>(shape: [2, 2], scalars: [1, 3, -5, 5])
    let expected = [-1, 1, -5, 5].enumerated().map { $1 / ((($0 < 2 ? 1 : 25) + 1e-5) as Double).squareRoot() }
    expectClose(try LayerNorm<Double>(shape: [2])(x), Tensor(shape: [2, 2], scalars: expected))
  }

  @Test("dropout drops the asked part, keeps the mean, and depends on the key")
  func dropout() throws {
    let x = Tensor<Float>(shape: [20, 500], repeating: 1)
    func masked(_ key: UInt64) -> Tensor<Float> {
      let tape = Tape<Float>()
      return Dropout<Float>(rate: 0.25).forward(tape.constant(x), in: ForwardPass(tape: tape, mode: .training, randomKey: key))
        .value
    }
    let output = masked(1)
    let dropped = Double(output.scalars.count { $0 == 0 }) / 10_000
    // Four standard errors of a proportion of 10,000 draws.
    #expect(abs(dropped - 0.25) < 4 * (0.25 * 0.75 / 10_000).squareRoot())
    #expect(output.scalars.allSatisfy { $0 == 0 || abs($0 - 4 / 3) < 1e-6 })
    #expect(masked(1) == output)
    #expect(masked(2) != output)
    #expect(try Dropout<Float>(rate: 0.25)(x) == x)
  }

  @Test("embedding looks rows up and refuses what is no symbol")
  func embedding() throws {
    let layer = Embedding(table: Tensor<Double>(rows: [[1, 2], [3, 4]]))
    #expect(try layer(Tensor(rows: [[1, 0]])) == Tensor(shape: [1, 2, 2], scalars: [3, 4, 1, 2]))
    let error = #expect(throws: NetworkError.self) { try layer(Tensor(rows: [[0, 1], [2, 0]])) }
    #expect(
      error?.description == "Embedding: sample 1 of the batch holds 2.0, expected a whole number in 0..<2. "
        + "Number the symbols from 0 or enlarge the vocabulary.")
  }

  @Test(
    "fresh weights depend on the seed alone and have the stated spread",
    arguments: [
      (Initializer.glorotUniform, 2.0 / 500), (.heNormal, 2.0 / 200), (.fanInUniform, 1.0 / 600),
      (.uniform(bound: 0.3), 0.03), (.normal(standardDeviation: 0.2), 0.04),
    ])
  func initializers(initializer: Initializer, variance: Double) {
    func drawn<Scalar: TensorScalar>(_ seed: UInt64, _: Scalar.Type) -> Tensor<Scalar> {
      var random = RandomSource(seed: seed)
      return initializer.tensor(shape: [200, 300], fanIn: 200, fanOut: 300, random: &random)
    }
    let x = drawn(1, Double.self)
    #expect(drawn(1, Double.self) == x)
    #expect(drawn(2, Double.self) != x)
    #expect(drawn(1, Float.self) == x.converted())
    let found = x.scalars.reduce(0) { $0 + $1 * $1 } / 60_000
    #expect(abs(found / variance - 1) < 0.03)
  }
}
