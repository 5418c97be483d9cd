#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension RandomSource {
  /// A uniform number in [0, 1): a multiple of 2^-53.
  public mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A uniform number of a half-open interval.
  public mutating func uniform(in range: Range<Double>) -> Double {
    precondition(!range.isEmpty, "RandomSource: cannot draw from the empty range \(range)")
    // Rounding can reach the upper bound, which does not belong to the range.
    return min(uniform(in: range.lowerBound...range.upperBound), range.upperBound.nextDown)
  }

  /// A uniform number of a closed interval.
  public mutating func uniform(in range: ClosedRange<Double>) -> Double {
    let width = range.upperBound - range.lowerBound
    precondition(width.isFinite, "RandomSource: the width of \(range) is not finite")
    return min(range.lowerBound + width * uniform(), range.upperBound)
  }

  /// A normal number of mean 0 and variance 1: `sqrt(-2 log(1 - u)) cos(2 pi v)`.
  ///
  /// Takes two numbers of the sequence. The sine of the pair is not kept, so that the position alone is the state.
  /// The largest possible magnitude is 8.57.
  ///
  /// Source: Box, Muller, "A note on the generation of random normal deviates", Ann. Math. Stat. 29 (1958).
  public mutating func normal() -> Double {
    let radius = (-2 * log(1 - uniform())).squareRoot()
    return radius * cos(2 * .pi * uniform())
  }

  /// A uniform integer in 0..<bound, without bias.
  ///
  /// Source: Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019), algorithm 5.
  public mutating func integer(below bound: Int) -> Int {
    precondition(bound > 0, "RandomSource: integer(below: \(bound)) needs a positive bound")
    let bound = UInt64(bound)
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return Int(product.high)
  }

  /// -1 or +1 with equal probability.
  public mutating func sign() -> Double { next() >> 63 == 0 ? 1 : -1 }

  /// True with the given probability.
  ///
  /// - Parameter probability: in 0...1.
  public mutating func bool(probability: Double) -> Bool {
    precondition((0...1).contains(probability), "RandomSource: \(probability) is not a probability")
    return uniform() < probability
  }
}
