import Randomness
import Testing

@Suite struct DistributionsTests {
  static let seeds: [UInt64] = [1, 2, 3, 4]
  static let draws = 50_000

  /// How many standard errors the mean of the draws lies from the expected one.
  func z(_ values: [Double], mean: Double, variance: Double) -> Double {
    (values.reduce(0, +) / Double(values.count) - mean) / (variance / Double(values.count)).squareRoot()
  }

  /// `(sum (observed - expected)^2 / expected - k) / sqrt(2 k)` for k degrees of freedom, about normal for many cells.
  func chiSquareZ(_ counts: [Int]) -> Double {
    let expected = Double(counts.reduce(0, +)) / Double(counts.count)
    let freedom = Double(counts.count - 1)
    return (counts.reduce(0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected } - freedom)
      / (2 * freedom).squareRoot()
  }

  @Test(arguments: seeds)
  func uniformNumbersFillTheUnitInterval(_ seed: UInt64) {
    var source = RandomSource(seed: seed)
    let values = (0..<Self.draws).map { _ in source.uniform() }
    #expect(values.allSatisfy { 0 <= $0 && $0 < 1 })
    #expect(abs(z(values, mean: 0.5, variance: 1 / 12)) < 4)
    #expect(abs(z(values.map { $0 * $0 }, mean: 1 / 3, variance: 4 / 45)) < 4)
    var cells = [Int](repeating: 0, count: 100)
    for value in values { cells[Int(value * 100)] += 1 }
    #expect(abs(chiSquareZ(cells)) < 5)
  }

  /// Moments of the normal distribution up to the fourth, and one tail.
  @Test(arguments: seeds)
  func normalNumbersHaveNormalMoments(_ seed: UInt64) {
    var source = RandomSource(seed: seed, stream: 1)
    let values = (0..<Self.draws).map { _ in source.normal() }
    #expect(abs(z(values, mean: 0, variance: 1)) < 4)
    #expect(abs(z(values.map { $0 * $0 }, mean: 1, variance: 2)) < 4)
    #expect(abs(z(values.map { $0 * $0 * $0 }, mean: 0, variance: 15)) < 4)
    #expect(abs(z(values.map { $0 * $0 * $0 * $0 }, mean: 3, variance: 96)) < 4)
    let tail = 0.022_750_131_948_179_2
    #expect(abs(z(values.map { $0 > 2 ? 1 : 0 }, mean: tail, variance: tail * (1 - tail))) < 4)
    #expect(abs(z(zip(values, values.dropFirst()).map { $0 * $1 }, mean: 0, variance: 1)) < 4)
  }

  @Test(arguments: [1, 2, 3, 7, 100, 1 << 62 | 1])
  func integersAreUniform(_ bound: Int) {
    var source = RandomSource(seed: 5, index: UInt64(bound))
    let values = (0..<Self.draws).map { _ in source.integer(below: bound) }
    #expect(values.allSatisfy { 0 <= $0 && $0 < bound })
    guard bound > 1 else { return }
    let width = Double(bound)
    #expect(abs(z(values.map { Double($0) / width }, mean: (1 - 1 / width) / 2, variance: (1 - 1 / (width * width)) / 12)) < 4)
    guard bound <= 100 else { return }
    var cells = [Int](repeating: 0, count: bound)
    for value in values { cells[value] += 1 }
    #expect(abs(chiSquareZ(cells)) < 5)
  }

  @Test func rangesKeepTheirBounds() {
    var source = RandomSource(seed: 6)
    let tiny = 1.0..<1.0.nextUp
    for _ in 0..<1000 {
      let (open, wide, point) = (source.uniform(in: tiny), source.uniform(in: -3.0..<5.0), source.uniform(in: 2.0...2.0))
      #expect(tiny.contains(open))
      #expect((-3.0..<5.0).contains(wide))
      #expect(point == 2)
    }
    let values = (0..<Self.draws).map { _ in source.uniform(in: -3.0...5.0) }
    #expect(abs(z(values, mean: 1, variance: 64 / 12)) < 4)
  }

  @Test func signsAndCoinsKeepTheirProbabilities() {
    var source = RandomSource(seed: 7)
    let signs = (0..<Self.draws).map { _ in source.sign() }
    let coins = (0..<Self.draws).map { _ in source.bool(probability: 0.1) ? 1.0 : 0 }
    let (never, always) = (source.bool(probability: 0), source.bool(probability: 1))
    #expect(Set(signs) == [-1, 1])
    #expect(abs(z(signs, mean: 0, variance: 1)) < 4)
    #expect(abs(z(coins, mean: 0.1, variance: 0.09)) < 4)
    #expect(!never && always)
  }
}
