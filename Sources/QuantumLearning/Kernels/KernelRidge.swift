import LinearAlgebra

/// Ridge regression in the space of a kernel: `f(x) = sum_i c_i K(x_i, x)` with `(K + penalty I) c = t`.
///
/// Source: Saunders, Gammerman, Vovk, "Ridge regression learning algorithm in dual variables", 1998.
public struct KernelRidge: Sendable {
  /// Shape: training samples x outputs.
  public let coefficients: RealMatrix

  /// - Parameters:
  ///   - gram: kernel values of all pairs of training samples.
  ///   - targets: training samples x outputs.
  ///   - penalty: above 0: how much a large function costs.
  /// - Throws: `KernelMachineError`.
  /// - Complexity: O(samples^3).
  public init(gram: RealMatrix, targets: RealMatrix, penalty: Double = 1) throws(KernelMachineError) {
    try KernelMachineChecks.gram(gram, samples: targets.rows)
    try KernelMachineChecks.finite(targets, "The target")
    try KernelMachineChecks.positive(penalty, "The penalty")
    do {
      coefficients = try (gram + penalty * .identity(gram.rows)).solve(targets)
    } catch {
      throw .linearAlgebra(error)
    }
  }

  /// The values for new samples: new samples x outputs.
  ///
  /// - Parameter kernel: new samples x training samples.
  public func predict(_ kernel: RealMatrix) throws(KernelMachineError) -> RealMatrix {
    try KernelMachineChecks.kernel(kernel, trainingCount: coefficients.rows)
    return kernel * coefficients
  }
}
