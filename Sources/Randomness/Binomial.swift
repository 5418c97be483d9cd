#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension RandomSource {
  /// The number of successes in independent trials, as a device's counts of one outcome are distributed.
  ///
  /// - Parameters:
  ///   - trials: at least 0.
  ///   - probability: of a success, in 0...1.
  /// - Complexity: O(1) numbers where at least 10 successes and failures are expected, else O(successes or failures).
  ///
  /// Source: Hörmann, "The generation of binomial random variates", J. Stat. Comput. Simul. 46 (1993), algorithm BTRS; Devroye,
  /// "Non-uniform random variate generation", 1986, section X.4, for the small ones.
  public mutating func binomial(trials: Int, probability: Double) -> Int {
    precondition(trials >= 0, "RandomSource: binomial(trials: \(trials)) needs a number that is not negative")
    precondition((0...1).contains(probability), "RandomSource: \(probability) is not a probability")
    if probability > 0.5 { return trials - binomial(trials: trials, probability: 1 - probability) }
    guard trials > 0, probability > 0 else { return 0 }
    return Double(trials) * probability < 10
      ? binomialByGaps(trials, probability) : binomialByRejection(Double(trials), probability)
  }

  /// Adds up geometric distances between successes.
  private mutating func binomialByGaps(_ trials: Int, _ probability: Double) -> Int {
    let scale = log1p(-probability)
    var (place, successes) = (0.0, 0)
    while true {
      place += (log(1 - uniform()) / scale).rounded(.down) + 1
      guard place <= Double(trials) else { return successes }
      successes += 1
    }
  }

  /// Transformed rejection with squeeze.
  private mutating func binomialByRejection(_ n: Double, _ p: Double) -> Int {
    let deviation = (n * p * (1 - p)).squareRoot()
    let b = 1.15 + 2.53 * deviation
    let a = -0.0873 + 0.0248 * b + 0.01 * p
    let c = n * p + 0.5
    let accepted = 0.92 - 4.2 / b
    let odds = p / (1 - p)
    let alpha = (2.83 + 5.1 / b) * deviation
    let mode = ((n + 1) * p).rounded(.down)
    while true {
      let (u, v) = (uniform() - 0.5, 1 - uniform())
      let edge = 0.5 - abs(u)
      let k = ((2 * a / edge + b) * u + c).rounded(.down)
      guard k >= 0, k <= n else { continue }
      if edge >= 0.07 && v <= accepted { return Int(k) }
      let bound =
        (mode + 0.5) * log((mode + 1) / (odds * (n - mode + 1))) + (n + 1) * log((n - mode + 1) / (n - k + 1))
        + (k + 0.5) * log(odds * (n - k + 1) / (k + 1)) + stirlingTail(mode) + stirlingTail(n - mode) - stirlingTail(k)
        - stirlingTail(n - k)
      if log(v * alpha / (a / (edge * edge) + b)) <= bound { return Int(k) }
    }
  }
}

/// `log k! - (log sqrt(2 π) + (k + 1/2) log(k + 1) - (k + 1))`.
private func stirlingTail(_ k: Double) -> Double {
  let table = [
    0.0810614667953272, 0.0413406959554092, 0.0276779256849983, 0.0207906721037650, 0.0166446911898211, 0.0138761288230707,
    0.0118967099458917, 0.0104112652619720, 0.00925546218271273, 0.00833056343336287,
  ]
  if k < 10 { return table[Int(k)] }
  let square = (k + 1) * (k + 1)
  return (1 / 12.0 - (1 / 360.0 - 1 / 1260.0 / square) / square) / (k + 1)
}
