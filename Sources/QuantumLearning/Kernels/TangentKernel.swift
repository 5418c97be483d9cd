import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// The kernel of a model's slopes at given parameters: `K(x, z) = sum_k df(x)/dθ_k df(z)/dθ_k`.
///
/// It is the kernel of the linear model that a variational one becomes while its parameters hardly move.
///
/// Source: Liu, Tacchino, Glick, Jiang, Mezzacapo, "Representation learning via quantum neural tangent kernels", 2022.
public struct TangentKernel: Kernel {
  private let function: CircuitFunction
  private let parameters: [Double]
  private let featureCount: Int

  /// - Parameters:
  ///   - circuit: of features and parameters.
  ///   - observable: f is its mean after the circuit.
  ///   - parameters: where the slopes are taken.
  /// - Throws: `CompilationError` for another number of parameters than the circuit has, and as `CircuitFunction.expectation` does.
  public init(
    _ circuit: Circuit, observable: some PauliExpression, parameters: [Double], precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    guard parameters.count == circuit.parameterCount else {
      throw .parameterCount(found: parameters.count, expected: circuit.parameterCount)
    }
    // Gradients by features are had sample by sample, so parameters become further features.
    function = try .expectation(
      of: [observable.pauliSum], after: circuit.liftingParameters, precision: precision, loop: loop, level: level)
    (self.parameters, featureCount) = (parameters, circuit.featureCount)
  }

  /// The slopes of every sample: samples x parameters.
  public func slopes(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    guard features.columns == featureCount else { throw .featureCount(found: features.columns, expected: featureCount) }
    let width = featureCount + parameters.count
    let inputs = RealMatrix(
      rows: features.rows, columns: width, elements: (0..<features.rows).flatMap { features.row($0) + parameters })
    let gradient = try function.valueWithGradient(features: inputs).gradient.features
    return RealMatrix(
      rows: features.rows, columns: parameters.count,
      elements: (0..<features.rows).flatMap { gradient.row($0)[featureCount...] })
  }

  /// - Complexity: one gradient for each sample, then O(new training parameters).
  public func matrix(_ new: RealMatrix, against training: RealMatrix) throws(CompilationError) -> RealMatrix {
    try slopes(new) * slopes(training).transpose
  }

  public func gramMatrix(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    let slopes = try slopes(features)
    return (slopes * slopes.transpose).mirroringLowerTriangle
  }
}
