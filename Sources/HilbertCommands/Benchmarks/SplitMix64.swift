/// Vigna's SplitMix64, the generator from which every benchmark draws angles and data: a few lines in any language, so that
/// other simulators can be given the same circuits.
///
/// Source: Steele, Lea, Flood, "Fast splittable pseudorandom number generators", 2014; constants as in Vigna's `splitmix64.c`.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// A number in [0, 1): the upper 53 bits of the next word.
  mutating func unit() -> Double {
    state &+= 0x9E37_79B9_7F4A_7C15
    var word = state
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    word ^= word >> 31
    return Double(word >> 11) * 0x1p-53
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double { low + (high - low) * unit() }

  mutating func uniform(_ low: Double, _ high: Double, count: Int) -> [Double] { (0..<count).map { _ in uniform(low, high) } }

  /// A whole number in low..<high.
  mutating func integer(_ low: Int, _ high: Int) -> Int { low + Int(unit() * Double(high - low)) }

  /// The first `count` entries of a shuffle of 0..<total.
  mutating func choose(_ count: Int, of total: Int) -> [Int] {
    var all = Array(0..<total)
    for place in 0..<count { all.swapAt(place, place + Int(unit() * Double(total - place))) }
    return Array(all.prefix(count))
  }
}
