import Randomness
import Testing

@Suite struct ShufflingTests {
  @Test(arguments: [0, 1, 2, 3, 10, 257])
  func permutationsHoldEveryNumberOnce(_ count: Int) {
    var source = RandomSource(seed: 1)
    let (order, half, all) = (
      source.permutation(of: count), source.choose(count / 2, from: count), source.choose(count, from: count)
    )
    #expect(order.sorted() == Array(0..<count))
    #expect(Set(half).count == count / 2 && half.count == count / 2)
    #expect(Set(all) == Set(0..<count))
  }

  /// All 24 orders of four things are equally likely.
  @Test func ordersAreUniform() {
    var source = RandomSource(seed: 2)
    let draws = 24_000
    var counts: [[Int]: Int] = [:]
    for _ in 0..<draws { counts[source.permutation(of: 4), default: 0] += 1 }
    #expect(counts.count == 24)
    let chiSquare = counts.values.reduce(0) { $0 + Double(($1 - 1000) * ($1 - 1000)) / 1000 }
    // The 99.99 % point of chi square with 23 degrees of freedom.
    #expect(chiSquare < 56)
  }

  @Test func choicesAreUniform() {
    var source = RandomSource(seed: 3)
    var counts = [Int](repeating: 0, count: 10)
    for _ in 0..<10_000 { for number in source.choose(3, from: 10) { counts[number] += 1 } }
    for count in counts { #expect(abs(Double(count) - 3000) < 4 * 2100.0.squareRoot()) }
  }

  @Test func slicesKeepTheRest() {
    var source = RandomSource(seed: 4)
    var numbers = Array(0..<20)
    source.shuffle(&numbers[5..<15])
    #expect(Array(numbers[..<5]) == Array(0..<5) && Array(numbers[15...]) == Array(15..<20))
    #expect(numbers.sorted() == Array(0..<20) && numbers != Array(0..<20))
  }

  @Test func theOrderOfASeedIsFixed() {
    var source = RandomSource(seed: 42)
    let order = source.permutation(of: 8)
    #expect(order == [2, 5, 3, 7, 0, 6, 1, 4])
  }
}
