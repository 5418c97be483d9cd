/// The optimizers by the names they have in configurations.
public enum OptimizerKind: String, CaseIterable, Sendable, Codable {
  case sgd
  case momentum
  case nesterov
  case adam
  case adamW = "adamw"
  case rmsprop
  case lbfgs
  case spsa

  /// The optimizer with its usual settings.
  ///
  /// - Parameters:
  ///   - learningRate: nil takes the method's default.
  ///   - seed: For methods that draw random numbers.
  public func optimizer(learningRate: Double? = nil, seed: UInt64 = 0) -> any Optimizer {
    var optimizer: any Optimizer
    switch self {
    case .sgd: optimizer = SGD()
    case .momentum: optimizer = SGD(momentum: 0.9)
    case .nesterov: optimizer = SGD(momentum: 0.9, isNesterov: true)
    case .adam: optimizer = Adam()
    case .adamW: optimizer = AdamW()
    case .rmsprop: optimizer = RMSprop()
    case .lbfgs: optimizer = LBFGS()
    case .spsa: optimizer = SPSA(seed: seed)
    }
    if let learningRate { optimizer.learningRate = learningRate }
    return optimizer
  }
}
