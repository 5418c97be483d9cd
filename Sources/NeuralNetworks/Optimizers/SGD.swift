/// Stochastic gradient descent with momentum.
///
/// ```
/// g <- g + decay p        m <- momentum m + g  (m = g in the first step)
/// p <- p - rate m                      or, after Nesterov,  p <- p - rate (g + momentum m)
/// ```
/// - Source: Sutskever et al., On the importance of initialization and momentum, 2013, in the form with the learning rate
///   outside the momentum.
public struct SGD: GradientOptimizer {
  public var learningRate: Double
  /// Memory of earlier gradients, in `[0, 1)`.
  public let momentum: Double
  /// Whether the step looks ahead along the momentum.
  public let isNesterov: Bool
  /// Pulls parameters towards 0 through the gradient.
  public let weightDecay: Double
  private var velocity: [Double] = []

  /// Plain descent unless a momentum is given.
  public init(learningRate: Double = 1e-2, momentum: Double = 0, isNesterov: Bool = false, weightDecay: Double = 0) {
    precondition((0..<1).contains(momentum), "SGD: momentum is \(momentum), expected 0..<1")
    precondition(!isNesterov || momentum > 0, "SGD: Nesterov's step needs a positive momentum")
    (self.learningRate, self.momentum) = (learningRate, momentum)
    (self.isNesterov, self.weightDecay) = (isNesterov, weightDecay)
  }

  public mutating func update(_ parameters: inout [Double], along gradient: [Double], learningRate: Double) {
    if momentum > 0, velocity.isEmpty { velocity = Array(repeating: 0, count: gradient.count) }
    for i in gradient.indices {
      let g = gradient[i] + weightDecay * parameters[i]
      guard momentum > 0 else {
        parameters[i] -= learningRate * g
        continue
      }
      velocity[i] = momentum * velocity[i] + g
      parameters[i] -= learningRate * (isNesterov ? g + momentum * velocity[i] : velocity[i])
    }
  }

  public var hyperparameters: [String: Double] {
    ["learningRate": learningRate, "momentum": momentum, "isNesterov": isNesterov ? 1 : 0, "weightDecay": weightDecay]
  }

  public var state: [String: [Double]] {
    get { ["velocity": velocity] }
    set { velocity = newValue["velocity"] ?? [] }
  }
}
