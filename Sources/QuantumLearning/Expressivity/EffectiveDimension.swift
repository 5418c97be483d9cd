import Execution
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

extension Circuit {
  /// The Fisher information of what is measured on all qubits, averaged over samples, for each set of parameters:
  /// `F_ij = mean_x sum_y (d_i p(y|x)) (d_j p(y|x)) / p(y|x)`.
  ///
  /// Shape: parameters x parameters each, symmetric and positive semidefinite.
  ///
  /// - Parameters:
  ///   - features: samples x features.
  ///   - parameters: sets of `parameterCount` numbers.
  /// - Complexity: a gradient of the circuit for each set, sample and outcome, all in one batch a set.
  public func fisherInformation(
    features: RealMatrix, parameters: [[Double]], loop: ParallelLoop = ParallelLoop()
  ) throws(CompilationError) -> [RealMatrix] {
    let (samples, own, count, outcomes) = (features.rows, featureCount, parameterCount, 1 << qubitCount)
    // Derivatives are summed over a batch by parameters and come row by row for features, so parameters become features.
    let function = try CircuitFunction.probabilities(of: Array(0..<qubitCount), after: liftingParameters, loop: loop)
    var cotangents = RealMatrix(rows: samples * outcomes, columns: outcomes)
    for row in 0..<cotangents.rows { cotangents[row, row % outcomes] = 1 }
    var result: [RealMatrix] = []
    for set in parameters {
      precondition(set.count == count, "fisherInformation: \(set.count) parameters, expected \(count)")
      let rows = (0..<samples).flatMap { sample in
        let row = features.row(sample) + set
        return (0..<outcomes).flatMap { _ in row }
      }
      let (values, gradient) = try function.valueWithGradient(
        features: RealMatrix(rows: samples * outcomes, columns: own + count, elements: rows), cotangents: cotangents)
      var information = RealMatrix(rows: count, columns: count)
      for row in 0..<values.rows {
        let probability = values[row, row % outcomes]
        // Where an outcome is impossible its probability is at a minimum, and the term goes to a limit that a rounded quotient
        // misses.
        guard probability > 1e-12 else { continue }
        let slopes = (0..<count).map { gradient.features[row, own + $0] }
        for i in 0..<count {
          for j in 0..<count { information[i, j] += slopes[i] * slopes[j] / probability / Double(samples) }
        }
      }
      result.append(information)
    }
    return result
  }

  /// The effective dimension of the circuit as a statistical model of its outcomes: how many directions of its parameters can be
  /// told apart with so many samples. At most about `parameterCount`.
  ///
  /// With Fisher information F, scaled so that its mean trace over parameters is their number d, and `k = n / (2 pi log n)`:
  /// `2 log(mean sqrt(det(1 + k F))) / log k`. Parameters are uniform in [0, 2 pi).
  ///
  /// - Parameters:
  ///   - features: some samples of the data, samples x features.
  ///   - dataCount: n, above 18, so that k is above 1.
  ///   - draws: sets of parameters.
  /// - Returns: 0 for a circuit without parameters, or none that its outcomes depend on.
  ///
  /// Source: Abbas et al., "The power of quantum neural networks", 2021, eq. 2 with gamma = 1.
  public func effectiveDimension(
    features: RealMatrix, dataCount: Int, draws: Int, random: inout RandomSource, loop: ParallelLoop = ParallelLoop()
  ) throws -> Double {
    precondition(
      dataCount > 18 && draws > 0, "effectiveDimension: dataCount \(dataCount) must be above 18, draws \(draws) positive")
    guard parameterCount > 0 else { return 0 }
    var sets: [[Double]] = []
    for _ in 0..<draws { sets.append((0..<parameterCount).map { _ in random.uniform(in: 0..<2 * Double.pi) }) }
    let information = try fisherInformation(features: features, parameters: sets, loop: loop)
    let trace = information.reduce(0) { $0 + $1.diagonal.reduce(0, +) } / Double(draws)
    guard trace > 1e-12 else { return 0 }
    let weight = Double(dataCount) / (2 * .pi * log(Double(dataCount)))
    let scale = weight * Double(parameterCount) / trace
    let halves = try information.map { matrix in
      try matrix.symmetricEigen().values.reduce(0) { $0 + log(1 + scale * max(0, $1)) / 2 }
    }
    // The determinants are too large for a number of this precision; their logarithms are not.
    let largest = halves.max()!
    let mean = halves.reduce(0) { $0 + exp($1 - largest) } / Double(draws)
    return 2 * (largest + log(mean)) / log(weight)
  }
}
