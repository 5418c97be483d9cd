import ComplexModule
import RealModule

extension Matrix {
  /// The largest |entry|, 0 for an empty matrix.
  public var maximumMagnitude: Double { (elements.lazy.map(\.squaredMagnitude).max() ?? 0).squareRoot() }

  /// The Frobenius norm, `sqrt(sum |entry|^2)`.
  public var frobeniusNorm: Double { elements.lazy.map(\.squaredMagnitude).reduce(0, +).squareRoot() }

  /// True if every entry of the difference is at most `tolerance` in magnitude; false for different shapes and NaN.
  public func isClose(to other: Matrix, tolerance: Double = 1e-10) -> Bool {
    rows == other.rows && columns == other.columns
      && zip(elements, other.elements).allSatisfy { isSmall($0 - $1, tolerance) }
  }

  /// `A = A^dagger`, entry by entry.
  public func isHermitian(tolerance: Double = 1e-10) -> Bool { isSquare && isClose(to: adjoint, tolerance: tolerance) }

  /// `A^dagger A = I`, entry by entry.
  public func isUnitary(tolerance: Double = 1e-10) -> Bool {
    isSquare && (adjoint * self).isClose(to: .identity(rows), tolerance: tolerance)
  }

  /// All entries off the diagonal are zero; the matrix may be rectangular.
  public func isDiagonal(tolerance: Double = 1e-10) -> Bool {
    (0..<rows).allSatisfy { row in
      (0..<columns).allSatisfy { $0 == row || isSmall(elements[row * columns + $0], tolerance) }
    }
  }

  private func isSmall(_ entry: Scalar, _ tolerance: Double) -> Bool { entry.squaredMagnitude <= tolerance * tolerance }
}
