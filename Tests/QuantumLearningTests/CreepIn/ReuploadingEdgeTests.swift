import Execution
import LinearAlgebra
import NeuralNetworks
import QuantumLearning
import Randomness
import Testing

/// Data that a `DataReuploadingLinear` meets seldom: what its search for eigenvalues overlooks, numbers that are none, the largest
/// register.
@Suite struct ReuploadingEdgeTests {
  /// Entries 0 and j of the state are coupled to nothing else, and their eigenvalue 120 belongs to `|0> + |j>` or `|0> - |j>`.
  /// Searches that begin with random signs see one of the two and never the other: where it is overlooked twice, the series grows,
  /// and the sample goes again with its norm.
  @Test("eigenvalues that the search overlooks cost a second turn, and nothing else", arguments: PauliCoefficients.allCases)
  func overlooked(coefficients: PauliCoefficients) throws {
    var source = RandomSource(seed: 3)
    let layer = DataReuploadingLinear<Double>(
      inputs: 4_096, outputs: 64, repetitions: 2, coefficients: coefficients, random: &source)
    var inputs = CreepIn.random([14, 4_096], seed: 5, deviation: 2)
    for sample in 0..<14 {
      let (j, sign) = (1 + sample / 2, sample % 2 == 0 ? 1.0 : -1)
      for k in 0..<64 {
        for row in [0, j] { (inputs[sample, 64 * row + k], inputs[sample, 64 * k + row]) = (0, 0) }
      }
      for (place, value) in [(0, 60), (65 * j, 60), (j, 60 * sign), (64 * j, 60 * sign)] { inputs[sample, place] = value }
    }
    let tape = Tape<Double>()
    let variable = tape.variable(inputs)
    let outputs = try layer.forward(variable, in: ForwardPass(tape: tape))
    let shift = layer.bias.scalars.reduce(0, +)
    for sample in 0..<14 {
      #expect(abs((0..<64).reduce(-shift) { $0 + outputs.value[sample, $1] } - 1) < 1e-11, "sample \(sample)")
    }
    let cotangent = CreepIn.random([14, 64], seed: 6)
    let gradient = try #require(try tape.gradients(of: outputs, cotangent: cotangent)[variable])
    let direction = CreepIn.random([14, 4_096], seed: 7)
    func moved(_ step: Double) throws -> [Double] {
      let values = try layer(
        Tensor(shape: [14, 4_096], scalars: zip(inputs.scalars, direction.scalars).map { $0 + step * $1 }), loop: .serial)
      return (0..<14).map { sample in (0..<64).reduce(0) { $0 + values[sample, $1] * cotangent[sample, $1] } }
    }
    for (sample, (above, below)) in zip(try moved(1e-5), try moved(-1e-5)).enumerated() {
      let along = (0..<4_096).reduce(0.0) { $0 + gradient[sample, $1] * direction[sample, $1] }
      #expect(abs(along - (above - below) / 2e-5) < 1e-6 * max(1, abs(along)), "sample \(sample)")
    }
  }

