/// How often each outcome occurred.
///
/// ```swift
/// let counts = bell.counts(shots: 1000, using: &source)
/// counts["00"]   // about 500
/// ```
public struct OutcomeCounts: Sendable, Hashable {
  /// How many bits an outcome has.
  public let width: Int
  /// Outcome -> occurrences; outcomes that did not occur are absent.
  public let occurrences: [Int: Int]
  /// All occurrences together.
  public let shots: Int

  /// Counts a list of outcomes, each in 0..<2^width.
  public init(_ outcomes: some Sequence<Int>, width: Int) {
    var occurrences: [Int: Int] = [:]
    for outcome in outcomes { occurrences[outcome, default: 0] += 1 }
    self.init(occurrences: occurrences, width: width)
  }

  /// Counts that are already known.
  public init(occurrences: [Int: Int], width: Int) {
    precondition(
      occurrences.allSatisfy { $0.key >= 0 && $0.key >> width == 0 && $0.value >= 0 },
      "OutcomeCounts: outcomes must fit \(width) bits and counts must not be negative")
    self.width = width
    self.occurrences = occurrences
    shots = occurrences.values.reduce(0, +)
  }

  /// Occurrences of one outcome, e.g. `counts["01"]`.
  public subscript(outcome: BitString) -> Int {
    precondition(outcome.width == width, "OutcomeCounts: \(outcome) has \(outcome.width) bits, the outcomes have \(width)")
    return occurrences[outcome.value] ?? 0
  }

  /// Outcomes and occurrences, most frequent first, ties by outcome.
  public var ranked: [(outcome: BitString, count: Int)] {
    occurrences.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { (BitString($0.key, width: width), $0.value) }
  }

  /// The estimate of the product of Z over the bits in `mask` and its standard error: sqrt((1 - mean^2) / (shots - 1)).
  ///
  /// - Parameter mask: bit j set takes the j-th measured qubit into the product.
  /// - Returns: mean in -1...1; the error is infinite for a single shot.
  public func parity(mask: Int) -> (mean: Double, standardError: Double) {
    precondition(shots > 0, "OutcomeCounts: a mean needs at least one shot")
    let sum = occurrences.reduce(0) { $0 + (($1.key & mask).nonzeroBitCount.isMultiple(of: 2) ? $1.value : -$1.value) }
    let mean = Double(sum) / Double(shots)
    guard shots > 1 else { return (mean, .infinity) }
    return (mean, ((1 - mean * mean) / Double(shots - 1)).squareRoot())
  }
}
