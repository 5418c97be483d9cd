import Execution
import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import Testing

@Suite struct QuantumLayerTests {
  /// RX encoding, then layers of RZ RY RZ on every qubit and a ring of CNOTs whose range is given for each layer.
  static func parallelCircuit(ranges: [Int], qubits: Int = 5) -> Circuit {
    var circuit = Circuit(qubits: qubits)
    for q in 0..<qubits { circuit.append(RX(.feature(q), q)) }
    for (layer, range) in ranges.enumerated() {
      for q in 0..<qubits {
        let first = 3 * (layer * qubits + q)
        circuit.append(RZ(.parameter(first), q))
        circuit.append(RY(.parameter(first + 1), q))
        circuit.append(RZ(.parameter(first + 2), q))
      }
      for q in 0..<qubits { circuit.append(CX(q, (q + range) % qubits)) }
    }
    return circuit
  }

  static func function(_ circuit: Circuit, precision: Precision = .double) throws -> CircuitFunction {
    try .expectation(of: (0..<circuit.qubitCount).map { Y($0).pauliSum }, after: circuit, precision: precision)
  }

  /// Values of an independent state-vector program for the circuit of Senokosov et al. 2024: x = (.1, ..., .5), w = .1 (n + 1) or
  /// 0.
  @Test(
    "The parallel circuit of the image classifier has its golden values",
    arguments: [
      ([1, 2, 3], 0.1, [0.07262023, -0.0134525, 0.13079705, -0.08681043, -0.20727641]),
      ([1, 1, 1], 0.1, [0.03458419, -0.19217316, -0.03241213, -0.30158394, -0.01830815]),
      ([1, 2, 3], 0, [0, 0.00875823, 0, -0.23410955, 0]), ([1], 0, [0, 0, 0, 0, 0.00836706]), ([1, 1, 1], 0, [0, 0, 0, 0, 0]),
    ] as [([Int], Double, [Double])])
  func goldenValues(ranges: [Int], step: Double, expected: [Double]) throws {
    let count = 15 * ranges.count
    let weights = Tensor<Double>(shape: [1, count], scalars: (0..<count).map { step * Double($0 + 1) })
    let layer = QuantumLayer(try Self.function(Self.parallelCircuit(ranges: ranges)), weights: weights)
    let outputs = try layer(Tensor(shape: [1, 5], scalars: [0.1, 0.2, 0.3, 0.4, 0.5]))
    for (output, value) in zip(outputs.scalars, expected) { #expect(abs(output - value) < 1e-8) }
  }

  @Test("Without weights and entanglers <Y> is -sin x")
  func encodingAlone() throws {
    let circuit = Circuit(qubits: 3) { for q in 0..<3 { RX(.feature(q), q) } }
    let layer = QuantumLayer(try Self.function(circuit), weights: Tensor<Double>(shape: [2, 0], scalars: []))
    let inputs = Tensor<Double>(shape: [2, 6], scalars: (0..<12).map { 0.3 * Double($0) - 1 })
    for (output, x) in zip(try layer(inputs).scalars, inputs.scalars) { #expect(abs(output + .sin(x)) < 1e-14) }
  }

  /// The slope of asin is infinite at 1: the layer must not ask for it where nothing before it learns.
  @Test("A first layer learns from inputs at which its encoding has no slope") func firstLayerNeedsNoSlopeOfItsInputs() throws {
    let circuit = Circuit(qubits: 1) {
      RY(.asin(.feature(0)), 0)
      RY(.parameter(0), 0)
    }
    let layer = QuantumLayer(
      try CircuitFunction.expectation(of: [Z(0).pauliSum], after: circuit), weights: Tensor<Double>(shape: [1, 1], scalars: [0.3]))
    let inputs = Tensor<Double>(shape: [2, 1], scalars: [1, 0.5])
    func gradient(_ makeInput: (Tape<Double>) -> Variable<Double>) throws -> Double? {
      let tape = Tape<Double>()
      let output = try layer.forward(makeInput(tape), in: ForwardPass(tape: tape))
      return try tape.gradients(of: output.sum()).parameters["weights"]?.scalars[0]
    }
    let expected = -Double.sin(.pi / 2 + 0.3) - .sin(.pi / 6 + 0.3)
    #expect(try abs(#require(gradient { $0.constant(inputs) }) - expected) < 1e-14)
    #expect(throws: CompilationError.self) { try gradient { $0.variable(inputs) } }
  }

  /// A network with circuits in its middle, and the loss of fixed targets.
  private static func network(groups: Int) throws -> Sequential<Double> {
    var random = RandomSource(seed: 4)
    let circuit = parallelCircuit(ranges: [1, 2], qubits: 3)
    return Sequential([
      Dense(inputs: 4, outputs: 3 * groups, random: &random), Activation(.tanh),
      QuantumLayer(try function(circuit), groups: groups, random: &random), Dense(inputs: 3 * groups, outputs: 2, random: &random),
    ])
  }

  @Test("The gradient of a network around circuits is that of central differences", arguments: [1, 3])
  func gradientThroughNetwork(groups: Int) throws {
    var model = try Self.network(groups: groups)
    var random = RandomSource(seed: 9)
    let inputs = Tensor<Double>(shape: [5, 4], scalars: (0..<20).map { _ in random.normal() })
    let loss = { (model: Sequential<Double>, tape: Tape<Double>) in
      try Loss<Double>.crossEntropy()(model.forward(tape.constant(inputs), in: ForwardPass(tape: tape)), .labels([0, 1, 1, 0, 1]))
    }
    let tape = Tape<Double>()
    let gradient = model.vector(of: try tape.gradients(of: loss(model, tape)))
    let start = model.parameterVector
    #expect(gradient.count == start.count)
    for index in start.indices {
      let values = try [1e-5, -1e-5].map { step in
        var moved = start
        moved[index] += step
        model.parameterVector = moved
        return try loss(model, Tape<Double>(isRecording: false)).value.scalar
      }
      #expect(abs((values[0] - values[1]) / 2e-5 - gradient[index]) < 1e-8)
    }
  }

  @Test("Circuits of different groups do not see each other")
  func groupsAreIndependent() throws {
    var random = RandomSource(seed: 2)
    let layer = QuantumLayer<Double>(try Self.function(Self.parallelCircuit(ranges: [1], qubits: 2)), groups: 3, random: &random)
    let tape = Tape<Double>()
    let inputs = tape.variable(Tensor(shape: [2, 6], scalars: (0..<12).map { _ in random.normal() }))
    let outputs = try layer.forward(inputs, in: ForwardPass(tape: tape))
    var cotangent = Tensor<Double>(shape: [2, 6])
    for column in 2..<4 { cotangent[0, column] = 1 }
    let gradients = try tape.gradients(of: outputs, cotangent: cotangent)
    let weights = try #require(gradients.parameters["weights"])
    let features = try #require(gradients[inputs])
    for parameter in 0..<weights.shape[1] {
      #expect(weights[0, parameter] == 0 && weights[2, parameter] == 0)
    }
    #expect(weights.scalars.contains { abs($0) > 0.01 })
    for column in 0..<6 {
      #expect(features[1, column] == 0)
      if !(2..<4 ~= column) { #expect(features[0, column] == 0) }
    }
  }

  @Test("Groups in another order, rows and columns of the dense layers with them, leave the outputs as they are")
  func groupsInAnotherOrder() throws {
    var random = RandomSource(seed: 6)
    let first = Dense<Double>(inputs: 7, outputs: 20, random: &random)
    let function = try Self.function(Self.parallelCircuit(ranges: [1, 2, 3]))
    let circuits = QuantumLayer<Double>(function, groups: 4, random: &random)
    let last = Dense<Double>(inputs: 20, outputs: 10, random: &random)
    let groups = [2, 0, 3, 1]
    let places = groups.flatMap { group in (0..<5).map { 5 * group + $0 } }
    let movedFirst = Dense(weight: first.weight.rows(places), bias: first.bias.map { $0.rows(places) })
    let movedCircuits = QuantumLayer(function, weights: circuits.weights.rows(groups))
    var movedLast = last
    for row in 0..<10 {
      for (column, place) in places.enumerated() { movedLast.weight[row, column] = last.weight[row, place] }
    }
    let inputs = Tensor<Double>(shape: [3, 7], scalars: (0..<21).map { _ in random.normal() })
    func outputs(_ layers: [any Layer<Double>]) throws -> [Double] { try Sequential<Double>(layers)(inputs).scalars }
    let expected = try outputs([first, circuits, last])
    for (x, y) in zip(try outputs([movedFirst, movedCircuits, movedLast]), expected) { #expect(abs(x - y) < 1e-13) }
    #expect(zip(try outputs([first, movedCircuits, last]), expected).contains { abs($0 - $1) > 0.01 })
  }

  @Test("Single and double precision agree to single precision; thread counts agree to the bit")
  func precisionAndThreads() throws {
    let circuit = Self.parallelCircuit(ranges: [1, 2, 3])
    var random = RandomSource(seed: 3)
    let exact = QuantumLayer<Double>(try Self.function(circuit), groups: 4, random: &random)
    let single = QuantumLayer<Float>(
      try Self.function(circuit, precision: .float), weights: exact.weights.converted())
    let inputs = Tensor<Double>(shape: [37, 20], scalars: (0..<740).map { _ in random.uniform(in: -3..<3) })
    let outputs = try exact(inputs)
    for (value, other) in zip(outputs.scalars, try single(inputs.converted()).scalars) {
      #expect(abs(value - Double(other)) < 2e-6)
    }
    #expect(try exact(inputs, loop: ParallelLoop(threads: 2)) == exact(inputs, loop: .serial))
  }

  @Test("Inputs of another width are refused by name")
  func wrongWidth() throws {
    var random = RandomSource(seed: 3)
    let layer = QuantumLayer<Double>(try Self.function(Self.parallelCircuit(ranges: [1], qubits: 2)), groups: 2, random: &random)
    #expect(throws: NetworkError.shape(ShapeMismatch(layer: "QuantumLayer", expected: "[samples, 4]", foundSample: [5]))) {
      try layer.outputShape(for: [5])
    }
  }
}
