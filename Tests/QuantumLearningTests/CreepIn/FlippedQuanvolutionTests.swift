import LinearAlgebra
import NeuralNetworks
import QuantumLearning
import Randomness
import Testing

/// The flipped quanvolution of Wang et al., "Let the Quantum Creep In", against values of an independent numpy program and its
/// definition.
@Suite struct FlippedQuanvolutionTests {
  @Test("weights 0.1 k give the reference's kernel and output")
  func golden() throws {
    let weight = Tensor<Double>(shape: [1, 1, 15], scalars: (1...15).map { 0.1 * Double($0) })
    let layer = FlippedQuanvolution<Double>(weight: weight, bias: Tensor(shape: [1]))
    let kernel = try layer.kernels().scalars
    let expected = [
      0.5188136614, -0.0645209548, 0.2236741232, -0.0645209548, 0.0459017700, 0.0771339062, 0.2236741232, 0.0771339062,
      0.3872255200,
    ]
    for (found, value) in zip(kernel, expected) { #expect(abs(found - value) < 1e-10) }
    let output = try layer(Tensor(shape: [1, 1, 3, 3], scalars: (1...9).map(Double.init)))
    #expect(output.shape == [1, 1, 1, 1])
    #expect(abs(output.scalar - 7.162842381836165) < 1e-13)
    // As complex coefficients without imaginary parts, by another algorithm.
    let complex = FlippedQuanvolution<Double>(weight: weight, imaginary: Tensor(shape: [1, 1, 15]), bias: Tensor(shape: [1]))
    for (found, value) in zip(try complex.kernels().scalars, kernel) { #expect(abs(found - value) < 1e-13) }
  }

  /// No kernel in between: a window in the corner of a 4 x 4 observable, symmetrized, in the state of every filter and channel.
  @Test("a window's output is the mean over the channels of the symmetrized window's expectation")
  func definition() throws {
    var source = RandomSource(seed: 8)
    let layer = FlippedQuanvolution<Double>(channels: 2, filters: 3, random: &source)
    let images = CreepIn.random([2, 2, 5, 4], seed: 3)
    let output = try layer(images)
    #expect(output.shape == [2, 3, 3, 2])
    for filter in 0..<3 {
      let states = try (0..<2).map { channel in
        let coefficients = (0..<15).map { Complex(layer.weight[filter, channel, $0]) }
        let gate = try CreepIn.generator(coefficients).evolution(time: -1)
        return (0..<4).map { gate[$0, 0] }
      }
      for (sample, row, column) in (0..<12).map({ ($0 / 6, $0 / 2 % 3, $0 % 2) }) {
        var expected = layer.bias.scalars[filter]
        for (channel, state) in states.enumerated() {
          for (i, j) in (0..<9).map({ ($0 / 3, $0 % 3) }) {
            let (pixel, mirrored) = (images[sample, channel, row + i, column + j], images[sample, channel, row + j, column + i])
            expected += (state[i].conjugate * state[j]).real * (pixel + mirrored) / 2 / 2
          }
        }
        #expect(abs(output[sample, filter, row, column] - expected) < 1e-13)
      }
    }
    let kernels = try layer.kernels()
    for (filter, channel) in (0..<6).map({ ($0 / 2, $0 % 2) }) {
      let k = RealMatrix(rows: 3, columns: 3, elements: (0..<9).map { kernels[filter, channel, $0 / 3, $0 % 3] * 2 })
      let spectrum = try k.symmetricEigen().values
      #expect(abs(spectrum[0]) < 1e-14)  // positive, of rank 2
      #expect(spectrum.reduce(0, +) <= 1 + 1e-14)
    }
  }

  /// The expectation of a matrix in a state lies within its norm.
  @Test("an output is no further from its bias than the windows' norms on average")
  func outputsWithinNorms() throws {
    var source = RandomSource(seed: 3)
    let layer = FlippedQuanvolution<Double>(channels: 2, filters: 100, random: &source)
    let images = CreepIn.random([1, 2, 3, 3], seed: 5)
    var bound = 0.0
    for channel in 0..<2 {
      var s = RealMatrix(rows: 4, columns: 4)
      for (i, j) in (0..<9).map({ ($0 / 3, $0 % 3) }) { s[i, j] = (images[0, channel, i, j] + images[0, channel, j, i]) / 2 }
      let values = try s.symmetricEigen().values
      bound += max(abs(values[0]), abs(values[3])) / 2
    }
    let output = try layer(images)
    let distances = (0..<100).map { abs(output[0, $0, 0, 0] - layer.bias.scalars[$0]) }
    #expect(distances.allSatisfy { $0 <= bound } && distances.contains { $0 > bound / 2 })
  }

  @Test("gradients are those of central differences", arguments: PauliCoefficients.allCases)
  func gradients(coefficients: PauliCoefficients) throws {
    let complex = coefficients == .complex
    let layer = FlippedQuanvolution<Double>(
      weight: CreepIn.random([2, 2, 15], seed: 1, deviation: 0.4),
      imaginary: complex ? CreepIn.random([2, 2, 15], seed: 2, deviation: 0.1) : nil, bias: CreepIn.random([2], seed: 3))
    try CreepIn.checkGradients(layer, CreepIn.random([2, 2, 4, 5], seed: 4), tolerance: 1e-7)
  }

  @Test("two flipped quanvolutions in a row are computed as one and give what each gives")
  func foldedQuanvolutions() throws {
    var source = RandomSource(seed: 4)
    let first = FlippedQuanvolution<Double>(channels: 1, filters: 8, random: &source)
    let second = FlippedQuanvolution<Double>(channels: 8, filters: 3, random: &source)
    let images = CreepIn.random([3, 1, 9, 8], seed: 2)
    let (whole, apart) = (try Sequential<Double>([first, second])(images), try second(first(images)))
    #expect(whole.shape == apart.shape)
    for (x, y) in zip(whole.scalars, apart.scalars) { #expect(abs(x - y) < 1e-13) }
  }
}
