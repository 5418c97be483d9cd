import QuantumStates

/// The normalized fidelity of shots with an ideal distribution, see `DistributionMetrics.normalizedFidelity`, and its variance.
///
/// Outcomes that are shared among few shots look farther off than they are: of D outcomes, all as likely as they should be, N shots
/// give a fidelity of about 1 - (D - 1)/4N. The jackknife takes that off, and gives the variance too: each shot is left out once.
///
/// Source: Efron, Tibshirani, "An introduction to the bootstrap", 1993, chapter 11.
struct NormalizedFidelity {
  let value: Double
  let variance: Double

  init(_ counts: OutcomeCounts, ideal: [Double]) {
    let shots = Double(counts.shots)
    let entries = counts.occurrences.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      .map { (count: Double($0.value), ideal: max(0, ideal[$0.key])) }
    let overlap = entries.reduce(0) { $0 + ($1.count * $1.ideal).squareRoot() }
    let uniform = DistributionMetrics.fidelity([Double](repeating: 1 / Double(ideal.count), count: ideal.count), ideal)
    func normalized(_ overlap: Double, _ shots: Double) -> Double {
      let plain = overlap * overlap / shots
      return uniform > 1 - 1e-9 ? plain : (plain - uniform) / (1 - uniform)
    }
    let all = normalized(overlap, shots)
    guard shots > 1 else {
      (value, variance) = (all, 1)
      return
    }
    let others = entries.map { entry in
      normalized(overlap - (entry.count * entry.ideal).squareRoot() + ((entry.count - 1) * entry.ideal).squareRoot(), shots - 1)
    }
    let mean = zip(entries, others).reduce(0) { $0 + $1.0.count * $1.1 } / shots
    value = shots * all - (shots - 1) * mean
    // Where all shots agree, one could have been another.
    let scatter = zip(entries, others).reduce(0) { $0 + $1.0.count * ($1.1 - mean) * ($1.1 - mean) } * (shots - 1) / shots
    variance = max(scatter, 2 / ((shots + 4) * (shots + 4)))
  }
}
