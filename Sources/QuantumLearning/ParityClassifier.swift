import Execution
import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumStates
import Randomness

/// The variational classifier of two classes that reads the parity of all qubits: class 0 (label +1) where it is even.
///
/// A feature map encodes the sample, an ansatz W(θ) rotates it, and the share p of even outcomes among `shots` measurements
/// decides: class 0 where `p > (1 - p) - bias`. Shots, noise and mitigation are independent of each other.
///
/// ```swift
/// var classifier = try ParityClassifier(featureMap: .secondOrderFeatureMap(Features(2)), entanglers: 3)
/// try classifier.fit(training, labels: labels, seed: 1)
/// let accuracy = try classifier.accuracy(test, labels: testLabels, shots: 10_000, seed: 2)
/// ```
/// - Shape: features are samples x features; labels 0 and 1.
///
/// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019.
public struct ParityClassifier: Sendable {
  /// θ, in radians.
  public var parameters: [Double]
  /// What is added to the share of even outcomes' lead, in -1...1.
  public var bias = 0.0
  /// What training makes small.
  public var risk = EmpiricalRisk()
  /// Factors by which the noise is stretched: 1 alone, or 1 and others whose results are continued to no noise at all.
  public let stretches: [Double]
  /// What each stretch counts for in the continuation.
  let weights: [Double]
  /// <Z...Z> at each stretch.
  let parities: [CircuitFunction]

  /// A classifier with `2 n (entanglers + 1)` parameters, all 0.
  ///
  /// - Parameters:
  ///   - featureMap: of features, without parameters, on n qubits.
  ///   - entanglers: l: layers of CZ between layers of RY and RZ, as in `Circuit.hardwareEfficient`.
  ///   - noise: what a device adds to the circuit.
  ///   - stretches: different factors, 1 for the noise as it is; several are the nodes of a Richardson extrapolation.
  /// - Throws: `CompilationError`; `MitigationError.scales` for stretches without noise or of which two are equal.
  public init(
    featureMap: Circuit, entanglers: Int, connectivity: Connectivity = .linear, noise: NoiseModel? = nil, stretches: [Double] = [1],
    precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws {
    precondition(entanglers >= 0 && featureMap.parameterCount == 0, "ParityClassifier: the feature map has parameters of its own")
    let count = featureMap.qubitCount
    let circuit = featureMap + .hardwareEfficient(qubits: count, layers: entanglers, connectivity: connectivity)
    let parity = PauliSum([PauliSum.Term(1, PauliWord((0..<count).map { Z($0) }))])
    guard !stretches.isEmpty, Set(stretches).count == stretches.count, noise != nil || stretches == [1] else {
      throw MitigationError.scales(found: stretches, needed: noise == nil ? 1 : max(1, stretches.count))
    }
    self.stretches = stretches
    weights = stretches.map { own in stretches.filter { $0 != own }.reduce(1) { $0 * $1 / ($1 - own) } }
    var parities: [CircuitFunction] = []
    for stretch in stretches {
      guard let noise else {
        parities.append(try .expectation(of: [parity], after: circuit, precision: precision, loop: loop, level: level))
        continue
      }
      parities.append(
        try .expectation(
          of: [parity], after: circuit, under: try noise.stretched(by: stretch), precision: precision,
          loop: loop,
          level: level
        ).function)
    }
    self.parities = parities
    parameters = Array(repeating: 0, count: circuit.parameterCount)
  }

  /// The probability of an even outcome for every sample, in 0...1: exact, or the share of `shots` drawn from it.
  ///
  /// With several stretches, of which each has the shots, the results are combined and cut off at 0 and 1.
  public func evenProbabilities(
    _ features: RealMatrix, parameters: [Double], shots: Int? = nil, using source: inout RandomSource
  ) throws(CompilationError) -> [Double] {
    var result = [Double](repeating: 0, count: features.rows)
    for (weight, parity) in zip(weights, parities) {
      let values = try parity.values(features: features, parameters: parameters)
      for row in result.indices {
        let probability = min(1, max(0, (1 + values[row, 0]) / 2))
        let share = shots.map { Double(source.binomial(trials: $0, probability: probability)) / Double($0) } ?? probability
        result[row] += weight * share
      }
    }
    return result.map { min(1, max(0, $0)) }
  }

  /// The class of every sample.
  ///
  /// - Parameters:
  ///   - shots: measurements for each sample; nil decides by exact probabilities.
  ///   - seed: of the draws.
  public func predict(_ features: RealMatrix, shots: Int? = nil, seed: UInt64 = 0) throws(CompilationError) -> [Int] {
    var source = RandomSource(seed: seed, stream: 0x5041_5249)
    return try evenProbabilities(features, parameters: parameters, shots: shots, using: &source).map {
      2 * $0 - 1 > -bias ? 0 : 1
    }
  }

  /// The share of samples whose class is predicted right.
  public func accuracy(_ features: RealMatrix, labels: [Int], shots: Int? = nil, seed: UInt64 = 0) throws -> Double {
    try check(features, labels)
    let right = zip(try predict(features, shots: shots, seed: seed), labels).count { $0 == $1 }
    return Double(right) / Double(max(1, labels.count))
  }

  /// The empirical risk of labelled samples for given probabilities of even outcomes.
  func risk(even: [Double], labels: [Int], bias: Double) -> Double {
    zip(even, labels).reduce(0) { sum, sample in
      let (even, label) = sample
      return sum
        + risk.value(probability: label == 0 ? even : 1 - even, sign: label == 0 ? 1 : -1, bias: bias)
    } / Double(max(1, labels.count))
  }

  func check(_ features: RealMatrix, _ labels: [Int]) throws(NetworkError) {
    guard labels.count == features.rows else {
      throw .data("There are \(features.rows) samples and \(labels.count) labels", remedy: "Give one label a sample")
    }
    if let bad = labels.firstIndex(where: { !(0...1).contains($0) }) {
      throw .data("Sample \(bad) has label \(labels[bad])", remedy: "Give 0 for even and 1 for odd parity")
    }
  }
}
