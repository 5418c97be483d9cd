/// A choice among the places of a list, each as likely as its weight says.
///
/// ```swift
/// let choice = WeightedChoice(weights: [1, 0, 3])
/// choice.draw(using: &source)    // 0 in a quarter of all draws, else 2
/// ```
/// By cumulative sums; where there are many outcomes or many draws, `OutcomeCounts(drawing:from:using:)` needs no number for each.
public struct WeightedChoice: Sendable, Hashable {
  /// The sum of the weights up to and with each place.
  private let sums: [Double]
  /// The last place of positive weight, which takes what rounding leaves over.
  private let last: Int

  /// - Parameter weights: only ratios count; what rounding leaves below 0 counts as 0.
  public init(weights: some Sequence<Double>) {
    var (sum, last, sums) = (0.0, 0, [Double]())
    for (place, weight) in weights.enumerated() {
      if weight > 0 { (sum, last) = (sum + weight, place) }
      sums.append(sum)
    }
    precondition(sum.isFinite, "WeightedChoice: the weights add up to \(sum)")
    (self.sums, self.last) = (sums, last)
  }

  /// The sum of the weights.
  public var total: Double { sums.last ?? 0 }

  /// The first place whose cumulative sum exceeds a number of 0..<total.
  ///
  /// - Complexity: O(log places).
  public func place(of point: Double) -> Int {
    var (low, high) = (0, last)
    while low < high {
      let middle = (low + high) / 2
      if point < sums[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }

  /// A place; takes one number of the source.
  public func draw(using source: inout RandomSource) -> Int {
    precondition(total > 0, "WeightedChoice: no weight of \(sums.count) is above 0")
    return place(of: source.uniform() * total)
  }
}
