/// Adaptive moment estimation, with decoupled weight decay on request (AdamW).
///
/// ```
/// m <- b1 m + (1 - b1) g          v <- b2 v + (1 - b2) g^2
/// p <- p - rate (m / (1 - b1^t) / (sqrt(v / (1 - b2^t)) + epsilon) + decay p)
/// ```
/// - Source: Kingma and Ba, Adam, 2015, algorithm 1; Loshchilov and Hutter, Decoupled weight decay regularization, 2019,
///   algorithm 2 (with the decay multiplied by the learning rate, as is usual).
public struct Adam: GradientOptimizer {
  public var learningRate: Double
  /// b1: memory of the mean gradient.
  public let firstDecay: Double
  /// b2: memory of the mean squared gradient.
  public let secondDecay: Double
  /// Added to the root, in units of the gradient.
  public let epsilon: Double
  /// Decoupled decay; 0 is plain Adam.
  public let weightDecay: Double
  private var stepCount = 0
  private var mean: [Double] = []
  private var meanSquare: [Double] = []

  /// Adam with the paper's defaults.
  public init(
    learningRate: Double = 1e-3, firstDecay: Double = 0.9, secondDecay: Double = 0.999, epsilon: Double = 1e-8,
    weightDecay: Double = 0
  ) {
    precondition(
      (0..<1).contains(firstDecay) && (0..<1).contains(secondDecay),
      "Adam: decays \(firstDecay) and \(secondDecay) must lie in 0..<1")
    (self.learningRate, self.firstDecay, self.secondDecay) = (learningRate, firstDecay, secondDecay)
    (self.epsilon, self.weightDecay) = (epsilon, weightDecay)
  }

  public mutating func update(_ parameters: inout [Double], along gradient: [Double], learningRate: Double) {
    if mean.isEmpty {
      mean = Array(repeating: 0, count: gradient.count)
      meanSquare = mean
    }
    stepCount += 1
    let meanScale = 1 / (1 - power(firstDecay, stepCount))
    let squareScale = 1 / (1 - power(secondDecay, stepCount))
    for i in gradient.indices {
      let g = gradient[i]
      mean[i] = firstDecay * mean[i] + (1 - firstDecay) * g
      meanSquare[i] = secondDecay * meanSquare[i] + (1 - secondDecay) * g * g
      let direction = mean[i] * meanScale / ((meanSquare[i] * squareScale).squareRoot() + epsilon)
      parameters[i] -= learningRate * (direction + weightDecay * parameters[i])
    }
  }

  public var hyperparameters: [String: Double] {
    [
      "learningRate": learningRate, "firstDecay": firstDecay, "secondDecay": secondDecay, "epsilon": epsilon,
      "weightDecay": weightDecay,
    ]
  }

  public var state: [String: [Double]] {
    get { ["stepCount": [Double(stepCount)], "mean": mean, "meanSquare": meanSquare] }
    set {
      stepCount = Int(newValue["stepCount"]?.first ?? 0)
      mean = newValue["mean"] ?? []
      meanSquare = newValue["meanSquare"] ?? []
    }
  }
}

/// `Adam` with the usual decoupled weight decay.
public func AdamW(learningRate: Double = 1e-3, weightDecay: Double = 1e-2) -> Adam {
  Adam(learningRate: learningRate, weightDecay: weightDecay)
}

/// `base^exponent` by repeated squaring: exact repeatability without the C library.
func power(_ base: Double, _ exponent: Int) -> Double {
  var (result, square, rest) = (1.0, base, exponent)
  while rest > 0 {
    if rest & 1 == 1 { result *= square }
    square *= square
    rest >>= 1
  }
  return result
}
