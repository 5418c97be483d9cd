import LinearAlgebra

/// How a Gram matrix that shots or noise have left with negative eigenvalues is made positive semidefinite again.
///
/// Source: Hubregtsen et al., "Training quantum embedding kernels on near-term quantum computers", 2022, section V.
public enum GramRepair: String, CaseIterable, Sendable {
  /// Negative eigenvalues become 0: the nearest positive semidefinite matrix in the Frobenius norm.
  case clip
  /// The magnitude of the least eigenvalue is added to the diagonal; off-diagonal entries stay as they are.
  case shift
  /// Negative eigenvalues change their sign.
  case flip
}

extension RealMatrix {
  /// The matrix repaired; one without negative eigenvalues is returned as it is.
  ///
  /// Kernel values of new samples need no repair for `shift`; for the others they belong to the unrepaired matrix, which is what
  /// everybody uses, and exact only where no eigenvalue was negative.
  ///
  /// - Throws: `KernelMachineError` for a matrix that is not square, symmetric and finite.
  /// - Complexity: O(samples^3).
  public func repaired(by repair: GramRepair) throws(KernelMachineError) -> RealMatrix {
    try KernelMachineChecks.gram(self, samples: rows)
    let eigen: HermitianEigen<Double>
    do { eigen = try symmetricEigen() } catch { throw .linearAlgebra(error) }
    guard let least = eigen.values.first, least < 0 else { return self }
    switch repair {
    case .clip: return eigen.matrix { max(0, $0) }.mirroringLowerTriangle
    case .flip: return eigen.matrix { abs($0) }.mirroringLowerTriangle
    case .shift: return self + -least * .identity(rows)
    }
  }

  /// Throws unless no eigenvalue lies below -tolerance times the largest one.
  ///
  /// - Throws: `KernelMachineError.notPositiveSemidefinite`, and as `repaired(by:)` does.
  /// - Complexity: O(samples^3).
  public func requirePositiveSemidefinite(tolerance: Double = 1e-8) throws(KernelMachineError) {
    try KernelMachineChecks.gram(self, samples: rows)
    let values: [Double]
    do { values = try symmetricEigen().values } catch { throw .linearAlgebra(error) }
    guard let least = values.first, let largest = values.last, least < -tolerance * max(largest, 0) else { return }
    throw .notPositiveSemidefinite(leastEigenvalue: least)
  }
}
