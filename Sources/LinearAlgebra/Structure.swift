import ComplexModule
import RealModule

extension Matrix {
  /// True if every entry of the difference is at most `tolerance` in magnitude; false for different shapes and NaN.
  @inlinable
  public func isClose(to other: Matrix, tolerance: Double = 1e-10) -> Bool {
    rows == other.rows && columns == other.columns
      && zip(elements, other.elements).allSatisfy { isSmall($0 - $1, tolerance) }
  }

  /// `A = A^dagger`, entry by entry.
  @inlinable
  public func isHermitian(tolerance: Double = 1e-10) -> Bool { isSquare && isClose(to: adjoint, tolerance: tolerance) }

  /// `A^dagger A = I`, entry by entry.
  @inlinable
  public func isUnitary(tolerance: Double = 1e-10) -> Bool {
    isSquare && (adjoint * self).isClose(to: .identity(rows), tolerance: tolerance)
  }

  /// All entries off the diagonal are zero; the matrix may be rectangular.
  @inlinable
  public func isDiagonal(tolerance: Double = 1e-10) -> Bool {
    (0..<rows).allSatisfy { row in
      (0..<columns).allSatisfy { $0 == row || isSmall(elements[row * columns + $0], tolerance) }
    }
  }

  /// True if the matrix equals a phase factor times `other`, entry by entry; the phase is that of `Tr(B^dagger A)`.
  @inlinable
  public func isClose(to other: Matrix, upToPhaseWithin tolerance: Double) -> Bool {
    guard rows == other.rows && columns == other.columns else { return false }
    let overlap = zip(other.elements, elements).reduce(.zero) { $0 + $1.0.conjugate * $1.1 }
    let length = overlap.squaredMagnitude.squareRoot()
    return isClose(to: length == 0 ? other : overlap / Scalar(length) * other, tolerance: tolerance)
  }

  /// For a matrix with at most one non-zero entry in each row and exactly one in each column (a permutation with factors,
  /// "monomial"): the row of each column's entry, and the entry; nil for every other matrix.
  ///
  /// Basis state `c` goes to `factors[c]` times basis state `rows[c]`.
  @inlinable
  public func monomialForm(tolerance: Double = 1e-10) -> (rows: [Int], factors: [Scalar])? {
    var targets: [Int] = []
    for column in 0..<columns {
      let occupied = (0..<rows).filter { !isSmall(elements[$0 * columns + column], tolerance) }
      guard occupied.count == 1, !targets.contains(occupied[0]) else { return nil }
      targets.append(occupied[0])
    }
    return (targets, targets.enumerated().map { self[$1, $0] })
  }

  @inlinable
  func isSmall(_ entry: Scalar, _ tolerance: Double) -> Bool { entry.squaredMagnitude <= tolerance * tolerance }

  /// Stops where an operation needs a Hermitian matrix and got one that rounding cannot explain.
  @inlinable
  func requireHermitian(_ operation: StaticString) {
    precondition(
      isHermitian(tolerance: 1e-8 * maximumMagnitude), "\(operation): the \(rows) x \(columns) matrix is not Hermitian")
  }

  /// Refuses entries that are infinite or not a number.
  @inlinable
  func requireFinite(_ operation: StaticString) throws(LinearAlgebraError) {
    guard let place = elements.firstIndex(where: { !$0.isFinite }) else { return }
    throw .notFinite(operation: "\(operation)", row: place / columns, column: place % columns)
  }
}
