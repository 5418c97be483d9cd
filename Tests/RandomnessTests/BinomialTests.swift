import Randomness
import TestSupport
import Testing

@Suite struct BinomialTests {
  /// Both methods, their border, and both sides of 1/2, against the exact distribution.
  @Test(arguments: [(1, 0.3), (12, 0.5), (40, 0.24), (40, 0.26), (40, 0.9), (1000, 0.002), (1000, 0.37), (60_000, 0.9997)])
  func countsAreDistributedAsTheyShould(trials: Int, probability: Double) {
    var source = RandomSource(seed: 11, index: UInt64(trials))
    var counts = [Int](repeating: 0, count: trials + 1)
    for _ in 0..<40_000 { counts[source.binomial(trials: trials, probability: probability)] += 1 }
    // p(k + 1) / p(k) = (n - k) / (k + 1) p / (1 - p), from the mode on in both directions.
    let mode = Int(Double(trials + 1) * probability)
    var weights = [Double](repeating: 0, count: trials + 1)
    let odds = probability / (1 - probability)
    weights[min(mode, trials)] = 1
    for k in min(mode, trials)..<trials { weights[k + 1] = weights[k] * Double(trials - k) / Double(k + 1) * odds }
    for k in (0..<min(mode, trials)).reversed() { weights[k] = weights[k + 1] * Double(k + 1) / Double(trials - k) / odds }
    let total = weights.reduce(0, +)
    #expect(abs(Statistics.chiSquareZScore(counts: counts, probabilities: weights.map { $0 / total })) < 4)
  }

  @Test func certainOutcomesAreCertain() {
    var source = RandomSource(seed: 1)
    for trials in [0, 1, 50, 100_000] {
      #expect(source.binomial(trials: trials, probability: 0) == 0)
      #expect(source.binomial(trials: trials, probability: 1) == trials)
    }
  }
}
