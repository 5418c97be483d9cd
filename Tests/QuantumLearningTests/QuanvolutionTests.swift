import Execution
import Foundation
import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import Testing

/// References/quanvolution.json: state vectors in numpy.
private struct QuanvolutionReferences: Decodable {
  struct Case: Decodable {
    let stride: Int
    let padding: Int
    let shape: [Int]
    let values: [Double]
    let weightGradient: [Double]
    let imageGradient: [Double]
  }

  let quanvolutions: [Case]
  let layers: [String: [Double]]

  static let read = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/quanvolution.json")
    return try JSONDecoder().decode(QuanvolutionReferences.self, from: Data(contentsOf: file))
  }
}

@Suite struct QuanvolutionTests {
  private static func filter(_ precision: Precision = .double) throws -> CircuitFunction {
    try .expectation(
      of: (0..<4).map { Z($0).pauliSum }, after: .imageFilter((0..<4).map(Angle.feature)), precision: precision)
  }

  private static let weights = Tensor<Double>(rows: [[0.3, 0.5, 0.7, 1.1], [2.0, -1.0, 0.4, 0.9]])
  private static let images = Tensor<Double>(
    shape: [2, 1, 5, 4], scalars: (0..<40).map { .pi * (0.5 + 0.5 * sin(1.7 * Double($0) + 0.3)) })

