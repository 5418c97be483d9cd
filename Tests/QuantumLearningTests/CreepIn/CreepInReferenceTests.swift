import Foundation
import NeuralNetworks
import QuantumLearning
import Testing

/// References/creep_in.json: SciPy's exponentials of sums of Pauli strings.
private struct CreepInReferences: Decodable {
  let statePlanes: [[Double]]
  let complexKernel: [Double]
  let complexOutput: Double
  let complexProbabilities, published, publishedComplex: [Double]

  static let read = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "../References/creep_in.json")
    return try JSONDecoder().decode(CreepInReferences.self, from: Data(contentsOf: file))
  }
}

/// The layers of Wang et al. against an independent program: the phase of a state, complex coefficients, the published size.
@Suite struct CreepInReferenceTests {
  private static let tenths = (1...15).map { 0.1 * Double($0) }

  @Test("weights 0.1 k turn |00> into SciPy's state, its phase included")
  func state() throws {
    let expected = try CreepInReferences.read.get().statePlanes
    let gate = try #require(PauliExponential<Double>(Self.tenths[...], imaginary: nil, qubits: 2)).matrix.complex
    for row in 0..<4 {
      #expect(abs(gate[row, 0].real - expected[0][row]) < 1e-13)
      #expect(abs(gate[row, 0].imaginary - expected[1][row]) < 1e-13)
    }
  }

  /// `exp(i (A + iB))`; with `exp(i (A - iB))` the output would be 41.4.
  @Test("complex coefficients give SciPy's kernel and output")
  func complexQuanvolution() throws {
    let expected = try CreepInReferences.read.get()
    let layer = FlippedQuanvolution<Double>(
      weight: Tensor(shape: [1, 1, 15], scalars: Self.tenths),
      imaginary: Tensor(shape: [1, 1, 15], scalars: (1...15).map { 0.02 * Double($0) }), bias: Tensor(shape: [1]))
    for (found, value) in zip(try layer.kernels().scalars, expected.complexKernel) { #expect(abs(found - value) < 1e-13) }
    let output = try layer(Tensor(shape: [1, 1, 3, 3], scalars: (1...9).map(Double.init)))
    #expect(abs(output.scalar - expected.complexOutput) < 1e-12)
  }

  /// The second row's imaginary parts have the other sign.
  @Test("complex coefficients give SciPy's squared amplitudes")
  func complexReuploading() throws {
    let (first, second) = ((1...15).map { 0.01 * Double($0) }, (1...15).map { -0.02 * Double($0) })
    let found = try DataReuploadingLinearTests.small(imaginary: Tensor(rows: [first, second]))(DataReuploadingLinearTests.thirteen)
    for (x, y) in zip(found.scalars, try CreepInReferences.read.get().complexProbabilities) { #expect(abs(x - y) < 1e-13) }
  }

  /// Numbers in -1..<1 that every program makes alike.
  private static func numbers(_ count: Int, _ a: Int, _ b: Int) -> [Double] {
    (1...count).map { 2 * Double((a * $0 * $0 + b * $0) % 65_537) / 65_537 - 1 }
  }

  /// 16 x 28 x 28 inputs, seven qubits, ten repetitions.
  @Test("the layer of the published size gives SciPy's squared amplitudes", arguments: PauliCoefficients.allCases)
  func published(coefficients: PauliCoefficients) throws {
    let (references, isComplex) = (try CreepInReferences.read.get(), coefficients == .complex)
    let inputs = Tensor<Double>(shape: [1, 12_544], scalars: Self.numbers(12_544, 13, 7).map { 1.5 * $0 - 0.5 })
    let shape = [10, 16_383]
    let weight = Tensor<Double>(shape: shape, scalars: Self.numbers(163_830, 31, 17).map { 3.0.squareRoot() * $0 })
    let imaginary =
      isComplex ? Tensor<Double>(shape: shape, scalars: Self.numbers(163_830, 29, 5).map { 0.01 * $0 }) : nil
    let layer = DataReuploadingLinear(
      inputs: 12_544, qubits: 7, weight: weight, imaginary: imaginary, bias: Tensor(shape: [10]))
    let single = DataReuploadingLinear<Float>(
      inputs: 12_544, qubits: 7, weight: weight.converted(), imaginary: imaginary?.converted(), bias: Tensor(shape: [10]))
    let expected = isComplex ? references.publishedComplex : references.published
    let (found, rounded) = (try layer(inputs).scalars, try single(inputs.converted()).scalars)
    #expect(found.count == 10)
    for j in 0..<10 {
      #expect(abs(found[j] - expected[j]) < 1e-12)
      #expect(abs(Double(rounded[j]) - expected[j]) < 1e-6)
    }
  }
}
