import Randomness

/// What standard errors are drawn with: circuits, or the noise of shots, drawn again and again.
///
/// Source: Efron, Tibshirani, "An introduction to the bootstrap", 1993, chapter 6.
enum Bootstrap {
  /// Apart from the numbers that circuits and shots are drawn with.
  private static let stream: UInt64 = 0xB007

  /// A source for one replicate.
  static func source(seed: UInt64, replicate: Int) -> RandomSource {
    RandomSource(seed: seed, stream: stream, index: UInt64(replicate))
  }
}

extension [Double] {
  var mean: Double { reduce(0, +) / Double(count) }

  /// The sum of squared distances from the mean over count - 1; infinite for fewer than two values.
  var variance: Double {
    guard count > 1 else { return .infinity }
    let mean = mean
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1)
  }

  /// The standard error of the mean of independent values.
  var standardError: Double { (variance / Double(count)).squareRoot() }
}