  @Test("values and gradients are numpy's", arguments: [0, 1])
  func reference(number: Int) throws {
    let expected = try QuanvolutionReferences.read.get().quanvolutions[number]
    let layer = Quanvolution(
      try Self.filter(), weights: Self.weights, kernel: 2, stride: expected.stride, padding: expected.padding)
    let tape = Tape<Double>()
    let images = tape.variable(Self.images)
    let output = try layer.forward(images, in: ForwardPass(tape: tape))
    #expect(output.shape == expected.shape)
    #expect([2] + (try layer.outputShape(for: [1, 5, 4])) == expected.shape)
    for (found, value) in zip(output.value.scalars, expected.values) { #expect(abs(found - value) < 1e-13) }
    let cotangent = Tensor<Double>(shape: expected.shape, scalars: expected.values.indices.map { cos(0.9 * Double($0)) })
    let gradients = try tape.gradients(of: output, cotangent: cotangent)
    for (found, value) in zip(try #require(gradients.parameters["weights"]).scalars, expected.weightGradient) {
      #expect(abs(found - value) < 1e-8)
    }
    for (found, value) in zip(try #require(gradients[images]).scalars, expected.imageGradient) {
      #expect(abs(found - value) < 1e-8)
    }
  }

  @Test("the filter of four angles is its trigonometric polynomial")
  func closedForm() throws {
    var random = RandomSource(seed: 5)
    for _ in 0..<200 {
      let f = (0..<4).map { _ in random.uniform(in: 0..<Double.pi) }
      let w = (0..<4).map { _ in random.uniform(in: -4..<4) }
      let layer = Quanvolution(try Self.filter(), weights: Tensor(rows: [w]), kernel: 2)
      let found = try layer(Tensor(shape: [1, 1, 2, 2], scalars: f)).scalars
      let expected = [
        cos(w[2]) * cos(w[0]) * cos(f[0]) - sin(w[2]) * sin(f[0]) * sin(f[2]), cos(w[1]) * cos(f[1]),
        cos(w[0]) * cos(f[0]) * cos(f[2]), cos(w[3]) * cos(w[0]) * cos(f[0]) * cos(f[2]) * cos(f[3]) - sin(w[3]) * sin(f[3]),
      ]
      for (x, y) in zip(found, expected) { #expect(abs(x - y) < 1e-13) }
    }
  }

  /// An independent state-vector program's, pixels (.1, .4, .7, .9) and angles (.3, .5, .7, 1.1).
  @Test("the filter of four angles has its golden values")
  func goldenValues() throws {
    let layer = Quanvolution(try Self.filter(), weights: Tensor(rows: [[0.3, 0.5, 0.7, 1.1]]), kernel: 2)
    let found = try layer(Tensor(shape: [1, 1, 2, 2], scalars: [0.1, 0.4, 0.7, 0.9].map { .pi * $0 })).scalars
    for (x, y) in zip(found, [0.53386512, 0.27118793, -0.53404933, -0.04501172]) { #expect(abs(x - y) < 1e-8) }
  }

  /// Overlapping windows, a border of zeros, two filters: as many terms as the formulas have, or as
  /// numpy's matrices have products of I, Y and Z in what the circuit makes of Z.
  @Test(
    "folded filters give the circuit's values and gradients",
    arguments: [("image-filter", 6), ("strongly-entangling", 56), ("no features", 1)])
  func folding(circuit name: String, terms: Int) throws {
    let features = (0..<4).map(Angle.feature)
    let circuit =
      switch name {
      case "image-filter": Circuit.imageFilter(features)
      case "strongly-entangling":
        Circuit(qubits: 4) {
          Circuit.angleEncoding(features, axis: .x)
          Circuit.stronglyEntangling(qubits: 4, layers: 2)
        }
      // An angle about Z changes nothing in |0000>.
      default:
        Circuit(qubits: 4) {
          Circuit.angleEncoding(features, axis: .z)
          Circuit.stronglyEntangling(qubits: 4, layers: 1)
        }
      }
    let function = try CircuitFunction.expectation(of: (0..<4).map { Z($0).pauliSum }, after: circuit)
    let folded = try #require(FoldedCircuit(function))
    #expect(folded.terms.count == terms && folded.runs == 81)
    var random = RandomSource(seed: 8)
    var layer = Quanvolution<Double>(function, filters: 2, kernel: 2, stride: 1, padding: 1, random: &random)
    let images = Tensor<Double>(shape: [5, 1, 6, 5], scalars: (0..<150).map { _ in random.uniform(in: -4..<4) })
    func run(_ isFolded: Bool, threads: Int = 1) throws -> [[Double]] {
      layer.isFolded = isFolded
      let tape = Tape<Double>(loop: ParallelLoop(threads: threads))
      let input = tape.variable(images)
      let output = try layer.forward(input, in: ForwardPass(tape: tape))
      let cotangent = Tensor<Double>(shape: output.shape, scalars: output.value.scalars.indices.map { cos(0.7 * Double($0)) })
      let gradients = try tape.gradients(of: output, cotangent: cotangent)
      return [
        output.value.scalars, try #require(gradients.parameters["weights"]).scalars, try #require(gradients[input]).scalars,
      ]
    }
    let (found, expected) = (try run(true), try run(false))
    for (found, expected) in zip(found, expected) {
      #expect(found.count == expected.count)
      for (x, y) in zip(found, expected) { #expect(abs(x - y) < 1e-11) }
    }
    #expect(found != expected)
    #expect(try run(true, threads: 3) == found)
  }

  @Test("what is no polynomial of first degree is not folded")
  func unfolded() throws {
    func folded(_ circuit: Circuit, _ precision: Precision = .double) throws -> FoldedCircuit? {
      FoldedCircuit(try .expectation(of: [Z(0).pauliSum], after: circuit, precision: precision))
    }
    let twice = Circuit(qubits: 1) {
      RX(.feature(0), 0); RY(.feature(0), 0)
    }
    let faster = Circuit(qubits: 1) { RX(2 * .feature(0), 0) }
    let product = Circuit(qubits: 1) { RX(.feature(0) * .feature(1), 0) }
    let controlled = Circuit(qubits: 2) {
      H(1); CRX(.feature(0), 1, 0); H(1)
    }
    for circuit in [twice, faster, product] {
      #expect(try folded(circuit) == nil && folded(circuit, .float) == nil)
    }
    #expect(try folded(controlled)?.terms.count == 2)
    #expect(try folded(Circuit(qubits: 7) { Circuit.angleEncoding((0..<7).map(Angle.feature)) }) == nil)
    #expect(try folded(.imageFilter((0..<4).map(Angle.feature)), .float)?.terms.count == 2)
  }

  @Test("frozen filters are buffers, stay out of the gradient, and pass the input's on")
  func frozen() throws {
    let trained = Quanvolution(try Self.filter(), weights: Self.weights, kernel: 2, stride: 2)
    let frozen = Quanvolution(try Self.filter(), weights: Self.weights, kernel: 2, stride: 2, isFrozen: true)
    #expect(trained.parameterCount == 8 && frozen.parameterCount == 0)
    #expect(frozen.tensors.keys.sorted() == ["weights"])
    #expect(try frozen(Self.images) == trained(Self.images))
    let tape = Tape<Double>()
    let images = tape.variable(Self.images)
    let gradients = try tape.gradients(of: frozen.forward(images, in: ForwardPass(tape: tape)).sum())
    #expect(gradients.parameters.isEmpty)
    #expect(try #require(gradients[images]).scalars.contains { abs($0) > 0.01 })
    let circuit = Circuit(qubits: 2) {
      RX(.feature(0), 0); RX(.feature(1), 1); RY(.parameter(0), 0)
    }
    var random = RandomSource(seed: 1)
    let layer = QuantumLayer<Float>(
      try .expectation(of: [Z(0).pauliSum], after: circuit, precision: .float), groups: 2, isFrozen: true, random: &random)
    #expect(layer.parameterCount == 0 && layer.tensors["weights"]?.count == 2)
  }

  @Test("single precision, several channels and any number of threads")
  func variants() throws {
    var random = RandomSource(seed: 3)
    let circuit = Circuit(qubits: 8) {
      Circuit.angleEncoding((0..<8).map(Angle.feature))
      Circuit.stronglyEntangling(qubits: 8, layers: 1)
    }
    let layer = Quanvolution<Float>(
      try .expectation(of: [Z(0).pauliSum, X(5).pauliSum], after: circuit, precision: .float), filters: 3, kernel: 2,
      random: &random)
    #expect(try layer.outputShape(for: [2, 4, 5]) == [6, 3, 4])
    let images = Tensor<Float>(shape: [5, 2, 4, 5], scalars: (0..<200).map { _ in Float(random.uniform()) })
    #expect(try layer(images, loop: .serial) == layer(images, loop: ParallelLoop(threads: 3)))
    // One window of one image is a run of the circuit by itself.
    let window = (0..<2).flatMap { c in (1...2).flatMap { i in (2...3).map { j in Double(images[4, c, i, j]) } } }
    let angles = layer.weights.scalars[48...].map { Double($0) }
    let alone = try layer.function.values(features: [window], parameters: angles)
    let output = try layer(images)
    #expect(abs(Double(output[4, 4, 1, 2]) - alone[0, 0]) < 1e-5)
    #expect(abs(Double(output[4, 5, 1, 2]) - alone[0, 1]) < 1e-5)
  }

  @Test("images of another size or number of channels are refused in words", arguments: [[1, 1, 5], [2, 5, 5], [25]])
  func wrongShapes(shape: [Int]) throws {
    let layer = Quanvolution<Double>(try Self.filter(), weights: Self.weights, kernel: 2, stride: 2)
    let error = #expect(throws: NetworkError.self) { _ = try layer.outputShape(for: shape) }
    let found = (["samples"] + shape.map { "\($0)" }).joined(separator: ", ")
    #expect(
      error?.description == "Quanvolution: expected shape [samples, 1, height (at least 2), width (at least 2)], found [\(found)]. "
        + "Change the layer's sizes or the layer before it.")
  }

  @Test(
    "variants of entangling layers have numpy's values",
    arguments: [Ansatz.stronglyEntangling, .stronglyEntanglingYZY, .ringEntangling, .ringEntanglingYZY])
  func entanglingVariants(ansatz: Ansatz) throws {
    let circuit = Circuit(qubits: 5) {
      Circuit.angleEncoding((0..<5).map(Angle.feature), axis: .x)
      ansatz.circuit(qubits: 5, layers: 3)
    }
    let function = try CircuitFunction.expectation(of: (0..<5).map { Y($0).pauliSum }, after: circuit)
    let values = try function.values(
      features: [(1...5).map { 0.1 * Double($0) }], parameters: (1...45).map { 0.1 * Double($0) })
    let expected = try #require(QuanvolutionReferences.read.get().layers[ansatz.rawValue])
    for (found, value) in zip(values.elements, expected) { #expect(abs(found - value) < 1e-13) }
  }
}
