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

  /// Adds up the derivatives of every sample, by the rules of rotations and of noise strengths, each shifted circuit run by itself.
  ///
  /// - Parameter value: the weighted outputs of a sample after a circuit without symbols; `run` counts those of a sample from 1 on.
  /// - Returns: the sums, and how often each sample was run, its own values counted.
  static func byShifts(
    of circuit: Circuit, parameters: [Double], features: RealMatrix, isTwoTerm: Bool,
    value: (_ circuit: Circuit, _ sample: Int, _ run: Int) throws(CompilationError) -> Estimate
  ) throws(CompilationError) -> (sums: ShiftSums, evaluations: Int) {
    var sums = ShiftSums(parameterCount: circuit.parameterCount, featureCount: circuit.featureCount, samples: features.rows)
    var evaluations = 0
    for sample in 0..<features.rows {
      let row = features.row(sample)
      let shifted = try ShiftedCircuits(circuit, parameters: parameters, features: row, isTwoTerm: isTwoTerm)
      evaluations = 1
      for occurrence in shifted.occurrences {
        var (slope, variance) = (0.0, 0.0)
        for (coefficient, circuit) in occurrence.terms {
          let estimate = try value(circuit, sample, evaluations)
          slope += coefficient * estimate.value
          variance += coefficient * coefficient * estimate.standardError * estimate.standardError
          evaluations += 1
        }
        sums.add(slope, variance: variance, at: occurrence.expression, parameters: parameters, features: row, sample: sample)
      }
    }
    return (sums, evaluations)
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
