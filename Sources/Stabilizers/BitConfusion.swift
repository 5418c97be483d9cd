import Randomness

/// Errors of readout: bits are reported as others, with probabilities that depend on their values.
public struct BitConfusion: Sendable, Hashable {
  /// By true value, which of its bits are flipped: place m flips those of m, and place 0 has no weight.
  private let flips: [WeightedChoice]
  /// The largest probability of an error over all true values.
  let most: Double

  /// How many bits are confused together.
  public var bitCount: Int { flips.count.trailingZeroBitCount }

  /// - Parameter columns: by true value, the probabilities of the reported ones, which add up to 1; the first bit is the lowest.
  public init(_ columns: [[Double]]) {
    precondition(
      columns.count > 1 && columns.count.nonzeroBitCount == 1
        && columns.allSatisfy { $0.count == columns.count && $0.allSatisfy { $0 >= 0 } && abs($0.reduce(0, +) - 1) < 1e-6 },
      "BitConfusion: \(columns) are no probabilities of 2^k reported values for each of 2^k true ones")
    flips = columns.enumerated().map { value, column in
      WeightedChoice(weights: column.indices.map { $0 == 0 ? 0 : column[value ^ $0] })
    }
    most = flips.reduce(0) { max($0, $1.total) }
  }

  /// For shots drawn with the probability `most`: the bits that are flipped, none where the true value errs less often.
  func draw(_ value: Int, _ source: inout RandomSource) -> Int {
    let point = source.uniform() * most
    return point < flips[value].total ? flips[value].place(of: point) : 0
  }
}
