extension [Double] {
  /// The mean and its standard error: the deviation of the values (over n - 1) divided by the root of n.
  ///
  /// The error of fewer than two values is 0, the mean of none NaN.
  package var meanWithError: (mean: Double, error: Double) {
    guard !isEmpty else { return (.nan, 0) }
    let mean = reduce(0, +) / Double(count)
    guard count > 1 else { return (mean, 0) }
    let square = reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (mean, (square / Double(count * (count - 1))).squareRoot())
  }
}
