/// Philox4x32-10: a keyed bijection of 128-bit counters whose outputs pass the statistical tests for random numbers.
///
/// One round sends the counter words `(c0, c1, c2, c3)` under the key `(k0, k1)` to
/// `(hi(M1 c2) ^ c1 ^ k0, lo(M1 c2), hi(M0 c0) ^ c3 ^ k1, lo(M0 c0))`; the key grows by the Weyl constants between rounds.
///
/// Source: Salmon, Moraes, Dror, Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011, section 3.3.
public enum Philox4x32 {
  /// The ten-round bijection.
  ///
  /// - Parameters:
  ///   - counter: four words, word 0 in lane 0.
  ///   - key: two words.
  /// - Returns: four random words; distinct counters give distinct results under one key.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (c0, c1, c2, c3) = (counter.x, counter.y, counter.z, counter.w)
    var (k0, k1) = (key.x, key.y)
    for _ in 0..<10 {
      let first = 0xD251_1F53 as UInt64 &* UInt64(c0)
      let second = 0xCD9E_8D57 as UInt64 &* UInt64(c2)
      (c0, c2) = (UInt32(truncatingIfNeeded: second >> 32) ^ c1 ^ k0, UInt32(truncatingIfNeeded: first >> 32) ^ c3 ^ k1)
      (c1, c3) = (UInt32(truncatingIfNeeded: second), UInt32(truncatingIfNeeded: first))
      k0 &+= 0x9E37_79B9
      k1 &+= 0xBB67_AE85
    }
    return SIMD4(c0, c1, c2, c3)
  }
}
