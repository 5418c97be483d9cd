import ComplexModule
import RealModule

/// The thin decomposition `A = Q R`.
///
/// Shape: for A of m x n and r = min(m, n): Q is m x r with orthonormal columns, R is r x n and zero below its diagonal.
public struct QRDecomposition<Scalar: MatrixScalar>: Sendable {
  /// Orthonormal columns.
  public let q: Matrix<Scalar>
  /// Upper triangular.
  public let r: Matrix<Scalar>
}

extension Matrix {
  /// An orthonormal basis of the columns, by Householder reflections; the diagonal of R may have any sign.
  ///
  /// - Throws: `notFinite`.
  /// - Complexity: O(m n min(m, n)).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func qrDecomposition() throws(LinearAlgebraError) -> QRDecomposition<Scalar> {
    try requireFinite("qrDecomposition")
    return householderQR()
  }

  /// The decomposition of a matrix known to be finite, which cannot fail.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  func householderQR() -> QRDecomposition<Scalar> {
    let rank = min(rows, columns)
    var buffer = elementsWithMargin
    var factors = [Scalar](repeating: 0, count: rank)
    _ = Scalar.geqrf(m: rows, n: columns, a: &buffer, factors: &factors)
    let reflected = Matrix(rows: rows, columns: columns, buffer: buffer)
    var q = Matrix(rows: rows, columns: rank)
    var r = Matrix(rows: rank, columns: columns)
    for row in 0..<rows {
      for column in 0..<min(rank, row + 1) { q[row, column] = reflected[row, column] }
      for column in min(row, columns)..<columns where row < rank { r[row, column] = reflected[row, column] }
    }
    buffer = q.elementsWithMargin
    _ = Scalar.ungqr(m: rows, n: rank, a: &buffer, factors: &factors)
    return QRDecomposition(q: Matrix(rows: rows, columns: rank, buffer: buffer), r: r)
  }
}
