import LinearAlgebra
import RealModule

/// Tests of sampled estimates against exact values. Seeds are fixed in tests, so a passing test stays passing; the limits say how
/// unlikely a correct sampler is to fail when a seed is chosen: about 6e-5 at 4 standard errors.
public enum Statistics {
  /// (mean - expected) / (standard deviation / sqrt(count)) of independent draws.
  public static func zScore(mean: Double, expected: Double, standardDeviation: Double, count: Int) -> Double {
    let error = standardDeviation / Double(count).squareRoot()
    if error == 0 { return mean == expected ? 0 : .infinity }
    return (mean - expected) / error
  }

  /// The z-score of `successes` in `trials` when each succeeds with `probability`.
  public static func binomialZScore(successes: Int, trials: Int, probability: Double) -> Double {
    zScore(
      mean: Double(successes) / Double(trials), expected: probability,
      standardDeviation: (probability * (1 - probability)).squareRoot(), count: trials)
  }

  /// The z-score of Pearson's chi-square statistic of counts against probabilities.
  ///
  /// sum (count - N p)^2 / (N p) over the categories, brought to a standard normal variable by the cube-root transformation.
  /// Categories with N p < 5 are gathered into one. A count where the probability is zero gives infinity.
  ///
  /// Source: Wilson and Hilferty, The distribution of chi-square, 1931.
  public static func chiSquareZScore(counts: [Int], probabilities: [Double]) -> Double {
    precondition(counts.count == probabilities.count, "\(counts.count) counts for \(probabilities.count) probabilities")
    let total = Double(counts.reduce(0, +))
    var statistic = 0.0
    var categories = 0
    var rare = (observed: 0.0, expected: 0.0)
    func add(_ observed: Double, _ expected: Double) {
      statistic += (observed - expected) * (observed - expected) / expected
      categories += 1
    }
    for (count, probability) in zip(counts, probabilities) {
      if probability == 0 && count > 0 { return .infinity }
      let expected = total * probability
      if expected >= 5 {
        add(Double(count), expected)
      } else {
        rare.observed += Double(count)
        rare.expected += expected
      }
    }
    if rare.expected > 0 { add(rare.observed, rare.expected) }
    return chiSquareZScore(statistic, freedom: categories - 1)
  }

  /// The z-score of a sum of `freedom` squared independent standard normal variables.
  public static func chiSquareZScore(_ statistic: Double, freedom: Int) -> Double {
    guard freedom > 0 else { return 0 }
    let spread = 2 / (9 * Double(freedom))
    return (Double.root(statistic / Double(freedom), 3) - (1 - spread)) / spread.squareRoot()
  }
}
