import LinearAlgebra

/// Named tolerances of the laws: the largest allowed absolute difference of quantities of order 1.
public enum Tolerance {
  /// A few hundred roundings in double precision.
  public static let double = 1e-12
  /// A few hundred roundings in single precision.
  public static let float = 1e-5
  /// Square roots and logarithms of eigenvalues near zero: half the digits are lost.
  public static let spectral = 1e-7
}

/// The largest absolute difference of two lists; infinite if their lengths differ or anything is not a number.
public func maximumDifference(_ left: [Complex<Double>], _ right: [Complex<Double>]) -> Double {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).reduce(0) { worst($0, ($1.0 - $1.1).length) }
}

/// The largest absolute difference of two lists; infinite if their lengths differ or anything is not a number.
public func maximumDifference(_ left: [Double], _ right: [Double]) -> Double {
  guard left.count == right.count else { return .infinity }
  return zip(left, right).reduce(0) { worst($0, abs($1.0 - $1.1)) }
}

/// The largest absolute difference of two matrices; infinite if their shapes differ or anything is not a number.
public func maximumDifference(_ left: ComplexMatrix, _ right: ComplexMatrix) -> Double {
  guard left.rows == right.rows, left.columns == right.columns else { return .infinity }
  return maximumDifference(left.elements, right.elements)
}

/// `max` that does not lose a NaN.
private func worst(_ left: Double, _ right: Double) -> Double {
  left.isNaN || right.isNaN || !right.isFinite ? .infinity : max(left, right)
}
