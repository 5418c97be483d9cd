#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Student's t distribution.
enum StudentT {
  /// The probability of values up to t.
  ///
  /// With `t = sqrt ν tan θ` it is `1/2 + c ∫ cos^(ν-1)`, which is smooth on a finite range even for the heavy tails of few degrees
  /// of freedom, so that Simpson's rule is exact to rounding.
  private static func distribution(_ t: Double, freedom: Double) -> Double {
    let scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / Double.pi.squareRoot()
    let pieces = 400
    let step = atan(t / freedom.squareRoot()) / Double(pieces)
    func density(_ index: Int) -> Double { pow(cos(step * Double(index)), freedom - 1) }
    var sum = density(0) + density(pieces)
    for index in 1..<pieces { sum += density(index) * (index.isMultiple(of: 2) ? 2 : 4) }
    return 0.5 + scale * sum * step / 3
  }

  /// The value below which a share of the distribution lies.
  ///
  /// - Parameters:
  ///   - probability: in 0.5..<1.
  ///   - freedom: degrees of freedom, fewer than 1 as 1; the normal distribution from 1,000 on.
  static func quantile(_ probability: Double, freedom: Int) -> Double {
    precondition(0.5..<1 ~= probability, "StudentT: probability \(probability)")
    let freedom = Double(min(max(freedom, 1), 1000))
    // From 0 on the distribution bends down: Newton's tangents come nearer from below and never pass the value.
    let scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / (freedom * .pi).squareRoot()
    var t = 0.0
    for _ in 0..<100 {
      let step = (probability - distribution(t, freedom: freedom)) / (scale * pow(1 + t * t / freedom, -(freedom + 1) / 2))
      t += step
      if step <= 1e-12 * t { break }
    }
    return t
  }
}
