import Randomness

/// Draws outcomes from probabilities that are produced piece by piece and never stored whole.
///
/// One pass adds up each piece; a draw u in [0, total) then falls into the first piece whose cumulative sum exceeds it, and inside
/// the piece into the first outcome whose cumulative sum does. The last outcome of positive probability takes whatever rounding
/// leaves over, and the total is the sum that was found, so weights that add up to 1 +- a few ulps are no special case.
///
/// Complexity: O(outcomes + shots log shots) time, O(outcomes / 4096 + shots) memory.
enum OutcomeSampler {
  /// Outcomes in a piece: 32 KiB of probabilities.
  static let pieceLength = 4096

  /// `shots` independent outcomes in 0..<outcomeCount, in the order of the draws.
  ///
  /// - Parameters:
  ///   - pieceSums: the sum of the probabilities of each piece.
  ///   - fill: writes the probabilities of a range of outcomes; asked only for pieces into which a draw falls.
  static func sample(
    shots: Int, outcomeCount: Int, pieceSums: [Double], using source: inout RandomSource,
    fill: (_ outcomes: Range<Int>, _ into: UnsafeMutablePointer<Double>) -> Void
  ) -> [Int] {
    precondition(shots >= 0, "sample: shots is \(shots), must not be negative")
    var cumulative = pieceSums
    for index in cumulative.indices.dropFirst() { cumulative[index] += cumulative[index - 1] }
    let total = cumulative.last ?? 0
    precondition(total.isFinite && total > 0, "sample: the probabilities add up to \(total), must be positive and finite")

    let draws = (0..<shots).map { (value: source.uniform() * total, shot: $0) }.sorted { $0.value < $1.value }
    var outcomes = Array(repeating: 0, count: shots)
    var next = 0
    withAlignedScratch(of: Double.self, count: pieceLength) { scratch in
      for (index, end) in cumulative.enumerated() where next < shots && (draws[next].value < end || end == total) {
        let start = index * pieceLength
        let piece = start..<min(start + pieceLength, outcomeCount)
        fill(piece, scratch)
        var sum = index == 0 ? 0 : cumulative[index - 1]
        var latest = start
        for outcome in piece where scratch[outcome - start] > 0 {
          sum += scratch[outcome - start]
          latest = outcome
          while next < shots && draws[next].value < sum {
            outcomes[draws[next].shot] = outcome
            next += 1
          }
        }
        // Rounding: a draw below the end of the piece, yet not below the sum of its outcomes, belongs to the last of them.
        while next < shots && (draws[next].value < end || end == total) {
          outcomes[draws[next].shot] = latest
          next += 1
        }
      }
    }
    return outcomes
  }

  /// The same for probabilities that are stored.
  static func sample(shots: Int, probabilities: [Double], using source: inout RandomSource) -> [Int] {
    let sums = stride(from: 0, to: probabilities.count, by: pieceLength).map { start in
      probabilities[start..<min(start + pieceLength, probabilities.count)].reduce(0, +)
    }
    return sample(shots: shots, outcomeCount: probabilities.count, pieceSums: sums, using: &source) { outcomes, destination in
      for outcome in outcomes { destination[outcome - outcomes.lowerBound] = probabilities[outcome] }
    }
  }
}

/// Uninitialized memory for the time of a call, aligned for the kernels.
func withAlignedScratch<Element: BitwiseCopyable, Result>(
  of type: Element.Type, count: Int, _ body: (UnsafeMutablePointer<Element>) -> Result
) -> Result {
  withUnsafeTemporaryAllocation(byteCount: count * MemoryLayout<Element>.stride, alignment: 64) { memory in
    body(memory.bindMemory(to: Element.self).baseAddress!)
  }
}
