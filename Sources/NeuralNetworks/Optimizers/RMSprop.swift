/// Gradient descent in units of the gradient's running root mean square.
///
/// ```
/// v <- decay v + (1 - decay) g^2        p <- p - rate g / (sqrt(v) + epsilon)
/// ```
/// - Source: Tieleman and Hinton, Lecture 6.5 of Neural networks for machine learning, 2012.
public struct RMSprop: GradientOptimizer {
  public var learningRate: Double
  /// Memory of the mean squared gradient.
  public let decay: Double
  /// Added to the root, in units of the gradient.
  public let epsilon: Double
  private var meanSquare: [Double] = []

  /// RMSprop with the usual defaults.
  public init(learningRate: Double = 1e-3, decay: Double = 0.99, epsilon: Double = 1e-8) {
    precondition((0..<1).contains(decay), "RMSprop: decay is \(decay), expected 0..<1")
    (self.learningRate, self.decay, self.epsilon) = (learningRate, decay, epsilon)
  }

  public mutating func update(_ parameters: inout [Double], along gradient: [Double], learningRate: Double) {
    if meanSquare.isEmpty { meanSquare = Array(repeating: 0, count: gradient.count) }
    for i in gradient.indices {
      let g = gradient[i]
      meanSquare[i] = decay * meanSquare[i] + (1 - decay) * g * g
      parameters[i] -= learningRate * g / (meanSquare[i].squareRoot() + epsilon)
    }
  }

  public var hyperparameters: [String: Double] { ["learningRate": learningRate, "decay": decay, "epsilon": epsilon] }

  public var state: [String: [Double]] {
    get { ["meanSquare": meanSquare] }
    set { meanSquare = newValue["meanSquare"] ?? [] }
  }
}
