import ComplexModule
import RealModule

/// Eigenvalues and right eigenvectors, `A v_j = values[j] v_j`, of a matrix that need not be Hermitian.
public struct GeneralEigen: Sendable {
  /// The eigenvalues, in no particular order.
  public let values: [Complex<Double>]
  /// Column j is a unit eigenvector of `values[j]`; the columns need not be orthogonal, nor independent for a defective matrix.
  public let vectors: ComplexMatrix
}

extension ComplexMatrix {
  /// Eigenvalues and right eigenvectors of a square matrix.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(n^3).
  public func eigen() throws(LinearAlgebraError) -> GeneralEigen {
    requireSquare("eigen")
    try requireFinite("eigen")
    var destroyed = elementsWithMargin
    var values = [Complex<Double>](repeating: 0, count: rows)
    var vectors = ComplexMatrix(rows: rows, columns: rows).elementsWithMargin
    let unfinished = Complex.geev(n: rows, a: &destroyed, values: &values, vectors: &vectors)
    guard unfinished == 0 else { throw .notConverged(operation: "eigen", count: unfinished) }
    return GeneralEigen(values: values, vectors: ComplexMatrix(rows: rows, columns: rows, buffer: vectors).adjoint)
  }

  /// The principal power `U^t` of a unitary matrix: each eigenvalue `e^{i a}`, a in (-pi, pi], becomes `e^{i a t}`.
  ///
  /// Unitary to rounding, also for repeated eigenvalues: the Schur form of a normal matrix is diagonal in a unitary basis.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(n^3).
  public func unitaryPower(_ exponent: Double) throws(LinearAlgebraError) -> ComplexMatrix {
    try requireFinite("unitaryPower")
    precondition(isUnitary(tolerance: 1e-8), "unitaryPower: the \(rows) x \(columns) matrix is not unitary")
    var triangular = elementsWithMargin
    var values = [Complex<Double>](repeating: 0, count: rows)
    var buffer = ComplexMatrix(rows: rows, columns: rows).elementsWithMargin
    let unfinished = Complex.gees(n: rows, a: &triangular, values: &values, basis: &buffer)
    guard unfinished == 0 else { throw .notConverged(operation: "unitaryPower", count: unfinished) }
    let basis = ComplexMatrix(rows: rows, columns: rows, buffer: buffer).adjoint
    return basis * .diagonal(values.map { Complex(length: 1, phase: exponent * $0.phase) }) * basis.adjoint
  }
}
