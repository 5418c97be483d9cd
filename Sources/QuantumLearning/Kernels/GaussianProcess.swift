import LinearAlgebra

/// Regression by a Gaussian process of mean 0 whose covariance is a kernel, from targets with normal noise.
///
/// Mean `k^T (K + noise I)^-1 t`, variance `K(x, x) - k^T (K + noise I)^-1 k` of the noiseless value at a new sample with kernel
/// values k.
///
/// Source: Rasmussen, Williams, "Gaussian Processes for Machine Learning", 2006, algorithm 2.1.
public struct GaussianProcess: Sendable {
  /// `log p(t)`, by which kernels and noises can be compared, in nats.
  public let logMarginalLikelihood: Double
  private let covariance: RealMatrix
  private let weights: [Double]

  /// - Parameters:
  ///   - gram: kernel values of all pairs of training samples.
  ///   - targets: one number a sample.
  ///   - noise: the variance of the noise in the targets, above 0.
  /// - Throws: `KernelMachineError`, with `.linearAlgebra` for a matrix that is not positive definite with the noise.
  /// - Complexity: O(samples^3).
  public init(gram: RealMatrix, targets: [Double], noise: Double = 1e-6) throws(KernelMachineError) {
    try KernelMachineChecks.gram(gram, samples: targets.count)
    try KernelMachineChecks.finite(RealMatrix(rows: targets.count, columns: 1, elements: targets), "The target")
    try KernelMachineChecks.positive(noise, "The noise")
    covariance = gram + noise * .identity(gram.rows)
    do {
      weights = try covariance.solve(targets)
      let logarithms = try covariance.cholesky().diagonal.reduce(0) { $0 + .log($1) }
      let fit = zip(targets, weights).reduce(0) { $0 + $1.0 * $1.1 }
      logMarginalLikelihood = -fit / 2 - logarithms - Double(targets.count) / 2 * .log(2 * .pi)
    } catch {
      throw .linearAlgebra(error)
    }
  }

  /// Means and variances at new samples.
  ///
  /// - Parameters:
  ///   - kernel: new samples x training samples.
  ///   - diagonal: the kernel of each new sample with itself; 1 for fidelities.
  public func predict(
    _ kernel: RealMatrix, diagonal: [Double]
  ) throws(KernelMachineError) -> (means: [Double], variances: [Double]) {
    precondition(diagonal.count == kernel.rows, "GaussianProcess: \(diagonal.count) diagonal entries for \(kernel.rows) samples")
    try KernelMachineChecks.kernel(kernel, trainingCount: weights.count)
    let means = (kernel * RealMatrix(rows: weights.count, columns: 1, elements: weights)).elements
    let solved: RealMatrix
    do { solved = try covariance.solve(kernel.transpose) } catch { throw .linearAlgebra(error) }
    let variances = (0..<kernel.rows).map { row in
      // Rounding can push a variance that should vanish below zero.
      max(0, (0..<weights.count).reduce(diagonal[row]) { $0 - kernel[row, $1] * solved[$1, row] })
    }
    return (means, variances)
  }
}