  @Test("a sample that is not finite, or whose norm is above 256 L, leaves the others as they are", arguments: [.infinity, 1e6])
  func unusableSample(entry: Double) throws {
    var source = RandomSource(seed: 2)
    let layer = DataReuploadingLinear<Double>(inputs: 60, outputs: 8, repetitions: 3, random: &source)
    var inputs = CreepIn.random([3, 60], seed: 4)
    inputs[1, 7] = entry
    let tape = Tape<Double>()
    let variable = tape.variable(inputs)
    let outputs = try layer.forward(variable, in: ForwardPass(tape: tape))
    let gradients = try tape.gradients(of: outputs, cotangent: Tensor(shape: [3, 8], repeating: 1 / 3.0))
    let gradient = try #require(gradients[variable])
    for sample in [0, 2] {
      let alone = try layer(Tensor(shape: [1, 60], scalars: Array(inputs.scalars[60 * sample..<60 * (sample + 1)])))
      for j in 0..<8 { #expect(abs(outputs.value[sample, j] - alone[0, j]) < 1e-13) }
      #expect((0..<60).allSatisfy { gradient[sample, $0].isFinite })
    }
    #expect((0..<8).allSatisfy { outputs.value[1, $0].isNaN } && (0..<60).allSatisfy { gradient[1, $0].isNaN })
    // Gates are shared: a step that a sample has spoiled says so.
    #expect(try #require(gradients.parameters["weight"]).scalars.allSatisfy(\.isNaN))
  }

  @Test("inputs that need no gradient change no other")
  func constantInputs() throws {
    var source = RandomSource(seed: 2)
    let layer = DataReuploadingLinear<Double>(inputs: 60, outputs: 8, repetitions: 3, random: &source)
    let inputs = CreepIn.random([3, 60], seed: 4)
    func gradient(isVariable: Bool) throws -> [Double] {
      let tape = Tape<Double>()
      let input = isVariable ? tape.variable(inputs) : tape.constant(inputs)
      let outputs = try layer.forward(input, in: ForwardPass(tape: tape))
      return layer.vector(of: try tape.gradients(of: outputs, cotangent: CreepIn.random([3, 8], seed: 5)))
    }
    #expect(try gradient(isVariable: true) == gradient(isVariable: false))
  }

  /// Squares of a float below 1e-22 have no digits left: nothing can be told from them.
  @Test("cotangents near the least number give gradients", arguments: [1e-20, 1e-22, 3e-23, 1e-38] as [Float])
  func leastCotangents(size: Float) throws {
    var source = RandomSource(seed: 2)
    let layer = DataReuploadingLinear<Float>(inputs: 1_000, outputs: 8, repetitions: 10, random: &source)
    let tape = Tape<Float>()
    let input = tape.variable(CreepIn.random([100, 1_000], seed: 4).converted())
    let outputs = try layer.forward(input, in: ForwardPass(tape: tape))
    let gradients = try tape.gradients(of: outputs, cotangent: Tensor(shape: [100, 8], repeating: size))
    #expect(try #require(gradients[input]).scalars.allSatisfy(\.isFinite))
    #expect(try #require(gradients.parameters["weight"]).scalars.allSatisfy(\.isFinite))
  }

  @Test("frozen gates are buffers that training leaves alone")
  func frozen() throws {
    var source = RandomSource(seed: 2)
    let quanvolution = FlippedQuanvolution<Double>(channels: 1, filters: 2, isFrozen: true, random: &source)
    let linear = DataReuploadingLinear<Double>(inputs: 32, outputs: 4, repetitions: 2, scale: 5, isFrozen: true, random: &source)
    #expect(quanvolution.parameterCount == 2 && linear.parameterCount == 5)
    var trainer = Trainer(
      model: Sequential<Double>([quanvolution, Flatten<Double>(), linear]), optimizer: Adam(learningRate: 0.05),
      loss: .crossEntropy(), settings: TrainingSettings(epochs: 3, batchSize: 4))
    try trainer.fit(Samples(inputs: CreepIn.random([8, 1, 6, 6], seed: 1), targets: .labels((0..<8).map { $0 % 4 })))
    let layers = trainer.model.layers
    #expect((layers[0] as? FlippedQuanvolution<Double>)?.weight == quanvolution.weight)
    #expect((layers[2] as? DataReuploadingLinear<Double>)?.weight == linear.weight)
    #expect((layers[2] as? DataReuploadingLinear<Double>)?.scale != linear.scale)
    #expect((layers[0] as? FlippedQuanvolution<Double>)?.bias != quanvolution.bias)
  }

  @Test("eight qubits are the largest layer")
  func eightQubits() throws {
    var source = RandomSource(seed: 2)
    let layer = DataReuploadingLinear<Float>(inputs: 65_536, outputs: 256, repetitions: 1, random: &source)
    #expect(layer.qubits == 8)
    let outputs = try layer(CreepIn.random([2, 65_536], seed: 3, deviation: 0.1).converted())
    let shift = layer.bias.scalars.reduce(0, +)
    for sample in 0..<2 {
      #expect(abs((0..<256).reduce(-shift) { $0 + outputs[sample, $1] } - 1) < 2e-4)
    }
  }

  /// One entry far above the others, on the diagonal.
  @Test("spikes in the data leave states normalized")
  func spikes() throws {
    var source = RandomSource(seed: 3)
    let layer = DataReuploadingLinear<Double>(inputs: 4_096, outputs: 64, repetitions: 2, random: &source)
    var inputs = CreepIn.random([400, 4_096], seed: 5, deviation: 2)
    for sample in 0..<400 {
      let place = 65 * source.integer(below: 64)
      inputs[sample, place] += source.uniform(in: 20..<60)
    }
    let outputs = try layer(inputs, loop: .serial)
    let shift = layer.bias.scalars.reduce(0, +)
    for sample in 0..<400 {
      #expect(abs((0..<64).reduce(-shift) { $0 + outputs[sample, $1] } - 1) < 1e-11, "sample \(sample)")
    }
  }
}
