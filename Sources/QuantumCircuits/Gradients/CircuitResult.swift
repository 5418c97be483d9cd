import LinearAlgebra

/// The outputs of a batch and their gradient in memory that later evaluations use again: those of equally many samples ask for none.
///
/// ```swift
/// var result = CircuitResult()
/// for step in steps { try model.valueWithGradient(features: step.batch, parameters: weights, into: &result) }
/// ```
public struct CircuitResult: Sendable {
  /// Shape: samples x outputs.
  public private(set) var values = RealMatrix(rows: 0, columns: 0)
  /// One number a parameter, summed over the batch.
  public private(set) var parameterGradient: [Double] = []
  /// Shape: samples x features.
  public private(set) var featureGradient = RealMatrix(rows: 0, columns: 0)

  /// Without memory: the first evaluation takes it.
  public init() {}

  /// Where an evaluation writes; the features' gradient is asked for where the batch has features.
  mutating func withMemory(
    _ function: CircuitFunction, rows: Int, _ body: (CircuitEvaluator.Results) throws(CompilationError) -> Void
  ) throws(CompilationError) {
    func shape(_ matrix: inout RealMatrix, _ columns: Int) {
      if matrix.rows != rows || matrix.columns != columns { matrix = RealMatrix(rows: rows, columns: columns) }
    }
    shape(&values, function.outputCount)
    shape(&featureGradient, function.featureCount)
    if parameterGradient.count != function.parameterCount {
      parameterGradient = Array(repeating: 0, count: function.parameterCount)
    }
    try values.elements.withUnsafeMutableBufferPointer { values throws(CompilationError) in
      try parameterGradient.withUnsafeMutableBufferPointer { parameters throws(CompilationError) in
        try featureGradient.elements.withUnsafeMutableBufferPointer { features throws(CompilationError) in
          try body(CircuitEvaluator.Results(values: values, parameters: parameters, features: features))
        }
      }
    }
  }

  /// Takes over what another engine returned.
  mutating func set(_ values: RealMatrix, _ gradients: CircuitEvaluator.Gradients, featureCount: Int) {
    self.values = values
    parameterGradient = gradients.parameters
    featureGradient = RealMatrix(rows: values.rows, columns: featureCount, elements: gradients.features)
  }
}

extension CircuitFunction {
  /// The outputs of every sample and the gradient of their sum weighted by the cotangents, by the adjoint method, into memory that
  /// is there already.
  ///
  /// - Parameter cotangents: samples x outputs; 1 each where nil.
  public func valueWithGradient(
    features: RealMatrix = noFeatures, parameters: [Double] = [], cotangents: RealMatrix? = nil, into result: inout CircuitResult
  ) throws(CompilationError) {
    let outputs = outputCount
    guard let cotangents else {
      return try valueWithGradient(features: features, parameters: parameters, into: &result) { _, _, row in
        row.update(repeating: 1, count: outputs)
      }
    }
    precondition(
      cotangents.rows == features.rows && cotangents.columns == outputs,
      "CircuitFunction: cotangents are \(cotangents.rows) x \(cotangents.columns), outputs \(features.rows) x \(outputs)")
    let weights = cotangents.elements
    try valueWithGradient(features: features, parameters: parameters, into: &result) { sample, _, row in
      for output in 0..<outputs { row[output] = weights[sample * outputs + output] }
    }
  }

  /// The same with cotangents that are known only sample by sample; see `valueWithGradient(features:parameters:cotangents:)`.
  public func valueWithGradient(
    features: RealMatrix, parameters: [Double], into result: inout CircuitResult,
    cotangents rule:
      @Sendable (
        _ sample: Int, _ outputs: UnsafePointer<Double>, _ cotangents: UnsafeMutablePointer<Double>
      ) -> Void
  ) throws(CompilationError) {
    let batch = try engine.batch(parameters: parameters, features: features, loop: loop)
    guard let evaluator = engine as? CircuitEvaluator else {
      let (values, gradients, _) = try engine.gradients(batch, ofFeatures: true, cotangents: rule)
      return result.set(matrix(values, rows: features.rows), gradients, featureCount: featureCount)
    }
    try result.withMemory(self, rows: features.rows) { memory throws(CompilationError) in
      try evaluator.gradients(batch, into: memory, cotangents: rule)
    }
  }
}
