import ComplexModule
import RealModule

/// The thin singular value decomposition `A = left diag(values) rightAdjoint`.
///
/// Shape: for A of m x n and r = min(m, n): left is m x r with orthonormal columns, rightAdjoint is r x n with orthonormal rows.
public struct SingularValueDecomposition<Scalar: MatrixScalar>: Sendable {
  /// Left singular vectors, as columns.
  public let left: Matrix<Scalar>
  /// Not negative, in descending order.
  public let values: [Double]
  /// Conjugates of the right singular vectors, as rows.
  public let rightAdjoint: Matrix<Scalar>
}

extension Matrix {
  /// Singular values and vectors.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(m n min(m, n)).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func singularValueDecomposition() throws(LinearAlgebraError) -> SingularValueDecomposition<Scalar> {
    let rank = min(rows, columns)
    var left = Matrix(rows: rows, columns: rank).elementsWithMargin
    var right = Matrix(rows: rank, columns: columns).elementsWithMargin
    let values = try decompose(left: &left, right: &right)
    return SingularValueDecomposition(
      left: Matrix(rows: rows, columns: rank, buffer: left), values: values,
      rightAdjoint: Matrix(rows: rank, columns: columns, buffer: right))
  }

  /// The singular values, in descending order.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(m n min(m, n)).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func singularValues() throws(LinearAlgebraError) -> [Double] { try decompose(left: nil, right: nil) }

  private func decompose(left: UnsafeMutablePointer<Scalar>?, right: UnsafeMutablePointer<Scalar>?) throws(LinearAlgebraError)
    -> [Double]
  {
    try requireFinite("singularValues")
    guard !elements.isEmpty else { return [] }
    var destroyed = elementsWithMargin
    var values = [Double](repeating: 0, count: min(rows, columns))
    let unfinished = Scalar.gesdd(m: rows, n: columns, a: &destroyed, values: &values, left: left, right: right)
    guard unfinished == 0 else { throw .notConverged(operation: "singularValues", count: unfinished) }
    return values
  }
}
