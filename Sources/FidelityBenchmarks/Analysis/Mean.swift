import QuantumStates

/// The mean of a function of the outcome over shots, and the variance of that mean.
///
/// Into the variance four more shots are counted, two at either end of the function's range. For a share that is Agresti's and
/// Coull's interval; without them shots that all agree would leave an interval of no width, as if no other shot had been possible.
///
/// Source: Agresti, Coull, "Approximate is better than 'exact' for interval estimation of binomial proportions", 1998.
struct Mean {
  let value: Double
  let variance: Double

  var standardError: Double { variance.squareRoot() }

  /// - Parameter range: of the function over all outcomes, those that did not occur too.
  init(_ counts: OutcomeCounts, in range: ClosedRange<Double>, of function: (_ outcome: Int) -> Double) {
    let shots = Double(counts.shots)
    var (sum, squares) = (0.0, 0.0)
    // In order, so that sums come out the same each time.
    for (outcome, count) in counts.occurrences.sorted(by: { $0.key < $1.key }) {
      let value = function(outcome)
      sum += value * Double(count)
      squares += value * value * Double(count)
    }
    value = sum / shots
    let (low, high) = (range.lowerBound, range.upperBound)
    let mean = (sum + 2 * (low + high)) / (shots + 4)
    let spread = (squares + 2 * (low * low + high * high)) / (shots + 4) - mean * mean
    variance = max(0, spread) / (shots + 4)
  }
}

extension OutcomeCounts {
  /// The mean of the product of Z over the bits in `mask`, with an error that is not 0 for few shots.
  func meanParity(_ mask: Int) -> Mean {
    Mean(self, in: -1...1) { ($0 & mask).nonzeroBitCount.isMultiple(of: 2) ? 1 : -1 }
  }

  /// The outcomes of some qubits alone, the first listed lowest.
  func marginal(of qubits: [Int]) -> OutcomeCounts {
    guard qubits != Array(0..<width) else { return self }
    var result: [Int: Int] = [:]
    for (outcome, count) in occurrences {
      result[qubits.enumerated().reduce(0) { $0 | (outcome >> $1.element & 1) << $1.offset }, default: 0] += count
    }
    return OutcomeCounts(occurrences: result, width: qubits.count)
  }

  /// The share of shots in which some qubits have the bits of `value`, the first listed lowest.
  func share(of value: Int, on qubits: [Int]) -> Double {
    let own = occurrences.reduce(0) { sum, entry in
      qubits.enumerated().allSatisfy { (entry.key >> $1 & 1) == (value >> $0 & 1) } ? sum + entry.value : sum
    }
    return Double(own) / Double(shots)
  }
}
