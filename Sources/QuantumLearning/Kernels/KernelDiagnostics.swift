import LinearAlgebra

/// What a Gram matrix says about its kernel before any machine is trained.
extension RealMatrix {
  /// Mean and variance of the entries off the diagonal: where the variance vanishes with the number of qubits, the kernel
  /// concentrates and tells samples no longer apart.
  ///
  /// Source: Thanasilp, Wang, Cerezo, Holmes, "Exponential concentration in quantum kernel methods", 2024.
  public var offDiagonalSpread: (mean: Double, variance: Double) {
    precondition(rows == columns && rows >= 2, "offDiagonalSpread: the matrix is \(rows) x \(columns), must be square with 2 rows")
    let count = Double(rows * (rows - 1))
    let mean = (elements.reduce(0, +) - diagonal.reduce(0, +)) / count
    var sum = 0.0
    for row in 0..<rows {
      for column in 0..<rows where column != row {
        let distance = elements[row * rows + column] - mean
        sum += distance * distance
      }
    }
    return (mean, sum / count)
  }

  /// `sum_k l_k^2` over the eigenvalues l, inverted, for l that add up to 1: how many directions samples spread over, from 1 to
  /// their number.
  public var effectiveDimension: Double {
    let trace = diagonal.reduce(0, +)
    return trace * trace / elements.reduce(0) { $0 + $1 * $1 }
  }

  /// The geometric difference `g(K || Q) = sqrt(|| sqrt(Q) (K + penalty I)^-1 sqrt(Q) ||)` of a classical kernel K from the quantum
  /// kernel Q, both scaled to a trace of one a sample: 1 for equal kernels; a large value says that data exist which Q learns from
  /// fewer samples than K, a small one that K does as well on any data.
  ///
  /// - Parameters:
  ///   - quantum: Q of the same samples.
  ///   - penalty: above 0; where K has small eigenvalues.
  /// - Throws: `KernelMachineError`, with `.notPositiveSemidefinite` for a matrix that shots left indefinite.
  /// - Complexity: O(samples^3).
  ///
  /// Source: Huang et al., "Power of data in quantum machine learning", 2021, equation 5.
  public func geometricDifference(from quantum: RealMatrix, penalty: Double = 1e-6) throws(KernelMachineError) -> Double {
    try KernelMachineChecks.positive(penalty, "The penalty")
    let (classical, quantum) = (try scaledToTrace(), try quantum.scaledToTrace())
    guard quantum.rows == rows else { throw .gramShape(rows: quantum.rows, columns: quantum.columns, samples: rows) }
    let root = try quantum.semidefiniteEigen().matrix { max(0, $0).squareRoot() }
    let inverse = try classical.semidefiniteEigen().matrix { 1 / (max(0, $0) + penalty) }
    let product = (root * inverse * root).mirroringLowerTriangle
    return max(0, try product.eigenvalues().last ?? 0).squareRoot()
  }

  /// The model complexity `s = y^T (K + penalty I)^-1 y` of labels under a kernel scaled to a trace of one a sample: the squared
  /// norm of the function that fits them; the expected error is at most about sqrt(s / samples).
  ///
  /// Source: Huang et al., "Power of data in quantum machine learning", 2021, equation 4.
  public func modelComplexity(of targets: [Double], penalty: Double = 1e-6) throws(KernelMachineError) -> Double {
    try KernelMachineChecks.positive(penalty, "The penalty")
    try KernelMachineChecks.gram(self, samples: targets.count)
    let regularized = try scaledToTrace() + penalty * .identity(rows)
    let solved: [Double]
    do { solved = try regularized.solve(targets) } catch { throw .linearAlgebra(error) }
    return zip(solved, targets).reduce(0) { $0 + $1.0 * $1.1 }
  }

  /// The matrix with a trace of one a sample.
  private func scaledToTrace() throws(KernelMachineError) -> RealMatrix {
    try KernelMachineChecks.gram(self, samples: rows)
    let trace = diagonal.reduce(0, +)
    try KernelMachineChecks.positive(trace, "The trace of the Gram matrix")
    return Double(rows) / trace * self
  }

  /// Throws where an eigenvalue is further below zero than rounding explains.
  private func semidefiniteEigen() throws(KernelMachineError) -> HermitianEigen<Double> {
    try requirePositiveSemidefinite()
    do { return try symmetricEigen() } catch { throw .linearAlgebra(error) }
  }

  fileprivate func eigenvalues() throws(KernelMachineError) -> [Double] {
    do { return try symmetricEigen().values } catch { throw .linearAlgebra(error) }
  }
}
