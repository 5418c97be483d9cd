import ComplexModule
import RealModule

extension Matrix {
  /// The exponential `e^A = sum A^k / k!` of a square matrix.
  ///
  /// A Hermitian matrix goes through its eigenvalues, every other through the [13/13] Padé approximant of `A / 2^s`, squared s times.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(n^3 (8 + s)), `s = log2(||A||_1 / 5.4)`.
  ///
  /// Source: Higham, "The scaling and squaring method for the matrix exponential revisited", SIAM J. Matrix Anal. 26 (2005),
  /// algorithm 2.3, with the highest order only: the lower ones save at most four products.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func exponential() throws(LinearAlgebraError) -> Matrix {
    requireSquare("exponential")
    try requireFinite("exponential")
    if isHermitian(tolerance: 0) { return try eigen("exponential").matrix { Scalar(.exp($0)) } }

    // theta_13: up to this norm the approximant is exact to rounding. Divided first, a sum over a column cannot overflow.
    let norm = (Scalar(1 / Double(max(1, rows))) * self).oneNorm / 5.371920351148152
    let squarings = max(0, Int((Double.log2(norm) + Double.log2(Double(max(1, rows)))).rounded(.up)))
    let scaled = Scalar(.exp2(-Double(squarings))) * self
    var result = try scaled.padeExponential()
    for _ in 0..<squarings { result = result * result }
    return result
  }

  /// `q(-A)^-1 q(A)` for the polynomial q of the [13/13] approximant, split into odd and even powers.
  private func padeExponential() throws(LinearAlgebraError) -> Matrix {
    // The coefficients of q, each from the one before.
    var q: [Scalar] = [1]
    for j in 1...13 { q.append(q[j - 1] * Scalar(Double(14 - j) / Double(j * (27 - j)))) }
    let one = Matrix.identity(rows)
    let square = self * self
    let fourth = square * square
    let sixth = square * fourth
    /// The terms of q whose order has the parity of `first`, divided by A for the odd ones.
    func half(_ first: Int) -> Matrix {
      let high: Matrix = q[first + 12] * sixth + q[first + 10] * fourth + q[first + 8] * square
      let low: Matrix = q[first + 6] * sixth + q[first + 4] * fourth + q[first + 2] * square
      return sixth * high + low + q[first] * one
    }
    let even = half(0)
    let odd = self * half(1)
    return try (even - odd).solve(even + odd)
  }
}

extension ComplexMatrix {
  /// The evolution `e^{-i H t}` under this Hermitian matrix, unitary to rounding for any time.
  ///
  /// - Throws: `notFinite`, `notConverged`.
  /// - Complexity: O(n^3).
  public func evolution(time: Double) throws(LinearAlgebraError) -> ComplexMatrix {
    try eigen("evolution").matrix { Complex(length: 1, phase: -time * $0) }
  }
}
