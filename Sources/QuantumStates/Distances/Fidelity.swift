import LinearAlgebra

// Convention: the squared fidelity, F(rho, sigma) = (Tr sqrt(sqrt(rho) sigma sqrt(rho)))^2; for pure states |<a|b>|^2.
// Results are clamped to 0...1, which rounding may leave by some ulps.

extension StateVector {
  /// `F = |<self|other>|^2`.
  ///
  /// - Returns: 0 for orthogonal, 1 for equal states.
  public func fidelity(with other: borrowing StateVector) -> Double {
    clamped(innerProduct(with: other).lengthSquared)
  }

  /// `F = <psi|rho|psi>`.
  ///
  /// - Complexity: O(4^n).
  public func fidelity(with other: borrowing DensityMatrix) -> Double {
    requireEqual(qubitCount, other.qubitCount, "fidelity")
    let amplitudes = amplitudes(.littleEndian)
    var sum = 0.0
    for row in amplitudes.indices {
      var product = Complex<Double>.zero
      for column in amplitudes.indices { product += other[row, column] * amplitudes[column] }
      sum += (amplitudes[row].conjugate * product).real
    }
    return clamped(sum)
  }
}

extension DensityMatrix {
  /// `F = <psi|rho|psi>`.
  ///
  /// - Complexity: O(4^n).
  public func fidelity(with other: borrowing StateVector) -> Double { other.fidelity(with: self) }

  /// `F = (Tr sqrt(sqrt(rho) sigma sqrt(rho)))^2`, the squared sum of the singular values of `sqrt(rho) sqrt(sigma)`.
  ///
  /// Singular values keep the digits that the eigenvalues of the textbook product, their squares, lose near zero.
  ///
  /// - Throws: `StateError.nonFinite`.
  /// - Complexity: O(8^n).
  public func fidelity(with other: borrowing DensityMatrix) throws(StateError) -> Double {
    requireEqual(qubitCount, other.qubitCount, "fidelity")
    let left = try squareRoot(of: hermitianPart(of: matrix(.littleEndian)), precision: precision)
    let right = try squareRoot(of: hermitianPart(of: other.matrix(.littleEndian)), precision: other.precision)
    let trace = try singularValues(of: left * right).reduce(0, +)
    return clamped(trace * trace)
  }
}

private func clamped(_ fidelity: Double) -> Double { fidelity.isNaN ? fidelity : min(1, max(0, fidelity)) }

func requireEqual(_ left: Int, _ right: Int, _ operation: StaticString) {
  precondition(left == right, "\(operation): \(left) and \(right) qubits, must be equal")
}
