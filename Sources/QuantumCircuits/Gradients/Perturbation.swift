import LinearAlgebra
import Randomness

/// Gradients from evaluations at perturbed inputs: central differences and simultaneous perturbation.
///
/// Parameters become further features of the same circuit, so that all perturbations run as one batch.
extension CircuitFunction {
  /// The circuit with parameter i as feature `featureCount + i`, and the row of inputs of each sample.
  private func lifted(_ batch: CircuitEvaluator.Batch) throws(CompilationError) -> (function: CircuitFunction, inputs: RealMatrix) {
    let rows = (0..<batch.sampleCount).map { batch.features.row($0) + batch.parameters }
    let width = featureCount + parameterCount
    return (try replacing(circuit.liftingParameters), RealMatrix(rows: rows.count, columns: width, elements: Array(rows.joined())))
  }

  /// The weighted sum of the outputs of each row.
  private func weightedSums(
    _ function: CircuitFunction, _ inputs: RealMatrix, _ weights: [Double], samples: Int
  ) throws(CompilationError) -> [Double] {
    let batch = try function.engine.batch(
      parameters: [], features: RealMatrix(rows: inputs.rows, columns: function.featureCount, elements: function.trimmed(inputs)),
      loop: loop)
    let values = try function.engine.values(batch)
    return (0..<inputs.rows).map { row in
      (0..<outputCount).reduce(0) { $0 + weights[row % samples * outputCount + $1] * values[row * outputCount + $1] }
    }
  }

  /// The columns that the circuit uses: trailing parameters may not occur in it.
  private func trimmed(_ inputs: RealMatrix) -> [Double] {
    featureCount == inputs.columns ? inputs.elements : (0..<inputs.rows).flatMap { inputs.row($0).prefix(featureCount) }
  }

  func differenceGradient(
    _ batch: CircuitEvaluator.Batch, _ weights: [Double], step: Double, _ method: GradientMethod
  ) throws(CompilationError) -> (RealMatrix, CircuitGradient) {
    guard step > 0, step.isFinite else {
      throw .unsupported(method: "Central differences", reason: "the step is \(step), must be positive")
    }
    let (function, inputs) = try lifted(batch)
    let values = try engine.values(batch)
    var gradients = CircuitEvaluator.Gradients(
      parameters: Array(repeating: 0, count: parameterCount), features: Array(repeating: 0, count: batch.sampleCount * featureCount)
    )
    for column in 0..<inputs.columns {
      var (plus, minus) = (inputs, inputs)
      for row in 0..<inputs.rows {
        plus[row, column] += step
        minus[row, column] -= step
      }
      let high = try weightedSums(function, plus, weights, samples: inputs.rows)
      let low = try weightedSums(function, minus, weights, samples: inputs.rows)
      for row in 0..<inputs.rows {
        let slope = (high[row] - low[row]) / (2 * step)
        if column < featureCount {
          gradients.features[row * featureCount + column] = slope
        } else {
          gradients.parameters[column - featureCount] += slope
        }
      }
    }
    return (
      matrix(values, rows: batch.sampleCount),
      gradient(gradients, rows: batch.sampleCount, method, evaluations: 1 + 2 * inputs.columns)
    )
  }

  /// Estimates (L(x + h d) - L(x - h d)) / 2h * d with random signs d, all inputs at once; parameters share their signs in a draw.
  ///
  /// Source: Spall, "Multivariate stochastic approximation using a simultaneous perturbation gradient approximation", 1992.
  func perturbationGradient(
    _ batch: CircuitEvaluator.Batch, _ weights: [Double], draws: Int, step: Double, seed: UInt64, _ method: GradientMethod
  ) throws(CompilationError) -> (RealMatrix, CircuitGradient) {
    guard draws >= 1, step > 0, step.isFinite else {
      throw .unsupported(method: "SPSA", reason: "draws are \(draws) and the step \(step), both must be positive")
    }
    let (function, inputs) = try lifted(batch)
    let values = try engine.values(batch)
    let (samples, width) = (inputs.rows, inputs.columns)
    var sums = [Double](repeating: 0, count: parameterCount), squares = sums
    var features = [Double](repeating: 0, count: samples * featureCount)
    // Draws run in groups, so that memory does not grow with their number.
    let group = max(1, 4096 / max(1, samples))
    for first in stride(from: 0, to: draws, by: group) {
      let count = min(group, draws - first)
      var signs = [Double](repeating: 0, count: count * samples * width)
      for draw in 0..<count {
        var source = RandomSource(seed: seed, stream: 0x5350_5341, index: UInt64(first + draw))
        let shared = (0..<parameterCount).map { _ in source.sign() }
        for sample in 0..<samples {
          let row = (draw * samples + sample) * width
          for column in 0..<width { signs[row + column] = column < featureCount ? source.sign() : shared[column - featureCount] }
        }
      }
      let perturbed = { (h: Double) in
        RealMatrix(
          rows: count * samples, columns: width,
          elements: signs.indices.map { inputs.elements[$0 % (samples * width)] + h * signs[$0] })
      }
      let high = try weightedSums(function, perturbed(step), weights, samples: samples)
      let low = try weightedSums(function, perturbed(-step), weights, samples: samples)
      for draw in 0..<count {
        var total = 0.0
        for sample in 0..<samples {
          let row = draw * samples + sample
          let slope = (high[row] - low[row]) / (2 * step)
          total += slope
          for column in 0..<featureCount {
            features[sample * featureCount + column] += slope * signs[row * width + column] / Double(draws)
          }
        }
        for index in 0..<parameterCount where samples > 0 {
          let estimate = total * signs[draw * samples * width + featureCount + index]
          sums[index] += estimate
          squares[index] += estimate * estimate
        }
      }
    }
    let count = Double(draws)
    let means = sums.map { $0 / count }
    let errors = zip(means, squares).map { mean, square in
      draws > 1 ? (max(0, square / count - mean * mean) / (count - 1)).squareRoot() : .infinity
    }
    return (
      matrix(values, rows: samples),
      gradient(
        .init(parameters: means, features: features), rows: samples, method, evaluations: 1 + 2 * draws, standardErrors: errors)
    )
  }
}
