import Randomness
import TestSupport
import Testing

@Suite struct WeightedChoiceTests {
  /// Places come as often as their weights say, those without weight never.
  @Test(arguments: [[1.0, 0, 3], [0, 0, 2, 0], [0.1, 0.2, 0.3, 0.4, 0], [5]]) func placesFollowTheWeights(_ weights: [Double]) {
    let choice = WeightedChoice(weights: weights)
    var source = RandomSource(seed: 3)
    var counts = [Int](repeating: 0, count: weights.count)
    for _ in 0..<20_000 { counts[choice.draw(using: &source)] += 1 }
    let total = weights.reduce(0, +)
    #expect(choice.total == total)
    #expect(zip(counts, weights).allSatisfy { $0.1 > 0 || $0.0 == 0 })
    if weights.count(where: { $0 > 0 }) > 1 {
      #expect(abs(Statistics.chiSquareZScore(counts: counts, probabilities: weights.map { $0 / total })) < 4.5)
    }
  }

  /// The ends of a place belong to it from below; what lies at the total or above goes to the last place of positive weight.
  @Test func endsAreHalfOpen() {
    let choice = WeightedChoice(weights: [1, -1e-17, 3, 0])
    #expect([0, 0.999, 1, 3.999, 4, 5].map(choice.place(of:)) == [0, 0, 2, 2, 2, 2])
  }
}
