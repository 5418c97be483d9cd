import ComplexModule
import RealModule

/// The spectral decomposition `A = V diag(values) V^dagger` of a Hermitian (for real numbers: symmetric) matrix.
public struct HermitianEigen<Scalar: MatrixScalar>: Sendable {
  /// The eigenvalues in ascending order.
  public let values: [Double]
  /// Column j is the unit eigenvector of `values[j]`.
  public let vectors: Matrix<Scalar>

  /// The function f of the matrix: `V diag(f(values)) V^dagger`.
  ///
  /// - Complexity: O(n^3).
  @inlinable
  public func matrix(_ function: (Double) -> Scalar) -> Matrix<Scalar> {
    var scaled = vectors
    let factors = values.map(function)
    scaled.elements.withUnsafeMutableBufferPointer { entries in
      for place in entries.indices { entries[place] *= factors[place % factors.count] }
    }
    return scaled * vectors.adjoint
  }
}

extension ComplexMatrix {
  /// Eigenvalues and eigenvectors of a Hermitian matrix.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(n^3).
  public func hermitianEigen() throws(LinearAlgebraError) -> HermitianEigen<Complex<Double>> {
    try eigen("hermitianEigen")
  }
}

extension RealMatrix {
  /// Eigenvalues and eigenvectors of a symmetric matrix.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(n^3).
  public func symmetricEigen() throws(LinearAlgebraError) -> HermitianEigen<Double> { try eigen("symmetricEigen") }
}

extension Matrix {
  /// The square root of a positive semidefinite matrix: the one positive semidefinite R with `R R = A`.
  ///
  /// Eigenvalues that rounding pushed below zero, down to -1e-10 of the largest, count as zero.
  ///
  /// - Throws: `negativeEigenvalue`, `notFinite`, `notConverged`.
  /// - Complexity: O(n^3).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func squareRoot() throws(LinearAlgebraError) -> Matrix {
    let eigen = try eigen("squareRoot")
    if let least = eigen.values.first, least < -1e-10 * maximumMagnitude { throw .negativeEigenvalue(least) }
    return eigen.matrix { Scalar(max(0, $0).squareRoot()) }
  }

  func eigen(_ operation: StaticString) throws(LinearAlgebraError) -> HermitianEigen<Scalar> {
    try requireFinite(operation)
    requireHermitian(operation)
    var buffer = elementsWithMargin
    var values = [Double](repeating: 0, count: rows)
    let unfinished = Scalar.heevd(n: rows, a: &buffer, values: &values)
    guard unfinished == 0 else { throw .notConverged(operation: "\(operation)", count: unfinished) }
    return HermitianEigen(values: values, vectors: Matrix(rows: rows, columns: rows, buffer: buffer).adjoint)
  }
}
