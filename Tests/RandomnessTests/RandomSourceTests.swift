import Foundation
import Randomness
import Testing

@Suite struct RandomSourceTests {
  /// Written down once; a change here breaks every seed its users have noted.
  @Test func sequencesAreFixed() {
    var source = RandomSource(seed: 42)
    let sourceWords = source.words(4)
    #expect(sourceWords == [0x8534_6c23_87fc_b656, 0x44fe_701f_55ad_f555, 0x4d41_90ef_3855_877b, 0x0fa6_2c7f_4d6f_a319])
    var other = RandomSource(seed: 1, stream: 2, index: 3)
    let otherWords = other.words(4)
    #expect(otherWords == [0xb4fc_12ef_e130_70e7, 0x4bbf_9546_8c07_0ddd, 0xc0d5_08e4_a70e_e7e8, 0x32d4_89d1_fa8a_7ea0])
  }

  /// The documented layout, put together again from blocks.
  @Test func layoutIsTheDocumentedOne() {
    let name = Philox4x32.block(counter: SIMD4(2, 0, 3, 0), key: SIMD2(1, 0))
    let third = Philox4x32.block(counter: SIMD4(2, 0, name.z, name.w), key: SIMD2(name.x, name.y))
    var source = RandomSource(seed: 1, stream: 2, index: 3, position: 4)
    let words = source.words(2)
    #expect(words == [UInt64(third.x) | UInt64(third.y) << 32, UInt64(third.z) | UInt64(third.w) << 32])
  }

  @Test(arguments: [0, 1, 2, 3, 10, 101])
  func positionContinuesTheSequence(_ skipped: Int) {
    var source = RandomSource(seed: 9, stream: 1, index: 5)
    for _ in 0..<skipped { _ = source.next() }
    var jumped = RandomSource(seed: 9, stream: 1, index: 5, position: UInt64(skipped))
    #expect(source == jumped)
    let (expected, words) = (source.words(5), jumped.words(5))
    #expect(words == expected)
    #expect(source.position == UInt64(skipped + 5))
  }

  @Test(arguments: 0..<6)
  func codingContinuesTheSequence(_ drawn: Int) throws {
    var source = RandomSource(seed: .max, stream: 1 << 63, index: 77)
    for _ in 0..<drawn { _ = source.normal() }
    var copy = try JSONDecoder().decode(RandomSource.self, from: JSONEncoder().encode(source))
    #expect(copy == source)
    #expect(copy.hashValue == source.hashValue)
    let (expected, words) = (source.words(9), copy.words(9))
    #expect(words == expected)
  }

  /// Neighbouring names give sequences without common numbers and without correlation.
  @Test func namesAreIndependent() {
    let count = 4000
    let sequences = [(0, 0, 0), (1, 0, 0), (0, 1, 0), (0, 0, 1), (1, 1, 0), (0, 1, 1)].map { seed, stream, index in
      var source = RandomSource(seed: UInt64(seed), stream: UInt64(stream), index: UInt64(index))
      return (0..<count).map { _ in source.uniform() - 0.5 }
    }
    #expect(Set(sequences.joined()).count == count * sequences.count)
    for (first, one) in sequences.enumerated() {
      for other in sequences[(first + 1)...] {
        for lag in [0, 1, 2] {
          let products = zip(one.dropFirst(lag), other).map { $0 * $1 * 12 }
          let z = products.reduce(0, +) / Double(products.count).squareRoot()
          #expect(abs(z) < 4.5)
        }
      }
    }
  }

  /// Every bit is 1 half of the time and agrees with its neighbour half of the time.
  @Test func bitsAreFair() {
    var source = RandomSource(seed: 3)
    let draws = 20_000
    var ones = [Int](repeating: 0, count: 64), flips = ones
    for _ in 0..<draws {
      let word = source.next()
      for bit in 0..<64 {
        ones[bit] += Int(word >> bit & 1)
        flips[bit] += Int((word ^ (word << 1 | word >> 63)) >> bit & 1)
      }
    }
    for count in ones + flips { #expect(abs(Double(2 * count - draws)) < 4.5 * Double(draws).squareRoot()) }
  }
}

extension RandomSource {
  fileprivate mutating func words(_ count: Int) -> [UInt64] { (0..<count).map { _ in next() } }
}
