import LinearAlgebra

/// Half the diamond norm of the difference of two channels, between bounds that close in on it.
///
/// With the Choi matrix J of the difference it is the largest `f(ρ) = tr (√ρ J √ρ)_+` over states ρ of the input, where √ρ stands
/// for √ρ x I and + for the positive part. For any ρ of full rank `Z = ρ^-1/2 (√ρ J √ρ)_+ ρ^-1/2` is feasible in the dual program:
/// the largest eigenvalue of `G = tr_output Z` is an upper bound, f(ρ) = tr ρG a lower one. G is also the direction in which f
/// grows, and ρ follows it by `ρ -> exp(log ρ + step G)`, normalized, with steps that double while f grows.
///
/// For Pauli channels the first ρ, maximally mixed, is the best one.
///
/// Source: Watrous, "Simpler semidefinite programs for completely bounded norms", 2012; the step is that of Tsuda, Rätsch, Warmuth,
/// "Matrix exponentiated gradient updates", 2005.
enum DiamondNorm {
  /// Where the bounds are close enough.
  private static let tolerance = 1e-9
  private static let mostSteps = 1000

  /// - Parameter difference: Hermitian, the input as the more significant half of an index, as in `Channel.choi`.
  /// - Returns: the bounds, at most 1e-9 apart but for rounding; 5 to 200 steps lead there from where the tests begin.
  static func halfNorm(ofChoi difference: ComplexMatrix) throws(LinearAlgebraError) -> ClosedRange<Double> {
    var dimension = 1
    while dimension * dimension < difference.rows { dimension *= 2 }
    var logarithm = ComplexMatrix(rows: dimension, columns: dimension)
    var point = try Point(logarithm, difference)
    var (lower, upper, step) = (point.value, point.bound, 1.0)
    for _ in 0..<mostSteps where upper - lower > tolerance {
      let next = logarithm + Complex(step / max(point.bound, 1e-300)) * point.slope
      let moved = try Point(next, difference)
      upper = min(upper, moved.bound)
      guard moved.value >= point.value - 1e-15 else {
        step /= 4
        if step < 1e-8 { break }
        continue
      }
      lower = max(lower, moved.value)
      (logarithm, point, step) = (moved.logarithm, moved, min(64, 2 * step))
    }
    return max(0, lower)...max(0, lower, upper)
  }

  /// What a state says of the norm.
  private struct Point {
    /// The logarithm of the state, up to a multiple of the identity.
    let logarithm: ComplexMatrix
    /// The lower bound.
    let value: Double
    /// The upper bound.
    let bound: Double
    /// G.
    let slope: ComplexMatrix

    init(_ given: ComplexMatrix, _ difference: ComplexMatrix) throws(LinearAlgebraError) {
      let dimension = given.rows
      let eigen = try given.hermitianEigen()
      let top = eigen.values[dimension - 1]
      // A floor keeps the inverse of the root finite; the best state may be a pure one.
      let values = eigen.values.map { max($0 - top, -24) }
      let sum = values.reduce(0) { $0 + .exp($1) }
      func power(_ exponent: Double) -> ComplexMatrix {
        let entries = values.map { Complex<Double>(Double.exp(exponent * $0) / Double.pow(sum, exponent)) }
        return (eigen.vectors * .diagonal(entries) * eigen.vectors.adjoint).kronecker(.identity(dimension))
      }
      logarithm = eigen.vectors * .diagonal(values.map { Complex($0) }) * eigen.vectors.adjoint
      let root = power(0.5)
      let product = root * difference * root
      let positive = try (Complex(0.5) * (product + product.adjoint)).hermitianEigen().matrix { Complex(max(0, $0)) }
      value = positive.trace.real
      let inverse = power(-0.5)
      let dual = inverse * positive * inverse
      let partial = ChoiProjection.partialTrace(dual)
      slope = Complex(0.5) * (partial + partial.adjoint)
      bound = try slope.hermitianEigen().values[dimension - 1]
    }
  }
}
