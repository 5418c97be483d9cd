import Randomness

extension OutcomeCounts {
  /// Counts of independent draws from a distribution: of each outcome a binomial number of the draws that are left.
  ///
  /// - Parameters:
  ///   - shots: at least 0.
  ///   - probabilities: 2^width numbers; what rounding leaves below 0 counts as 0, and only ratios count.
  /// - Complexity: O(outcomes), whatever the number of shots.
  ///
  /// Source: Devroye, "Non-uniform random variate generation", 1986, section XI.1 (the conditional distribution method).
  public init(drawing shots: Int, from probabilities: [Double], using source: inout RandomSource) {
    precondition(
      shots >= 0 && probabilities.count.nonzeroBitCount == 1 && probabilities.allSatisfy(\.isFinite),
      "OutcomeCounts: \(shots) shots from \(probabilities.count) probabilities, a power of two of finite numbers")
    // Of each outcome the sum from it on: the last one of positive probability takes whatever is left.
    var rest = probabilities.map { max(0, $0) }
    for place in rest.indices.dropLast().reversed() { rest[place] += rest[place + 1] }
    precondition(shots == 0 || rest[0] > 0, "OutcomeCounts: the probabilities add up to \(rest[0]), must be above 0")
    var (left, occurrences) = (shots, [Int: Int]())
    for (outcome, probability) in probabilities.enumerated() where probability > 0 {
      if left == 0 { break }
      let drawn = source.binomial(trials: left, probability: min(1, probability / rest[outcome]))
      if drawn > 0 { occurrences[outcome] = drawn }
      left -= drawn
    }
    self.init(occurrences: occurrences, width: probabilities.count.trailingZeroBitCount)
  }
}
