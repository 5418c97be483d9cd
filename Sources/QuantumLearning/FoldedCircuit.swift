import LinearAlgebra
import QuantumCircuits
import Randomness

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A circuit's outputs as the trigonometric polynomial of the features that they are.
///
/// Where every feature turns the state once, by one Pauli rotation, each output is of first degree in it:
/// ```
/// f_o(x) = sum_t C_to prod_j t_j(x_j),     t_j(x) = 1, cos x or sin x
/// ```
/// The coefficients C depend on the weights alone, and follow from f where all features are 0, 2 pi / 3 or 4 pi / 3: as many runs
/// of the circuit as there are such points, for a batch of any size.
///
/// Source: Schuld, Sweke, Meyer, "Effect of data encoding on the expressive power of variational quantum-machine-learning models",
/// 2021.
package struct FoldedCircuit: Sendable {
  /// A product of cosines and sines of features, and the outputs that it is part of.
  package struct Term: Hashable, Sendable {
    /// A digit a feature, the first the lowest: 0 for 1, 1 for the cosine, 2 for the sine.
    let place: Int
    /// The features in the product.
    let factors: [Factor]
    let outputs: [Int]
  }

  package struct Factor: Hashable, Sendable {
    let feature: Int
    let isSine: Bool
  }

  /// The largest number of features whose points are still few.
  private static let mostFeatures = 6

  private let function: CircuitFunction
  /// What does not vanish at all weights.
  package let terms: [Term]
  /// Every combination of the three values of the features.
  private let points: RealMatrix

  /// Numbers that an image's window brings, and numbers read from it.
  var featureCount: Int { function.featureCount }
  var outputCount: Int { function.outputCount }
  /// How many runs of the circuit the coefficients take: 3^features.
  package var runs: Int { points.rows }

  /// Looks for the terms at random weights: outputs are analytic in the weights, so what vanishes there vanishes everywhere.
  ///
  /// - Returns: nil for more than six features, for circuits of too many qubits, and where random features show that the outputs
  ///   are no such polynomial: features that turn the state more than once, by other speeds, or by products of them.
  package init?(_ original: CircuitFunction) {
    var function = original
    let (features, outputs) = (function.featureCount, function.outputCount)
    guard (1...Self.mostFeatures).contains(features) else { return nil }
    let runs = (0..<features).reduce(1) { count, _ in 3 * count }
    // Small runs, which threads would only wait for.
    guard runs << min(30, function.circuit.qubitCount) <= 1 << 18 else { return nil }
    function.loop = .serial
    points = RealMatrix(
      rows: runs, columns: features,
      elements: (0..<runs).flatMap { run in Self.digits(run, features).map { 2 * .pi / 3 * Double($0) } })
    self.function = function
    let tolerance = function.precision == .float ? 1e-5 : 1e-10
    var random = RandomSource(seed: 0x464F_4C44)
    var largest = [Double](repeating: 0, count: runs * outputs)
    for _ in 0..<3 {
      let weights = (0..<function.parameterCount).map { _ in random.uniform(in: 0..<2 * .pi) }
      let tests = RealMatrix(
        rows: 3, columns: features, elements: (0..<3 * features).map { _ in random.uniform(in: 0..<2 * .pi) })
      guard let values = try? function.values(features: points, parameters: weights),
        let expected = try? function.values(features: tests, parameters: weights)
      else { return nil }
      let coefficients = Self.transformed(values.elements, features: features, outputs: outputs)
      let size = coefficients.reduce(0) { max($0, abs($1)) }
      for row in 0..<tests.rows {
        for output in 0..<outputs {
          let value = (0..<runs).reduce(0.0) { sum, place in
            sum + coefficients[place * outputs + output] * Self.product(place, Array(tests.row(row)))
          }
          guard abs(value - expected[row, output]) <= 10 * tolerance * size else { return nil }
        }
      }
      for place in largest.indices { largest[place] = max(largest[place], abs(coefficients[place])) }
    }
    let smallest = tolerance * (largest.max() ?? 0)
    terms = (0..<runs).compactMap { place in
      let own = (0..<outputs).filter { largest[place * outputs + $0] > smallest }
      guard !own.isEmpty else { return nil }
      let factors = Self.digits(place, features).enumerated().filter { $1 > 0 }.map { Factor(feature: $0, isSine: $1 == 2) }
      return Term(place: place, factors: factors, outputs: own)
    }
  }

  /// The coefficients at some weights.
  struct Coefficients: Sendable {
    /// Shape: 3^features x outputs, by the places of the terms.
    let values: [Double]
    fileprivate let evaluation: CircuitEvaluation
  }

  /// - Complexity: 3^features runs of the circuit.
  func coefficients(_ weights: [Double]) throws(CompilationError) -> Coefficients {
    let evaluation = try function.evaluate(features: points, parameters: weights)
    return Coefficients(
      values: Self.transformed(evaluation.values.elements, features: function.featureCount, outputs: function.outputCount),
      evaluation: evaluation)
  }

  /// The gradient by the weights of the sum of cotangent * coefficient.
  func gradient(of coefficients: Coefficients, cotangents: [Double]) throws(CompilationError) -> [Double] {
    let values = Self.transformed(
      cotangents, features: function.featureCount, outputs: function.outputCount, isAdjoint: true)
    return try coefficients.evaluation.gradient(
      cotangents: RealMatrix(rows: runs, columns: function.outputCount, elements: values), ofFeatures: false
    ).parameters
  }

  /// From values at the points to coefficients, one feature after another: 1, cos and sin of three points are orthogonal.
  private static func transformed(
    _ values: [Double], features: Int, outputs: Int, isAdjoint: Bool = false
  ) -> [Double] {
    let turn = 2 * Double.pi / 3
    let rows = (0..<3).map { point in [1.0 / 3, 2 * cos(turn * Double(point)) / 3, 2 * sin(turn * Double(point)) / 3] }
    var values = values
    var step = outputs
    for _ in 0..<features {
      for start in stride(from: 0, to: values.count, by: 3 * step) {
        for place in start..<start + step {
          let old = (0..<3).map { values[place + $0 * step] }
          for digit in 0..<3 {
            values[place + digit * step] = (0..<3).reduce(0.0) { sum, other in
              sum + old[other] * (isAdjoint ? rows[digit][other] : rows[other][digit])
            }
          }
        }
      }
      step *= 3
    }
    return values
  }

  /// `prod_j t_j(x_j)`.
  private static func product(_ place: Int, _ features: [Double]) -> Double {
    zip(digits(place, features.count), features).reduce(1) { $0 * ($1.0 == 0 ? 1 : $1.0 == 1 ? cos($1.1) : sin($1.1)) }
  }

  /// The digits to the base 3, the lowest first.
  private static func digits(_ number: Int, _ count: Int) -> [Int] {
    var rest = number
    return (0..<count).map { _ in
      defer { rest /= 3 }
      return rest % 3
    }
  }
}
