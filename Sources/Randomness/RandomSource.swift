/// The project's one generator of random numbers: Philox4x32-10, keyed by (seed, stream, index).
///
/// Every (seed, stream, index) names its own sequence of 2^64 numbers; nothing is shared, so sequences can be drawn in any
/// order and on any thread. A program fixes the seed, gives each purpose (weights, shuffling, shots) a stream, and each
/// item (sample, chunk, trajectory) an index:
///
/// ```swift
/// var weights = RandomSource(seed: 7)
/// let start = weights.uniform(in: 0..<2 * .pi)
/// var shots = RandomSource(seed: 7, stream: 1, index: UInt64(sample))   // the same for any number of threads
/// ```
///
/// A function that was handed one source and works in parallel draws a seed from it and opens one index for each piece:
/// `let seed = source.next()`, then `RandomSource(seed: seed, index: piece)`.
///
/// Layout: the block with key = seed and counter = (stream, index) yields 128 bits, one to one in (stream, index). Their low
/// half is the key of the sequence, their high half the upper half of its counter; the lower half counts blocks, and a
/// block holds two numbers, low words first.
///
/// Stability: the layout, the order in which the draws consume numbers, and thereby every integer, uniform number, sign and
/// permutation are fixed for a major version of the package, on every platform. Normal numbers pass through the system's
/// `log` and `cos` and may differ between systems in the last bit.
public struct RandomSource: RandomNumberGenerator, Sendable {
  /// What a user chooses and writes down.
  public let seed: UInt64
  /// The purpose of the numbers.
  public let stream: UInt64
  /// The item the numbers are for.
  public let index: UInt64
  /// How many numbers `next()` has given out.
  public private(set) var position: UInt64

  private let key: SIMD2<UInt32>
  private let upper: SIMD2<UInt32>
  /// The second number of the block whose first was given out last.
  private var second: UInt64 = 0

  /// The sequence of (seed, stream, index), from its beginning.
  public init(seed: UInt64, stream: UInt64 = 0, index: UInt64 = 0) {
    self.init(seed: seed, stream: stream, index: index, position: 0)
  }

  /// The sequence of (seed, stream, index), from its `position`-th number on.
  ///
  /// - Complexity: O(1).
  public init(seed: UInt64, stream: UInt64, index: UInt64, position: UInt64) {
    self.seed = seed
    self.stream = stream
    self.index = index
    let name = Philox4x32.block(counter: SIMD4(lowHalf: stream.words32, highHalf: index.words32), key: seed.words32)
    key = name.lowHalf
    upper = name.highHalf
    self.position = position & ~1
    if position & 1 == 1 { _ = next() }
  }

  /// 64 random bits.
  public mutating func next() -> UInt64 {
    defer { position &+= 1 }
    guard position & 1 == 0 else { return second }
    let block = Philox4x32.block(counter: SIMD4(lowHalf: (position >> 1).words32, highHalf: upper), key: key)
    second = UInt64(block.z) | UInt64(block.w) << 32
    return UInt64(block.x) | UInt64(block.y) << 32
  }
}

extension RandomSource: Hashable {
  /// Equal sources give the same numbers from here on.
  public static func == (left: RandomSource, right: RandomSource) -> Bool {
    left.seed == right.seed && left.stream == right.stream && left.index == right.index && left.position == right.position
  }

  public func hash(into hasher: inout Hasher) {
    for word in [seed, stream, index, position] { hasher.combine(word) }
  }
}

extension RandomSource: Codable {
  private enum CodingKeys: String, CodingKey { case seed, stream, index, position }

  /// A decoded source continues where the encoded one stood.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      seed: try values.decode(UInt64.self, forKey: .seed), stream: try values.decode(UInt64.self, forKey: .stream),
      index: try values.decode(UInt64.self, forKey: .index), position: try values.decode(UInt64.self, forKey: .position))
  }

  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: CodingKeys.self)
    try values.encode(seed, forKey: .seed)
    try values.encode(stream, forKey: .stream)
    try values.encode(index, forKey: .index)
    try values.encode(position, forKey: .position)
  }
}

extension UInt64 {
  /// The low and the high 32 bits.
  fileprivate var words32: SIMD2<UInt32> {
    SIMD2(UInt32(truncatingIfNeeded: self), UInt32(truncatingIfNeeded: self >> 32))
  }
}
