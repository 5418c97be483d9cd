import Randomness

extension SPSA {
  /// The method with a learning rate that makes the first step about as long as wanted in every parameter.
  ///
  /// With the mean of `|f(p + c d) - f(p - c d)|` over random signs d the rate is `2 c step / mean`.
  ///
  /// - Parameters:
  ///   - parameters: p: where the optimization starts.
  ///   - step: how far each parameter is to move at first.
  ///   - draws: how many pairs of values are taken, at least 1.
  ///   - stability: A; the paper's runs have 0.
  ///   - value: f.
  /// - Returns: the method, its rate 0 where f is flat.
  ///
  /// Source: Kandala et al., "Hardware-efficient variational quantum eigensolver for small molecules", 2017, supplement; constants
  /// as in Qiskit's SPSA.
  public static func calibrated(
    at parameters: [Double], step: Double = 0.2 * .pi, draws: Int = 25, perturbation: Double = 0.1, stability: Double = 0,
    seed: UInt64, value: ([Double]) throws -> Double
  ) rethrows -> SPSA {
    precondition(draws >= 1, "SPSA: \(draws) draws, at least 1")
    var random = RandomSource(seed: seed, stream: 0x5350_5343)
    var sum = 0.0
    for _ in 0..<draws {
      let signs = parameters.map { _ in random.sign() }
      let above = try value(zip(parameters, signs).map { $0 + perturbation * $1 })
      let below = try value(zip(parameters, signs).map { $0 - perturbation * $1 })
      sum += abs(above - below)
    }
    let rate = sum > 0 ? 2 * perturbation * step * Double(draws) / sum : 0
    return SPSA(learningRate: rate, perturbation: perturbation, stability: stability, seed: seed)
  }
}
