import ComplexModule
import RealModule

extension Matrix {
  /// The solution X of `A X = B` for a square A, by LU with partial pivoting.
  ///
  /// Shape: A is n x n, B and X are n x k.
  ///
  /// - Throws: `singular`, `notFinite`.
  /// - Complexity: O(n^3 + n^2 k).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func solve(_ rightHandSides: Matrix) throws(LinearAlgebraError) -> Matrix {
    requireSquare("solve")
    precondition(
      rightHandSides.rows == rows, "solve: \(rows) x \(columns) matrix with right-hand sides of \(rightHandSides.rows) rows")
    try requireFinite("solve")
    try rightHandSides.requireFinite("solve, right-hand side")
    var factored = transpose.elementsWithMargin
    let count = rightHandSides.columns
    var solutions = rightHandSides.transpose.elementsWithMargin
    let zeroPivot = Scalar.gesv(n: rows, count: count, a: &factored, b: &solutions)
    guard zeroPivot == 0 else { throw .singular(operation: "solve", pivot: zeroPivot - 1) }
    return Matrix(rows: count, columns: rows, buffer: solutions).transpose
  }

  /// The solution x of `A x = b`.
  ///
  /// - Throws: `singular`, `notFinite`.
  public func solve(_ rightHandSide: [Scalar]) throws(LinearAlgebraError) -> [Scalar] {
    try solve(Matrix(rows: rightHandSide.count, columns: 1, elements: rightHandSide)).elements
  }

  /// The inverse; prefer `solve`, which is faster and more accurate, where the inverse is only multiplied.
  ///
  /// - Throws: `singular`, `notFinite`.
  /// - Complexity: O(n^3).
  public func inverse() throws(LinearAlgebraError) -> Matrix { try solve(.identity(rows)) }

  /// The lower triangular L with a positive diagonal and `A = L L^dagger`, for a Hermitian positive definite A.
  ///
  /// - Throws: `notPositiveDefinite`, `notFinite`.
  /// - Complexity: O(n^3).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func cholesky() throws(LinearAlgebraError) -> Matrix {
    try requireFinite("cholesky")
    requireHermitian("cholesky")
    var buffer = elementsWithMargin
    let failed = Scalar.potrf(n: rows, a: &buffer)
    guard failed == 0 else { throw .notPositiveDefinite(leadingBlock: failed) }
    var lower = Matrix(rows: rows, columns: columns, buffer: buffer)
    for row in 0..<rows {
      for column in row + 1..<max(columns, row + 1) { lower[row, column] = 0 }
    }
    return lower
  }
}
