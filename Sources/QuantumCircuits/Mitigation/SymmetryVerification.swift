import QuantumStates

// Symmetry verification: a state is known to have a parity, and shots that break it had an error.
//
// Source: Bonet-Monroig, Sagastizabal, Singh, O'Brien, "Low-cost error mitigation by symmetry verification", 2018.

extension OutcomeCounts {
  /// The counts whose parity over the bits in `mask` is that of a symmetry of the state: errors that break it are thrown away.
  public func verified(parity mask: Int, isEven: Bool) -> OutcomeCounts {
    OutcomeCounts(
      occurrences: occurrences.filter { ($0.key & mask).nonzeroBitCount.isMultiple(of: 2) == isEven }, width: width)
  }

  /// The mean of the product of Z over the bits in `mask` among shots with a symmetry, and the share of shots that have it.
  ///
  /// - Throws: `MitigationError.symmetry` where no shot has it.
  public func verifiedParity(
    of mask: Int, symmetry: Int, isEven: Bool
  ) throws(MitigationError) -> (estimate: Estimate, accepted: Estimate) {
    let kept = verified(parity: symmetry, isEven: isEven)
    guard kept.shots > 0 else { throw .symmetry(shots: shots) }
    let (mean, error) = kept.parity(mask: mask)
    let share = Double(kept.shots) / Double(shots)
    let shareError = shots > 1 ? (share * (1 - share) / Double(shots - 1)).squareRoot() : .infinity
    return (Estimate(mean, standardError: error), Estimate(share, standardError: shareError))
  }
}
