/// Why a matrix has no such decomposition or solution.
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// An entry is infinite or not a number.
  case notFinite(operation: String, row: Int, column: Int)
  /// The iteration stopped with `count` values left.
  case notConverged(operation: String, count: Int)
  /// The pivot in this row is exactly zero.
  case singular(operation: String, pivot: Int)
  /// The leading block of this size is not positive definite.
  case notPositiveDefinite(leadingBlock: Int)
  /// A matrix that must not have negative eigenvalues has this one.
  case negativeEigenvalue(Double)
}

extension LinearAlgebraError: CustomStringConvertible {
  public var description: String {
    switch self {
    case .notFinite(let operation, let row, let column):
      "\(operation): the entry in row \(row), column \(column) is not a finite number; "
        + "look for a division by zero or an overflow where the matrix was made."
    case .notConverged(let operation, let count):
      "\(operation): the iteration did not converge for \(count) values; scale the matrix to entries near 1."
    case .singular(let operation, let pivot):
      "\(operation): the matrix is singular (pivot \(pivot) is zero); "
        + "remove dependent rows or add a small multiple of the identity."
    case .notPositiveDefinite(let block):
      "cholesky: the leading \(block) x \(block) block is not positive definite; add a small multiple of the identity."
    case .negativeEigenvalue(let value):
      "squareRoot: the matrix has the negative eigenvalue \(value); pass a positive semidefinite matrix."
    }
  }
}
