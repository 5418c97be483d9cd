import LinearAlgebra

extension StateVector {
  /// The trace distance `1/2 Tr |rho - sigma| = sqrt(1 - |<a|b>|^2)`: how well one measurement can tell the states apart.
  ///
  /// Taken as the length of the part of |b> orthogonal to |a>, which stays exact for states that are nearly equal.
  ///
  /// - Returns: 0 for equal, 1 for orthogonal states.
  public func traceDistance(to other: borrowing StateVector) -> Double {
    let overlap = innerProduct(with: other)
    let (left, right) = (
      AmplitudeAccess(base: amplitudes.base, precision: precision),
      AmplitudeAccess(base: other.amplitudes.base, precision: precision)
    )
    var squared = 0.0
    for index in 0..<1 << qubitCount { squared += (right[index] - overlap * left[index]).lengthSquared }
    return min(1, squared.squareRoot())
  }

  /// The Hilbert-Schmidt distance `sqrt(Tr (rho - sigma)^2)`, for pure states sqrt(2) times the trace distance.
  ///
  /// - Returns: 0 for equal, sqrt(2) for orthogonal states.
  public func hilbertSchmidtDistance(to other: borrowing StateVector) -> Double {
    traceDistance(to: other) * 2.0.squareRoot()
  }
}

extension DensityMatrix {
  /// The trace distance `1/2 Tr |rho - sigma|`, half the sum of the absolute eigenvalues of the difference.
  ///
  /// - Returns: 0 for equal states, 1 for states of orthogonal support.
  /// - Throws: `StateError.nonFinite`.
  /// - Complexity: O(8^n).
  public func traceDistance(to other: borrowing DensityMatrix) throws(StateError) -> Double {
    requireEqual(qubitCount, other.qubitCount, "traceDistance")
    let difference = hermitianPart(of: matrix(.littleEndian) - other.matrix(.littleEndian))
    return min(1, try eigenvalues(of: difference).reduce(0) { $0 + abs($1) } / 2)
  }

  /// The Hilbert-Schmidt distance `sqrt(Tr (rho - sigma)^2)`, the Frobenius norm of the difference.
  ///
  /// - Returns: 0 for equal states, sqrt(2) for orthogonal pure states.
  /// - Complexity: O(4^n).
  public func hilbertSchmidtDistance(to other: borrowing DensityMatrix) -> Double {
    requireEqual(qubitCount, other.qubitCount, "hilbertSchmidtDistance")
    var sum = 0.0
    for index in 0..<1 << (2 * qubitCount) {
      sum += (vector.amplitudes[index] - other.vector.amplitudes[index]).lengthSquared
    }
    return sum.squareRoot()
  }
}
