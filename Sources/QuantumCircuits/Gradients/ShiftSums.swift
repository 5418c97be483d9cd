import LinearAlgebra

/// Adds up derivatives by the numbers in a circuit to those by parameters and features, with their variances.
struct ShiftSums {
  private(set) var gradients: CircuitEvaluator.Gradients
  private var variances: CircuitEvaluator.Gradients
  private let featureCount: Int

  init(parameterCount: Int, featureCount: Int, samples: Int) {
    gradients = CircuitEvaluator.Gradients(
      parameters: Array(repeating: 0, count: parameterCount), features: Array(repeating: 0, count: samples * featureCount))
    variances = gradients
    self.featureCount = featureCount
  }

  /// Adds the derivative by what stands at one place; estimates at different places are independent.
  mutating func add(
    _ slope: Double, variance: Double, at expression: Angle, parameters: [Double], features: [Double], sample: Int
  ) {
    for symbol in expression.symbols {
      let inner = expression.derivative(withRespectTo: symbol).value(parameters: parameters, features: features)
      switch symbol {
      case .parameter(let index): add(slope * inner, variance * inner * inner, \.parameters, index)
      case .feature(let index): add(slope * inner, variance * inner * inner, \.features, sample * featureCount + index)
      }
    }
  }

  private mutating func add(
    _ slope: Double, _ variance: Double, _ path: WritableKeyPath<CircuitEvaluator.Gradients, [Double]>, _ place: Int
  ) {
    gradients[keyPath: path][place] += slope
    variances[keyPath: path][place] += variance
  }

  /// Standard errors of the gradients.
  var standardErrors: CircuitEvaluator.Gradients {
    CircuitEvaluator.Gradients(
      parameters: variances.parameters.map { $0.squareRoot() }, features: variances.features.map { $0.squareRoot() })
  }
}
