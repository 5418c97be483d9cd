import Execution
import Foundation
import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import Randomness
import Testing

/// References/transfer.json: state vectors in numpy, qubit 0 the least significant bit.
private struct TransferReferences: Decodable {
  let latents, theta, couplings, second, firstFive, allLatents, evolution: [Double]
  let reservoirWeights, reservoir, trainedWeights, trained: [Double]

  static let read = Result {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appending(path: "References/transfer.json")
    return try JSONDecoder().decode(TransferReferences.self, from: Data(contentsOf: file))
  }
}

/// The circuits of Sarkar, "Quantum transfer learning for MNIST classification", 2024, both versions.
@Suite struct TransferTests {
  private static func layer(_ circuit: Circuit, weights: [Double] = []) throws -> QuantumLayer<Double> {
    QuantumLayer(
      try .probabilities(of: Array(0..<circuit.qubitCount), after: circuit),
      weights: Tensor(shape: [1, weights.count], scalars: weights))
  }

  private static func circuit(_ features: Int, _ encoding: Encoding, _ ansatz: Ansatz, layers: Int = 1) -> Circuit {
    .reuploading(Features(features), qubits: 5, encoding: encoding, ansatz: ansatz, layers: layers)
  }

  @Test("probabilities are numpy's", arguments: ["second", "firstFive", "allLatents", "evolution", "reservoir", "trained"])
  func reference(name: String) throws {
    let r = try TransferReferences.read.get()
    let (layer, input, expected): (QuantumLayer<Double>, [Double], [Double]) =
      switch name {
      case "second": (try Self.layer(Self.circuit(5, .angleY, .ghz)), r.theta, r.second)
      case "firstFive": (try Self.layer(Self.circuit(5, .angleXThenZ, .hadamardCascade)), Array(r.latents.prefix(5)), r.firstFive)
      case "allLatents": (try Self.layer(Self.circuit(64, .angleXOrZ, .cascade)), r.latents, r.allLatents)
      case "evolution": (try Self.layer(Self.circuit(5, .angleY, .xxEvolution), weights: r.couplings), r.theta, r.evolution)
      case "reservoir":
        (try Self.layer(Self.circuit(5, .angleY, .xxEvolution, layers: 3), weights: r.reservoirWeights), r.theta, r.reservoir)
      default:
        (
          try Self.layer(Self.circuit(10, .angleY, .stronglyEntangling), weights: r.trainedWeights), Array(r.latents.prefix(10)),
          r.trained
        )
      }
    let found = try layer(Tensor(shape: [1, input.count], scalars: input)).scalars
    #expect(found.count == 32 && expected.count == 32)
    for (value, wanted) in zip(found, expected) { #expect(abs(value - wanted) < 1e-14) }
  }

  /// The first eight probabilities, qubit 0 as the most significant bit, of an independent program; H on qubit 0 or on all.
  @Test(
    "golden values",
    arguments: [
      (0..<1, [0.17480643, 0.1517096, 0.07100664, 0.08181696, 0.01909135, 0.01656885, 0.03540025, 0.04078972]),
      (0..<5, [0.43595524, 0.00054672, 0.00001923, 0.01533505, 0.0018632, 0.00000234, 0.00006643, 0.05296829]),
    ])
  func goldenValues(hadamards: Range<Int>, expected: [Double]) throws {
    let circuit = Circuit(qubits: 5) {
      Circuit.angleEncoding(Features(5))
      Circuit.cascade(qubits: 5, hadamards: hadamards)
    }
    let found = try Self.layer(circuit)(Tensor(shape: [1, 5], scalars: [0.3, 0.6, 0.9, 1.2, 1.5])).scalars
    for (index, wanted) in expected.enumerated() { #expect(abs(found[Self.reversed(index)] - wanted) < 1e-8) }
  }

  private static func reversed(_ index: Int) -> Int { (0..<5).reduce(0) { $0 | (index >> $1 & 1) << (4 - $1) } }

  /// Why the circuits of the second version add nothing: their outcomes are those of five independent coins, relabelled. With
  /// b_0 = b'_0 and b_k = b'_k xor b'_{k-1}, P(b') = prod_k p_k(b_k), p_k(0) = (1 + sin theta_k) / 2 behind H and cos^2(theta_k /
  /// 2) else.
  @Test("RY, H and a cascade give a product distribution, entangling evolution does not", arguments: [0..<1, 0..<5, 0..<0])
  func productDistribution(hadamards: Range<Int>) throws {
    var random = RandomSource(seed: 5)
    let theta = (0..<20 * 5).map { _ in random.uniform(in: 0...Double.pi) }
    func worst(_ circuit: Circuit, weights: [Double] = []) throws -> Double {
      let found = try Self.layer(circuit, weights: weights)(Tensor(shape: [20, 5], scalars: theta)).scalars
      var worst = 0.0
      for sample in 0..<20 {
        for outcome in 0..<32 {
          let product = (0..<5).reduce(1.0) { product, k in
            let bit = (outcome >> k ^ (k > 0 ? outcome >> (k - 1) : 0)) & 1
            let angle = theta[5 * sample + k]
            let zero = hadamards.contains(k) ? (1 + sin(angle)) / 2 : cos(angle / 2) * cos(angle / 2)
            return product * (bit == 0 ? zero : 1 - zero)
          }
          worst = max(worst, abs(found[32 * sample + outcome] - product))
        }
      }
      return worst
    }
    #expect(
      try worst(
        Circuit(qubits: 5) {
          Circuit.angleEncoding(Features(5))
          Circuit.cascade(qubits: 5, hadamards: hadamards)
        }) < 1e-14)
    #expect(try worst(Self.circuit(5, .angleY, .xxEvolution), weights: (0..<10).map { 0.4 + 0.1 * Double($0) }) > 0.1)
  }

  @Test("without angles: GHZ behind H, |00000> without")
  func zeroAngles() throws {
    let zeros = Tensor<Double>(shape: [1, 5])
    let ghz = try Self.layer(Self.circuit(5, .angleY, .ghz))(zeros).scalars
    #expect(abs(ghz[0] - 0.5) < 1e-15 && abs(ghz[31] - 0.5) < 1e-15)
    #expect(try Self.layer(Self.circuit(5, .angleY, .cascade))(zeros).scalars[0] == 1)
  }

  /// Frequencies of 1024 shots of 3000 samples with equal probabilities: mean, variance and covariance of the multinomial
  /// distribution.
  @Test("shots are multinomial") func shots() throws {
    let (samples, shots) = (3000, 1024)
    let p = [0.5, 0.3, 0.15, 0.05, 0, 0.2, 0.8, 0]
    let row = Tensor<Double>(shape: [1, 8], scalars: p)
    let input = Tensor<Double>.concatenated(Array(repeating: row, count: samples), axis: 0)
    let layer = ShotSampling<Double>(shots: shots, outcomes: 4)
    let found = try layer.outputs(for: input)
    for sample in 0..<samples {
      let counts = (0..<8).map { found[sample, $0] * Double(shots) }
      #expect(counts[..<4].reduce(0, +) == Double(shots) && counts[4...].reduce(0, +) == Double(shots))
      #expect(counts.allSatisfy { $0 >= 0 && $0 == $0.rounded() })
    }
    func mean(_ value: (Int) -> Double) -> Double { (0..<samples).reduce(0) { $0 + value($1) } / Double(samples) }
    for k in 0..<8 {
      let deviation = (p[k] * (1 - p[k]) / Double(shots)).squareRoot()
      #expect(abs(mean { found[$0, k] } - p[k]) <= 4 * deviation / Double(samples).squareRoot())
      let variance = mean { (found[$0, k] - p[k]) * (found[$0, k] - p[k]) }
      #expect(abs(variance - deviation * deviation) <= 4 * deviation * deviation * (2 / Double(samples)).squareRoot())
    }
    let covariance = mean { (found[$0, 0] - p[0]) * (found[$0, 1] - p[1]) }
    #expect(abs(covariance + p[0] * p[1] / Double(shots)) < 0.15 * p[0] * p[1] / Double(shots))
    // Groups draw on their own, and batches of any size the same numbers.
    #expect(try layer.outputs(for: input.rows(Array(0..<300))) == found.rows(Array(0..<300)))
    #expect(found.rows([0]) != found.rows([256]))
  }

  @Test("shots pass the cotangent and differ from step to step") func shotsInTraining() throws {
    let layer = ShotSampling<Double>(shots: 100, outcomes: 2)
    let input = Tensor<Double>(shape: [2, 2], scalars: [0.4, 0.6, 0.1, 0.9])
    func run(_ key: UInt64) throws -> (Tensor<Double>, Tensor<Double>?) {
      let tape = Tape<Double>()
      let variable = tape.variable(input)
      let output = try layer.forward(variable, in: ForwardPass(tape: tape, mode: .training, randomKey: key))
      return (output.value, try tape.gradients(of: output, cotangent: Tensor(shape: [2, 2], scalars: [1, 2, 3, 4]))[variable])
    }
    #expect(try run(1).1?.scalars == [1, 2, 3, 4])
    #expect(try run(1).0 == run(1).0 && run(1).0 != run(2).0)
    #expect(throws: NetworkError.self) { try layer.outputShape(for: [3]) }
  }
}
