import LinearAlgebra

/// The outputs of a batch and their gradient in memory that later evaluations use again: those of equally many samples ask for
/// none.
///
/// ```swift
/// var result = CircuitResult()
/// for step in steps { try model.valueWithGradient(features: step.batch, parameters: weights, into: &result) }
/// ```
public struct CircuitResult: Sendable {
  /// Shape: samples x outputs.
  public var values: RealMatrix { RealMatrix(rows: sampleCount, columns: outputCount, elements: valueElements) }
  /// One number a parameter, summed over the batch.
  public private(set) var parameterGradient: [Double] = []
  /// Shape: samples x features.
  public var featureGradient: RealMatrix { RealMatrix(rows: sampleCount, columns: featureCount, elements: featureElements) }

  private var (sampleCount, outputCount, featureCount) = (0, 0, 0)
  private var valueElements: [Double] = []
  private var featureElements: [Double] = []

  /// Without memory: the first evaluation takes it.
  public init() {}

  /// Where an evaluation writes; the features' gradient is asked for where the batch has features.
  mutating func withMemory(
    _ function: CircuitFunction, rows: Int, _ body: (CircuitEvaluator.Results) throws(CompilationError) -> Void
  ) throws(CompilationError) {
    func size(_ numbers: inout [Double], _ count: Int) {
      if numbers.count != count { numbers = Array(repeating: 0, count: count) }
    }
    (sampleCount, outputCount, featureCount) = (rows, function.outputCount, function.featureCount)
    size(&valueElements, rows * outputCount)
    size(&parameterGradient, function.parameterCount)
    size(&featureElements, rows * featureCount)
    try valueElements.withUnsafeMutableBufferPointer { values throws(CompilationError) in
      try parameterGradient.withUnsafeMutableBufferPointer { parameters throws(CompilationError) in
        try featureElements.withUnsafeMutableBufferPointer { features throws(CompilationError) in
          try body(CircuitEvaluator.Results(values: values, parameters: parameters, features: features))
        }
      }
    }
  }

  /// Takes over what another engine returned.
  mutating func set(_ values: RealMatrix, _ gradients: CircuitEvaluator.Gradients, featureCount: Int) {
    (sampleCount, outputCount, self.featureCount) = (values.rows, values.columns, featureCount)
    (valueElements, parameterGradient, featureElements) = (values.elements, gradients.parameters, gradients.features)
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
