import ComplexModule
import RealModule

extension Matrix {
  /// The exponential `e^A = sum A^k / k!` of a square matrix.
  ///
  /// A Hermitian matrix goes through its eigenvalues, every other through the [13/13] Padé approximant of `A / 2^s`, squared s
  /// times.
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

    return try scaledAndSquared(self, norm: scaledNorm, limit: 5.371920351148152)
  }

  /// The directional (Fréchet) derivative of the exponential: `L(A, E) = d/dt exp(A + t E)` at t = 0.
  ///
  /// It is the upper right block of the exponential of the block-triangular matrix `[[A, E], [0, A]]`, computed block by block:
  /// three products where a matrix of twice the size would take eight.
  ///
  /// - Parameter direction: E, of the shape of A.
  /// - Throws: `notFinite`, `singular`.
  /// - Complexity: three times that of `exponential`.
  ///
  /// Source: Higham, Functions of Matrices, 2008, theorem 3.6 (Mathias); the limit of the norm from Al-Mohy and Higham, "Computing
  /// the Fréchet derivative of the matrix exponential", SIAM J. Matrix Anal. 30 (2009).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public func exponentialDerivative(along direction: Matrix) throws(LinearAlgebraError) -> Matrix {
    requireSquare("exponentialDerivative")
    precondition(
      direction.rows == rows && direction.columns == rows,
      "exponentialDerivative: the direction is \(direction.rows) x \(direction.columns), the matrix \(rows) x \(rows)")
    try requireFinite("exponentialDerivative")
    try direction.requireFinite("exponentialDerivative")
    return try scaledAndSquared(BlockTriangular(diagonal: self, corner: direction), norm: scaledNorm, limit: 4.74).corner
  }

  /// The binary logarithm of the largest sum over a column; divided first, a sum cannot overflow.
  private var scaledNorm: Double {
    Double.log2((Scalar(1 / Double(max(1, rows))) * self).oneNorm) + Double.log2(Double(max(1, rows)))
  }
}

/// What the approximant of the exponential is made of: matrices, and block-triangular ones.
private protocol ExponentialAlgebra {
  static func + (left: Self, right: Self) -> Self
  static func - (left: Self, right: Self) -> Self
  static func * (left: Self, right: Self) -> Self
  func scaled(by factor: Double) -> Self
  var one: Self { get }
  /// X of `self X = other`.
  func quotient(of other: Self) throws(LinearAlgebraError) -> Self
}

extension Matrix: ExponentialAlgebra {
  fileprivate func scaled(by factor: Double) -> Matrix { Scalar(factor) * self }
  fileprivate var one: Matrix { .identity(rows) }
  fileprivate func quotient(of other: Matrix) throws(LinearAlgebraError) -> Matrix { try solve(other) }
}

/// The matrix `[[A, E], [0, A]]`.
private struct BlockTriangular<Scalar: MatrixScalar>: ExponentialAlgebra {
  var diagonal: Matrix<Scalar>
  var corner: Matrix<Scalar>

  static func + (left: Self, right: Self) -> Self {
    Self(diagonal: left.diagonal + right.diagonal, corner: left.corner + right.corner)
  }
  static func - (left: Self, right: Self) -> Self {
    Self(diagonal: left.diagonal - right.diagonal, corner: left.corner - right.corner)
  }
  static func * (left: Self, right: Self) -> Self {
    Self(diagonal: left.diagonal * right.diagonal, corner: left.diagonal * right.corner + left.corner * right.diagonal)
  }
  func scaled(by factor: Double) -> Self { Self(diagonal: diagonal.scaled(by: factor), corner: corner.scaled(by: factor)) }
  var one: Self { Self(diagonal: diagonal.one, corner: Matrix(rows: diagonal.rows, columns: diagonal.rows)) }
  func quotient(of other: Self) throws(LinearAlgebraError) -> Self {
    let quotient = try diagonal.solve(other.diagonal)
    return Self(diagonal: quotient, corner: try diagonal.solve(other.corner - corner * quotient))
  }
}

/// The [13/13] approximant of `A / 2^s`, squared s times.
///
/// - Parameters:
///   - norm: the binary logarithm of the one-norm of A.
///   - limit: the largest norm for which the approximant is exact to rounding.
private func scaledAndSquared<Value: ExponentialAlgebra>(
  _ value: Value, norm: Double, limit: Double
) throws(LinearAlgebraError) -> Value {
  let squarings = Int(max(0, norm - .log2(limit)).rounded(.up))
  var result = try padeExponential(value.scaled(by: .exp2(-Double(squarings))))
  for _ in 0..<squarings { result = result * result }
  return result
}

/// `q(-A)^-1 q(A)` for the polynomial q of the [13/13] approximant, split into odd and even powers.
private func padeExponential<Value: ExponentialAlgebra>(_ value: Value) throws(LinearAlgebraError) -> Value {
  // The coefficients of q, each from the one before.
  var q = [1.0]
  for j in 1...13 { q.append(q[j - 1] * Double(14 - j) / Double(j * (27 - j))) }
  let square = value * value
  let fourth = square * square
  let sixth = square * fourth
  /// The terms of q whose order has the parity of `first`, divided by A for the odd ones.
  func half(_ first: Int) -> Value {
    let high: Value = sixth.scaled(by: q[first + 12]) + fourth.scaled(by: q[first + 10]) + square.scaled(by: q[first + 8])
    let low: Value = sixth.scaled(by: q[first + 6]) + fourth.scaled(by: q[first + 4]) + square.scaled(by: q[first + 2])
    return sixth * high + low + value.one.scaled(by: q[first])
  }
  let even = half(0)
  let odd = value * half(1)
  return try (even - odd).quotient(of: even + odd)
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
