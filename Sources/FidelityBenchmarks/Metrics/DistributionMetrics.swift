import QuantumStates

/// Comparisons of two distributions over the same outcomes.
public enum DistributionMetrics {
  /// `(Σ sqrt(p q))^2`, in 0...1: the classical counterpart of the fidelity of states.
  public static func fidelity(_ p: [Double], _ q: [Double]) -> Double {
    let overlap = overlap(p, q)
    return overlap * overlap
  }

  /// `sqrt(1 - Σ sqrt(p q))`, in 0...1.
  public static func hellingerDistance(_ p: [Double], _ q: [Double]) -> Double { max(0, 1 - overlap(p, q)).squareRoot() }

  /// `1/2 Σ |p - q|`, in 0...1: what the trace distance of states becomes for distributions.
  public static func totalVariation(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "DistributionMetrics: \(p.count) and \(q.count) outcomes")
    return zip(p, q).reduce(0) { $0 + abs($1.0 - $1.1) } / 2
  }

  /// The fidelity with an ideal distribution, rescaled so that uniform outcomes have 0: `(F - F_u)/(1 - F_u)`.
  ///
  /// An ideal distribution that is uniform itself cannot tell noise from success; then the plain fidelity is given.
  ///
  /// - Returns: at most 1; below 0 where outcomes are farther off than uniform ones.
  ///
  /// Source: Lubinski et al., "Application-oriented performance benchmarks for quantum computing", 2021, section III.
  public static func normalizedFidelity(_ measured: [Double], ideal: [Double]) -> Double {
    let uniform = fidelity([Double](repeating: 1 / Double(ideal.count), count: ideal.count), ideal)
    let plain = fidelity(measured, ideal)
    return uniform > 1 - 1e-9 ? plain : (plain - uniform) / (1 - uniform)
  }

  private static func overlap(_ p: [Double], _ q: [Double]) -> Double {
    precondition(p.count == q.count, "DistributionMetrics: \(p.count) and \(q.count) outcomes")
    return zip(p, q).reduce(0) { $0 + max(0, $1.0 * $1.1).squareRoot() }
  }
}

extension OutcomeCounts {
  /// The share of each outcome, 2^width of them.
  public var shares: [Double] {
    precondition(width <= 24, "OutcomeCounts.shares: 2^\(width) outcomes")
    var result = [Double](repeating: 0, count: 1 << width)
    for (outcome, count) in occurrences { result[outcome] = Double(count) / Double(max(1, shots)) }
    return result
  }
}
