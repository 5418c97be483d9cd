import Randomness

/// The standard error of an estimate that is made from several circuits, by drawing circuits with replacement.
///
/// The spread of circuits holds the noise of their shots already, so that both count. Of K circuits the error comes out a factor
/// sqrt((K - 1) / K) too small, which is put right.
///
/// Source: Efron, Tibshirani, "An introduction to the bootstrap", 1993, chapter 6.
enum Bootstrap {
  /// Apart from the numbers that circuits and shots are drawn with.
  private static let stream: UInt64 = 0xB007

  /// The standard deviation of `estimate` over lists of circuit numbers drawn from 0..<count.
  static func standardError(
    circuits count: Int, replicates: Int = 200, seed: UInt64, _ estimate: (_ circuits: [Int]) -> Double
  ) -> Double {
    guard count > 1 else { return .infinity }
    let values = (0..<replicates).map { replicate in
      var source = RandomSource(seed: seed, stream: stream, index: UInt64(replicate))
      return estimate((0..<count).map { _ in source.integer(below: count) })
    }
    let scale = Double(count) / Double(count - 1)
    return (scale * values.variance).squareRoot()
  }

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
