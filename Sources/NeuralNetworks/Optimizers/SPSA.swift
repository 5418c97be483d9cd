import Randomness

/// Simultaneous perturbation stochastic approximation: descent with two values a step and no gradients.
///
/// ```
/// c_k = perturbation / k^gamma     d = random signs
/// g = (f(p + c_k d) - f(p - c_k d)) / (2 c_k) d        p <- p - rate (A + 1)^alpha / (A + k)^alpha g
/// ```
/// for step k = 1, 2, ...; the rate is the learning rate, which is the gain of the first step.
///
/// - Source: Spall, Implementation of the simultaneous perturbation algorithm, 1998, sections II and III.
public struct SPSA: Optimizer {
  public var learningRate: Double
  /// c_1: how far the two points lie from the parameters at first.
  public let perturbation: Double
  /// A: slows the first steps' decay.
  public let stability: Double
  /// Decay of the gain.
  public let alpha: Double
  /// Decay of the perturbation.
  public let gamma: Double
  /// The root of the random signs.
  public let seed: UInt64
  private var stepCount = 0

  /// The method with Spall's exponents.
  public init(
    learningRate: Double = 0.1, perturbation: Double = 0.1, stability: Double = 10, alpha: Double = 0.602,
    gamma: Double = 0.101, seed: UInt64 = 0
  ) {
    precondition(perturbation > 0, "SPSA: perturbation is \(perturbation), must be positive")
    precondition(stability >= 0, "SPSA: stability is \(stability), must not be negative")
    (self.learningRate, self.perturbation, self.stability) = (learningRate, perturbation, stability)
    (self.alpha, self.gamma, self.seed) = (alpha, gamma, seed)
  }

  /// - Returns: the mean of the two values.
  public mutating func step(_ parameters: inout [Double], learningRate: Double, objective: Objective) throws -> Double {
    // Signs are keyed by the step, so a resumed run draws what the unbroken one would have drawn.
    var random = RandomSource(seed: seed, stream: FNV1a("SPSA").value, index: UInt64(stepCount))
    stepCount += 1
    let distance = perturbation / realPower(Double(stepCount), gamma)
    let gain = learningRate * realPower((stability + 1) / (stability + Double(stepCount)), alpha)
    let signs = parameters.map { _ in random.sign() }
    let above = try objective.value(zip(parameters, signs).map { $0 + distance * $1 })
    let below = try objective.value(zip(parameters, signs).map { $0 - distance * $1 })
    let slope = (above - below) / (2 * distance)
    for i in parameters.indices { parameters[i] -= gain * slope * signs[i] }
    return (above + below) / 2
  }

  public var hyperparameters: [String: Double] {
    [
      "learningRate": learningRate, "perturbation": perturbation, "stability": stability, "alpha": alpha, "gamma": gamma,
      "seed": Double(seed),
    ]
  }

  public var state: [String: [Double]] {
    get { ["stepCount": [Double(stepCount)]] }
    set { stepCount = Int(newValue["stepCount"]?.first ?? 0) }
  }
}

/// `base^exponent` for positive bases.
private func realPower(_ base: Double, _ exponent: Double) -> Double {
  .exponential(exponent * .logarithm(base))
}
