import ComplexModule
import RealModule

extension Matrix {
  /// The largest |entry|, 0 for an empty matrix.
  @inlinable
  public var maximumMagnitude: Double { elements.lazy.map(\.absoluteValue).max() ?? 0 }

  /// The Frobenius norm, `sqrt(sum |entry|^2)`.
  @inlinable
  public var frobeniusNorm: Double { elements.lazy.map(\.squaredMagnitude).reduce(0, +).squareRoot() }

  /// The norm induced by the 1-norm of vectors: the largest sum of |entry| over a column.
  @inlinable
  public var oneNorm: Double {
    var sums = [Double](repeating: 0, count: columns)
    for (place, entry) in elements.enumerated() { sums[place % columns] += entry.absoluteValue }
    return sums.max() ?? 0
  }

  /// The norm induced by the 2-norm of vectors: the largest singular value.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  public func spectralNorm() throws(LinearAlgebraError) -> Double { try singularValues().first ?? 0 }

  /// The trace norm: the sum of the singular values.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  public func traceNorm() throws(LinearAlgebraError) -> Double { try singularValues().reduce(0, +) }
}
