import Foundation
import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness
import Testing

@Suite struct ExpressivityTests {
  /// <Z> behind RX(x) RY(w) RX(x) is cos w cos² x - sin² x: frequencies 0 and 2.
  @Test("coefficients of a known polynomial") func polynomial() throws {
    let circuit = Circuit(qubits: 1) {
      RX(.feature(0), 0)
      RY(.parameter(0), 0)
      RX(.feature(0), 0)
    }
    let w = 0.7
    let found = try Expectation(of: Z(0), after: circuit)
      .fourierCoefficients(parameters: [w], point: [0], direction: [1], degree: 4)
    let expected = [(cos(w) - 1) / 2, 0, (cos(w) + 1) / 4, 0, 0]
    for k in 0...4 { #expect((found[0, k] - Complex(expected[k])).length < 1e-14) }
  }

  @Test("a series gives the function back, and no rotation too many") func series() throws {
    let circuit = Circuit.reuploading(Features(5), qubits: 2, encoding: .angleX, ansatz: .stronglyEntangling, layers: 1)
    let function = Expectation(of: Z(0), Y(1), after: circuit)
    let weights = (0..<circuit.parameterCount).map { 0.3 * Double($0) - 1 }
    let (point, direction) = ([0.1, 0.5, -0.3, 1.1, 0.9], [1, 2, 0, 1, -1])
    let c = try function.fourierCoefficients(parameters: weights, point: point, direction: direction, degree: 8)
    // Speeds 1, 2, 0, 1, 1 make degree 5.
    for output in 0..<2 { for k in 6...8 { #expect(c[output, k].length < 1e-14) } }
    let t = 0.77
    let row = zip(point, direction).map { $0 + t * Double($1) }
    let value = try function.values(features: RealMatrix([row]), parameters: weights)
    for output in 0..<2 {
      let sum = (1...5).reduce(c[output, 0].real) { $0 + 2 * (c[output, $1] * Complex(length: 1, phase: Double($1) * t)).real }
      #expect(abs(sum - value[0, output]) < 1e-13)
    }
  }

  private static func matrices(_ circuit: Circuit) throws -> RealMatrix {
    try circuit.fisherInformation(
      features: RealMatrix(rows: 1, columns: 0), parameters: [(0..<circuit.parameterCount).map { 0.4 + 0.3 * Double($0) }])[0]
  }

  /// p = (cos² w/2, sin² w/2) has information 1 wherever it is; one angle for two rotations, or two for one, is known too.
  @Test("information of known circuits") func information() throws {
    let two = try Self.matrices(
      Circuit(qubits: 2) {
        RY(.parameter(0), 0); RY(.parameter(1), 1)
      })
    let twice = try Self.matrices(
      Circuit(qubits: 1) {
        RY(.parameter(0), 0); RY(.parameter(1), 0)
      })
    for i in 0..<2 {
      for j in 0..<2 {
        #expect(abs(two[i, j] - (i == j ? 1 : 0)) < 1e-13)
        #expect(abs(twice[i, j] - 1) < 1e-13)
      }
    }
  }

  @Test("information is that of differences, averaged over samples") func differences() throws {
    let circuit = Circuit.reuploading(Features(3), qubits: 2, encoding: .angleY, ansatz: .stronglyEntangling, layers: 1)
    let samples = RealMatrix([[0.2, 1.0, -0.4], [1.3, 0.4, 2.0]])
    let weights = (0..<circuit.parameterCount).map { 0.35 * Double($0) + 0.2 }
    let found = try circuit.fisherInformation(features: samples, parameters: [weights])[0]
    let function = Probabilities(of: 0, 1, after: circuit)
    func shifted(_ i: Int, _ step: Double) throws -> RealMatrix {
      var moved = weights
      moved[i] += step
      return try function.values(features: samples, parameters: moved)
    }
    let p = try function.values(features: samples, parameters: weights)
    let slopes = try weights.indices.map { i in
      let (high, low) = (try shifted(i, 1e-5), try shifted(i, -1e-5))
      return zip(high.elements, low.elements).map { ($0 - $1) / 2e-5 }
    }
    for i in weights.indices {
      for j in weights.indices {
        let expected = p.elements.indices.reduce(0) { $0 + slopes[i][$1] * slopes[j][$1] / p.elements[$1] } / 2
        #expect(abs(found[i, j] - expected) < 1e-7)
      }
    }
  }

  /// With information 1 on d parameters the formula is d log(1 + k) / log k; two parameters that do one thing count once.
  @Test("effective dimensions of known circuits") func dimensions() throws {
    var random = RandomSource(seed: 3)
    let none = RealMatrix(rows: 1, columns: 0)
    let k = 1000 / (2 * .pi * log(1000.0))
    func dimension(_ circuit: Circuit) throws -> Double {
      try circuit.effectiveDimension(features: none, dataCount: 1000, draws: 20, random: &random)
    }
    let independent = try dimension(Circuit(qubits: 3) { for q in 0..<3 { RY(.parameter(q), q) } })
    #expect(abs(independent - 3 * log(1 + k) / log(k)) < 1e-9)
    let redundant = try dimension(
      Circuit(qubits: 1) {
        RY(.parameter(0), 0); RY(.parameter(1), 0)
      })
    #expect(abs(redundant - log(1 + 2 * k) / log(k)) < 1e-9)
    #expect(try dimension(Circuit(qubits: 1) { H(0) }) == 0)
    // A phase before the measurement is not seen.
    #expect(try dimension(Circuit(qubits: 1) { RZ(.parameter(0), 0) }) == 0)
  }
}
