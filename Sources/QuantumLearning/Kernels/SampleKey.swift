import Randomness

extension FNV1a {
  /// The number of a sample that its shots are drawn by: the same wherever the sample stands, and for 0 as for -0.
  static func key(ofSample features: [Double]) -> UInt64 {
    var hash = FNV1a()
    features.map { $0 == 0 ? 0 : $0 }.withUnsafeBytes { hash.combine(wordsOf: $0, fold: 29) }
    return hash.value
  }
}
