#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The cost of the paper's variational classifier: how probable it is that `shots` measurements put a sample into the wrong class.
///
/// `R_emp = mean over samples of sig(sqrt(shots) (1/2 - (p_y + y bias/2)) / sqrt(2 (1 - p_y) p_y))`, with p_y the probability of
/// the sample's own label y and `sig(t) = 1 / (1 + exp(-t))`: the binomial tail, smoothed.
///
/// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019, supplement. The bias has the sign
/// that goes with the decision `p_(+1) > p_(-1) - bias`; restatements of the formula print the other one.
public struct EmpiricalRisk: Sendable, Hashable {
  /// Measurements that decide on a class; 200 in the paper, whatever number probabilities are estimated from.
  public var shots: Double

  /// The risk under so many measurements.
  public init(shots: Double = 200) {
    precondition(shots > 0, "EmpiricalRisk: \(shots) shots, must be positive")
    self.shots = shots
  }

  /// The risk of one sample, from 0 to 1.
  ///
  /// - Parameters:
  ///   - probability: of the sample's own label.
  ///   - sign: y: 1 or -1.
  ///   - bias: of the decision, in -1...1; positive ones favour +1.
  public func value(probability: Double, sign: Double = 1, bias: Double = 0) -> Double {
    argument(probability, sign, bias).map { 1 / (1 + exp(-$0)) } ?? (probability < threshold(sign, bias) ? 1 : 0)
  }

  /// The derivative of the risk by the probability.
  public func slope(probability p: Double, sign: Double = 1, bias: Double = 0) -> Double {
    guard let t = argument(p, sign, bias) else { return 0 }
    let risk = 1 / (1 + exp(-t))
    let variance = p * (1 - p)
    let root = (shots / (2 * variance)).squareRoot()
    return risk * (1 - risk) * -(root + t * (1 - 2 * p) / (2 * variance))
  }

  /// Where the two classes are equally probable.
  private func threshold(_ sign: Double, _ bias: Double) -> Double { (1 - sign * bias) / 2 }

  /// What the sigmoid is taken of; nil where the outcome is certain.
  private func argument(_ p: Double, _ sign: Double, _ bias: Double) -> Double? {
    guard p > 0, p < 1 else { return nil }
    return shots.squareRoot() * (threshold(sign, bias) - p) / (2 * (1 - p) * p).squareRoot()
  }
}
