/// Whether shares of outcomes are above 2/3, surely enough to claim a volume.
struct VolumeVerdict {
  /// By circuit.
  let shares: [Double]
  /// Qubits of the circuits.
  let width: Int
  /// Of each circuit.
  let shots: Int

  func report(name: String, share: String, volume: String) -> BenchmarkReport {
    let (mean, count) = (shares.mean, shares.count)
    // The bound of the paper on quantum volume takes each circuit as one trial; it is wider than the spread of the shares.
    let bound = (mean * (1 - mean) / Double(count)).squareRoot()
    let hasPassed = mean - 2 * bound > 2.0 / 3 && count >= 100
    let hasFailed = mean + 2 * bound < 2.0 / 3
    let (quality, reason): (BenchmarkEstimate.Quality, String) =
      count < 100
      ? (.poor, "a claim takes at least 100 circuits")
      : hasPassed || hasFailed
        ? (.good, "\(count) circuits, each counted as one trial")
        : (.poor, "the bounds of the share include 2/3: run more circuits")
    // Circuits that all agree still have the error of their shots, four more as in `Mean`.
    let trials = Double(count * shots) + 4
    let p = (mean * Double(count * shots) + 2) / trials
    let error = max(shares.standardError, (p * (1 - p) / trials).squareRoot())
    let size = Double(UInt64(1) << UInt64(width))
    return BenchmarkReport(
      name: name,
      estimates: [
        BenchmarkEstimate(
          share, mean, standardError: error, freedom: count - 1, within: 0...1, quality: quality, reason: reason),
        BenchmarkEstimate(
          volume, hasPassed ? size : 1, low: hasPassed ? size : 1, high: hasFailed ? 1 : size, quality: quality,
          reason: "\(share) less two standard deviations is \((mean - 2 * bound).rounded(toPlaces: 4)), 2/3 is asked for"),
      ],
      curves: [
        BenchmarkCurve(
          name: share, xLabel: "circuit", x: shares.indices.map(Double.init), y: shares,
          errors: shares.map { ($0 * (1 - $0) / Double(shots)).squareRoot() }, fitName: "asked for: 2/3", fit: { _ in 2.0 / 3 })
      ])
  }
}
