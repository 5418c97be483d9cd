import Execution
import Foundation
import LinearAlgebra
import NeuralNetworks
import QuantumLearning
import Randomness
import Testing

/// The linear layer of Wang et al., "Let the Quantum Creep In", against values of an independent numpy program, the spectra of its
/// data and its own laws.
@Suite struct DataReuploadingLinearTests {
  static func small(imaginary: Tensor<Double>? = nil, scale: Double? = nil) -> DataReuploadingLinear<Double> {
    let first = (0..<15).map { 0.05 * Double($0 + 1) }
    let second = (0..<15).map { (k: Int) -> Double in k % 2 == 0 ? 0.03 * Double(k + 1) : -0.03 * Double(k + 1) }
    let weight = Tensor<Double>(rows: [first, second])
    return DataReuploadingLinear(
      inputs: 13, qubits: 2, weight: weight, imaginary: imaginary, bias: Tensor(shape: [4]),
      scale: scale.map { Tensor(shape: [1], repeating: $0) })
  }

  static let thirteen = Tensor<Double>(shape: [1, 13], scalars: (1...13).map { Double($0) / 10 })

  @Test("two qubits and two repetitions give the reference's probabilities")
  func reuploadingGolden() throws {
    let expected = [0.3164607008, 0.3811182920, 0.2941373910, 0.0082836161]
    for imaginary in [nil, Tensor<Double>(shape: [2, 15])] {
      let found = try Self.small(imaginary: imaginary)(Self.thirteen).scalars
      for (x, y) in zip(found, expected) { #expect(abs(x - y) < 1e-10) }
      #expect(abs(found.reduce(0, +) - 1) < 1e-13)
    }
  }

  /// Samples whose matrices have spectra of different kinds.
  enum Spectrum: CaseIterable {
    case small, large, veryLarge
    /// A mean that is not 0 makes two eigenvalues that stand out.
    case shifted
    /// One large eigenvalue, 31 times.
    case multiple
    /// One number: rank 2.
    case single

    var inputs: Tensor<Double> {
      var tensor = CreepIn.random([3, 1_000], seed: 5, deviation: [.small: 0.01, .large: 1, .veryLarge: 20][self] ?? 0.3)
      for place in tensor.scalars.indices {
        switch self {
        case .small, .large, .veryLarge: break
        case .shifted: tensor.scalars[place] -= 4
        case .multiple: tensor.scalars[place] = place % 1_000 % 33 == 0 ? 60 : tensor.scalars[place] / 100
        case .single: tensor.scalars[place] = place % 1_000 == 70 ? 90 : 0
        }
      }
      return tensor
    }
  }

  /// Five qubits, three repetitions: values against the spectrum of the data, gradients against differences, floats against
  /// doubles.
  @Test("data of any kind evolve as their spectrum says", arguments: Spectrum.allCases)
  func reuploadingBySpectra(kind: Spectrum) throws {
    var source = RandomSource(seed: 3)
    let layer = DataReuploadingLinear<Double>(inputs: 1_000, outputs: 8, repetitions: 3, random: &source)
    let single = DataReuploadingLinear<Float>(
      inputs: 1_000, qubits: 5, weight: layer.weight.converted(), bias: layer.bias.converted())
    let inputs = kind.inputs
    let outputs = try layer(inputs)
    let gates = try (0..<3).map { repetition in
      try CreepIn.generator((0..<1_023).map { Complex(layer.weight[repetition, $0]) }).evolution(time: -1)
    }
    for sample in 0..<3 {
      var matrix = RealMatrix(rows: 32, columns: 32)
      for k in 0..<1_000 {
        matrix[k / 32, k % 32] += inputs[sample, k] / 2
        matrix[k % 32, k / 32] += inputs[sample, k] / 2
      }
      let complex = ComplexMatrix(rows: 32, columns: 32, elements: matrix.elements.map { Complex($0) })
      let evolution = try complex.evolution(time: -1.0 / 3)
      var state = [Complex<Double>](repeating: Complex(1 / 32.0.squareRoot()), count: 32)
      for gate in gates { state = gate * (evolution * state) }
      for j in 0..<8 { #expect(abs(outputs[sample, j] - state[j].lengthSquared - layer.bias.scalars[j]) < 2e-11) }
    }
    func gradient<Scalar>(_ layer: DataReuploadingLinear<Scalar>) throws -> [Double] {
      let tape = Tape<Scalar>()
      let variable = tape.variable(inputs.converted())
      let result = try layer.forward(variable, in: ForwardPass(tape: tape))
      let cotangent = Tensor<Scalar>(shape: result.shape, scalars: (1...result.value.count).map { Scalar(cos(Double($0))) })
      return try #require(try tape.gradients(of: result, cotangent: cotangent)[variable]).scalars.map { Double($0) }
    }
    let exact = try gradient(layer)
    for (seed, direction) in [CreepIn.random([3, 1_000], seed: 6), CreepIn.random([3, 1_000], seed: 7)].enumerated() {
      func moved(_ step: Double) throws -> Double {
        let values = try layer(Tensor(shape: [3, 1_000], scalars: zip(inputs.scalars, direction.scalars).map { $0 + step * $1 }))
        return zip(values.scalars, 1...).reduce(0) { $0 + $1.0 * cos(Double($1.1)) }
      }
      let difference = (try moved(1e-5) - moved(-1e-5)) / 2e-5
      let along = zip(exact, direction.scalars).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(along - difference) < 1e-6, "direction \(seed)")
    }
    let largest = try #require(exact.lazy.map(abs).max())
    // Floats leave every angle uncertain in its seventh digit: that of the gates, some 60, and that of the data.
    let uncertain = kind == .veryLarge ? 2e-5 : 4e-6
    for (x, y) in zip(try gradient(single), exact) { #expect(abs(x - y) < 30 * uncertain * largest) }
    for (x, y) in zip(try single(inputs.converted()).scalars, outputs.scalars) { #expect(abs(Double(x) - y) < uncertain) }
  }

  @Test("one qubit is the smallest layer") func oneQubit() throws {
    let layer = DataReuploadingLinear<Double>(
      inputs: 3, qubits: 1, weight: CreepIn.random([1, 3], seed: 1), imaginary: CreepIn.random([1, 3], seed: 2, deviation: 0.1),
      bias: Tensor(shape: [2]))
    for deviation in [1, 30.0] {
      try CreepIn.checkGradients(layer, CreepIn.random([4, 3], seed: 3, deviation: deviation), tolerance: 1e-6)
    }
  }

  @Test("without data and coefficients every output is 1/2^n, without data none depends on them")
  func reuploadingLimits() throws {
    let zero = DataReuploadingLinear<Double>(
      inputs: 50, qubits: 3, weight: Tensor(shape: [2, 63]), bias: Tensor(shape: [5], scalars: [0, 1, 2, 3, 4]))
    let outputs = try zero(Tensor(shape: [3, 50])).scalars
    for (place, output) in outputs.enumerated() { #expect(abs(output - 0.125 - Double(place % 5)) < 1e-14) }
    var source = RandomSource(seed: 5)
    let layer = DataReuploadingLinear<Double>(inputs: 60, outputs: 8, repetitions: 3, random: &source)
    #expect(layer.qubits == 3)
    let same = try layer(Tensor(shape: [2, 60])).scalars
    #expect(Array(same[..<8]) == Array(same[8...]))
    let probabilities = try layer(CreepIn.random([4, 60], seed: 9, deviation: 3))
    for sample in 0..<4 {
      let sum = (0..<8).reduce(0.0) { $0 + probabilities[sample, $1] - layer.bias.scalars[$1] }
      #expect(abs(sum - 1) < 1e-12)
    }
  }

  /// Ten probabilities that sum to at most 1: on balanced classes the loss is at least ln(1 + 9/e), whatever the network learns.
  @Test("a unitary circuit without a scale keeps the floor of the cross-entropy, a scale lifts it")
  func floor() throws {
    let floor = 1.461150171734475
    #expect(abs(log(1 + 9 / M_E) - floor) < 1e-15)
    var source = RandomSource(seed: 2)
    let labels = (0..<40).map { $0 % 10 }
    var inputs = CreepIn.random([40, 64], seed: 6, deviation: 0.2)
    for sample in 0..<40 { inputs[sample, 5 * labels[sample]] += 4 }
    func loss(scale: Double?, coefficients: PauliCoefficients = .real) throws -> Double {
      var layer = DataReuploadingLinear<Double>(
        inputs: 64, outputs: 10, qubits: 4, repetitions: 4, coefficients: coefficients, scale: scale, random: &source)
      layer.bias = Tensor(shape: [10])
      var trainer = Trainer(
        model: layer, optimizer: Adam(learningRate: 0.05), loss: .crossEntropy(),
        settings: TrainingSettings(epochs: 60, batchSize: 40))
      try trainer.fit(Samples(inputs: inputs, targets: .labels(labels)))
      var trained = trainer.model
      // The floor is that of equal biases: those that were learned are taken out again.
      trained.bias = Tensor(shape: [10])
      // What the floor follows from, and what only unitary gates keep.
      let outputs = try trained(inputs)
      let sums = (0..<40).map { sample in (0..<10).reduce(0.0) { $0 + outputs[sample, $1] } }
      #expect(sums.allSatisfy { $0 <= 1 + 1e-12 } == (scale == nil && coefficients == .real))
      return try trained.evaluate(on: Samples(inputs: inputs, targets: .labels(labels)), loss: .crossEntropy()).loss
    }
    let unitary = try loss(scale: nil)
    #expect(unitary >= floor && unitary < 2.2)
    #expect(try loss(scale: 20) < 1)
    _ = try loss(scale: nil, coefficients: .complex)
  }

  @Test("gradients are those of central differences, inputs, coefficients, scale and bias", arguments: PauliCoefficients.allCases)
  func reuploadingGradients(coefficients: PauliCoefficients) throws {
    let imaginary = coefficients == .complex ? CreepIn.random([2, 15], seed: 2, deviation: 0.05) : nil
    try CreepIn.checkGradients(
      Self.small(imaginary: imaginary, scale: 3), CreepIn.random([3, 13], seed: 4, deviation: 2), tolerance: 1e-7)
    // Equal eigenvalues: the zero matrix has nothing else.
    try CreepIn.checkGradients(Self.small(imaginary: imaginary), Tensor(shape: [2, 13]), tolerance: 1e-7)
  }

  @Test("one thread and many give the same bits", arguments: PauliCoefficients.allCases)
  func threads(coefficients: PauliCoefficients) throws {
    var source = RandomSource(seed: 7)
    let layer = Sequential<Float>([
      FlippedQuanvolution<Float>(channels: 1, filters: 3, coefficients: coefficients, random: &source), Flatten<Float>(),
      DataReuploadingLinear<Float>(inputs: 48, outputs: 8, repetitions: 2, coefficients: coefficients, random: &source),
    ])
    let images: Tensor<Float> = CreepIn.random([21, 1, 6, 6], seed: 1).converted()
    func run(_ threads: Int) throws -> [[Double]] {
      let tape = Tape<Float>(loop: ParallelLoop(threads: threads))
      let output = try layer.forward(tape.constant(images), in: ForwardPass(tape: tape))
      return [output.value.scalars.map { Double($0) }, layer.vector(of: try tape.gradients(of: output.sum()))]
    }
    #expect(try run(1) == run(3))
  }

  @Test("parameters count as the paper's, and what is not finite comes out as NaN")
  func counts() throws {
    var source = RandomSource(seed: 1)
    #expect(FlippedQuanvolution<Float>(channels: 32, filters: 16, random: &source).parameterCount == 7696)
    #expect(DataReuploadingLinear<Float>(inputs: 12_544, outputs: 10, random: &source).parameterCount == 163_840)
    #expect(DataReuploadingLinear<Float>.leastQubits(inputs: 12_544, outputs: 10) == 7)
    var layer = Self.small()
    #expect(try layer(Tensor(shape: [1, 13], repeating: .infinity)).scalars.allSatisfy(\.isNaN))
    layer.weight[0, 3] = .nan
    #expect(try layer(Self.thirteen).scalars.allSatisfy(\.isNaN))
    let tape = Tape<Double>()
    let (input, pass) = (tape.variable(Self.thirteen), ForwardPass(tape: tape))
    let gradients = try tape.gradients(of: layer.forward(input, in: pass).sum())
    #expect(try #require(gradients[input]).scalars.allSatisfy(\.isNaN))
    #expect(try #require(gradients.parameters["weight"]).scalars.allSatisfy(\.isNaN))
  }

  @Test("wrong sizes are refused in words")
  func errors() throws {
    let error = #expect(throws: NetworkError.self) { _ = try Self.small().outputShape(for: [4, 4]) }
    #expect(
      error?.description == "DataReuploadingLinear: expected shape [samples, 13], found [samples, 4, 4]. "
        + "Change the layer's sizes or the layer before it.")
    var source = RandomSource(seed: 1)
    let layer = FlippedQuanvolution<Double>(channels: 2, filters: 1, random: &source)
    let other = #expect(throws: NetworkError.self) { _ = try layer.outputShape(for: [1, 5, 5]) }
    #expect(
      other?.description == "FlippedQuanvolution: expected shape [samples, 2, height (at least 3), width (at least 3)], "
        + "found [samples, 1, 5, 5]. Change the layer's sizes or the layer before it.")
  }
}
