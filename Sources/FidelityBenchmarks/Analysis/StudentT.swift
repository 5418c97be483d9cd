#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Student's t distribution.
enum StudentT {
  /// The probability of values up to t, by Simpson's rule over the density.
  private static func distribution(_ t: Double, freedom: Double) -> Double {
    let scale = exp(lgamma((freedom + 1) / 2) - lgamma(freedom / 2)) / (freedom * .pi).squareRoot()
    func density(_ x: Double) -> Double { scale * pow(1 + x * x / freedom, -(freedom + 1) / 2) }
    let pieces = 400
    let step = t / Double(pieces)
    var sum = density(0) + density(t)
    for index in 1..<pieces { sum += density(Double(index) * step) * (index.isMultiple(of: 2) ? 2 : 4) }
    return 0.5 + sum * step / 3
  }

  /// The value below which a share of the distribution lies.
  ///
  /// - Parameters:
  ///   - probability: in 0.5..<1.
  ///   - freedom: degrees of freedom; the normal distribution from 1,000 on.
  static func quantile(_ probability: Double, freedom: Int) -> Double {
    precondition(0.5..<1 ~= probability && freedom >= 1, "StudentT: probability \(probability), \(freedom) degrees of freedom")
    let freedom = Double(min(freedom, 1000))
    var (low, high) = (0.0, 1.0)
    while distribution(high, freedom: freedom) < probability { high *= 2 }
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if distribution(middle, freedom: freedom) < probability { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
