import QuantumStates

/// A line from noisy to exact values, learned from circuits that are like the one of interest and easy to simulate.
///
/// Noisy values that have errors would flatten a line of least squares; what they add to the spread is taken off it.
///
/// Source: Czarnik, Arrasmith, Coles, Cincio, "Error mitigation with Clifford quantum-circuit data", 2021; Fuller, "Measurement
/// error models", 1987, section 1.2 (the line and the error of its slope).
public struct CliffordRegression: Sendable, Hashable {
  /// exact = slope * noisy + intercept.
  public let slope: Double
  /// In units of the observable.
  public let intercept: Double
  private let slopeVariance: Double
  /// About the line: of measured training values, and of true ones.
  private let residualVariance: Double
  private let ownVariance: Double
  private let meanNoisy: Double
  private let count: Int

  /// - Parameter pairs: at least three training circuits, by noisy value with its error and by exact value.
  /// - Throws: `MitigationError.regression` for fewer pairs, or noisy values that scatter hardly more than their errors.
  public init(training pairs: [(noisy: Estimate, exact: Double)]) throws(MitigationError) {
    guard pairs.count >= 3 else {
      throw .regression(reason: "\(pairs.count) training circuits, at least 3 give a line with an error")
    }
    let n = Double(pairs.count)
    let (x, y) = (pairs.reduce(0) { $0 + $1.noisy.value } / n, pairs.reduce(0) { $0 + $1.exact } / n)
    let spread = pairs.reduce(0) { $0 + ($1.noisy.value - x) * ($1.noisy.value - x) }
    let noise = pairs.reduce(0) { $0 + $1.noisy.standardError * $1.noisy.standardError } / n
    guard spread > 1e-12 else { throw .regression(reason: "all training circuits have the noisy value \(x); draw others") }
    let trueSpread = spread - (n - 1) * noise
    guard trueSpread > 0.1 * spread else {
      throw .regression(reason: "the noisy values of the training circuits scatter hardly more than their errors; take more shots")
    }
    let slope = pairs.reduce(0) { $0 + ($1.noisy.value - x) * ($1.exact - y) } / trueSpread
    let residual = pairs.reduce(0.0) { sum, pair in
      let difference = pair.exact - y - slope * (pair.noisy.value - x)
      return sum + difference * difference
    }
    self.slope = slope
    intercept = y - slope * x
    residualVariance = residual / (n - 2)
    ownVariance = max(0, residualVariance - slope * slope * noise)
    slopeVariance = (spread * residualVariance + (n - 1) * slope * slope * noise * noise) / (trueSpread * trueSpread)
    meanNoisy = x
    count = pairs.count
  }

  /// The line through exact noisy values, as density matrices give them.
  public init(training pairs: [(noisy: Double, exact: Double)]) throws(MitigationError) {
    try self.init(training: pairs.map { (noisy: Estimate($0.noisy, standardError: 0), exact: $0.exact) })
  }

  /// The mitigated value; its error holds that of the noisy value, of the line, and the scatter of the training circuits around it.
  public func callAsFunction(_ noisy: Estimate) -> Estimate {
    let distance = noisy.value - meanNoisy
    let own = slope * noisy.standardError
    let variance = own * own + ownVariance + residualVariance / Double(count) + slopeVariance * distance * distance
    return Estimate(slope * noisy.value + intercept, standardError: variance.squareRoot())
  }
}
