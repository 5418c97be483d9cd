#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How far an estimate of one report is from that of another, and whether chance explains it.
public struct BenchmarkDifference: Sendable, Hashable, Encodable {
  /// The estimate's name.
  public let name: String
  /// That of the first report.
  public let first: BenchmarkEstimate
  /// That of the second report.
  public let second: BenchmarkEstimate
  /// Second less first.
  public let difference: Double
  /// The lower end of its 95 % interval.
  public let low: Double
  /// The upper end of its 95 % interval.
  public let high: Double
  /// The probability of a difference as large by chance, for independent normal errors.
  public let p: Double
  /// Whether it stays significant at 5 % over all differences of the two reports.
  public let isSignificant: Bool

  /// The differences of estimates that both reports have, with intervals that chance gave them.
  ///
  /// Significance over all of them by stepping down from the smallest p: the k-th of m must be below 0.05/(m - k + 1).
  ///
  /// Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
  public static func all(between first: BenchmarkReport, and second: BenchmarkReport) -> [BenchmarkDifference] {
    let pairs = first.estimates.compactMap { estimate in second[estimate.name].map { (estimate, $0) } }
      .filter { $0.standardError != nil && $1.standardError != nil }
    let scores = pairs.map { first, second in
      let (one, other) = (first.standardError!, second.standardError!)
      return (difference: second.value - first.value, error: (one * one + other * other).squareRoot())
    }
    let values = scores.map { $0.error > 0 ? erfc(abs($0.difference) / ($0.error * 2.0.squareRoot())) : $0.difference == 0 ? 1 : 0 }
    var kept = [Bool](repeating: false, count: pairs.count)
    for (place, index) in values.indices.sorted(by: { (values[$0], $0) < (values[$1], $1) }).enumerated() {
      guard values[index] < 0.05 / Double(pairs.count - place) else { break }
      kept[index] = true
    }
    return pairs.indices.map { index in
      let (difference, width) = (scores[index].difference, BenchmarkEstimate.normalQuantile * scores[index].error)
      return BenchmarkDifference(
        name: pairs[index].0.name, first: pairs[index].0, second: pairs[index].1, difference: difference, low: difference - width,
        high: difference + width, p: values[index], isSignificant: kept[index])
    }
  }
}
