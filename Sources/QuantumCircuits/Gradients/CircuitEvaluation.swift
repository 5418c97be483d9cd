import Execution
import LinearAlgebra

/// A forward pass whose gradient is asked for later: in a network the cotangents are known only after the rest of it ran.
public struct CircuitEvaluation: Sendable {
  /// Shape: samples x outputs.
  public let values: RealMatrix
  /// Whether the final states were kept for the backward pass; otherwise it runs the circuit again.
  public var keepsStates: Bool { kept != nil }
  private let function: CircuitFunction
  private let batch: CircuitEvaluator.Batch
  private let kept: KeptStates?

  init(_ function: CircuitFunction, _ batch: CircuitEvaluator.Batch) throws(CompilationError) {
    self.function = function
    self.batch = batch
    if let evaluator = function.engine as? CircuitEvaluator {
      kept = evaluator.keptBytes(samples: batch.sampleCount) > 0 ? evaluator.makeKeptStates(batch) : nil
      values = function.matrix(try evaluator.values(batch, keeping: kept), rows: batch.sampleCount)
    } else {
      // A backward pass through noise keeps states on its way forward, so it runs the circuit again.
      kept = nil
      values = function.matrix(try function.engine.values(batch), rows: batch.sampleCount)
    }
  }

  /// The gradient of the sum over samples and outputs of cotangent * output, by the adjoint method.
  ///
  /// - Parameters:
  ///   - cotangents: samples x outputs.
  ///   - ofFeatures: false where nothing before the circuit learns; the result's `features` has no columns then. What encodes
  ///     the features needs no slope, and where it stands first no time.
  public func gradient(cotangents: RealMatrix, ofFeatures: Bool = true) throws(CompilationError) -> CircuitGradient {
    let outputs = function.outputCount
    precondition(
      cotangents.rows == values.rows && cotangents.columns == outputs,
      "CircuitEvaluation: cotangents are \(cotangents.rows) x \(cotangents.columns), outputs \(values.rows) x \(outputs)")
    let weights = cotangents.elements
    let (_, gradients, recovery) = try function.engine.gradients(batch, kept: kept, ofFeatures: ofFeatures) { sample, _, row in
      for output in 0..<outputs { row[output] = weights[sample * outputs + output] }
    }
    return function.gradient(gradients, rows: values.rows, .adjoint, evaluations: keepsStates ? 1 : 2, recovery: recovery)
  }
}

extension CircuitFunction {
  /// Runs the circuit and keeps what a later gradient needs.
  public func evaluate(
    features: RealMatrix = noFeatures, parameters: [Double] = []
  ) throws(CompilationError) -> CircuitEvaluation {
    try CircuitEvaluation(self, try engine.batch(parameters: parameters, features: features, loop: loop))
  }
}
