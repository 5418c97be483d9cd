import LinearAlgebra
import RealModule

// Eigenvalues of states, with the errors of LinearAlgebra in the words of this room.

/// Eigenvalues of a Hermitian matrix, ascending.
func eigenvalues(of hermitian: ComplexMatrix) throws(StateError) -> [Double] {
  try spectral(hermitian) { matrix throws(LinearAlgebraError) in try matrix.hermitianEigen().values }
}

/// The square root of a positive semidefinite matrix.
///
/// Eigenvalues that are zero up to rounding count as zero: their roots, 1e-8 where rounding left 1e-16, would spoil everything
/// else.
func squareRoot(of positive: ComplexMatrix, precision: Precision) throws(StateError) -> ComplexMatrix {
  let eigen = try spectral(positive) { matrix throws(LinearAlgebraError) in try matrix.hermitianEigen() }
  let noise = Double(positive.rows) * precision.unitRoundoff * (eigen.values.last ?? 0)
  return eigen.matrix { Complex($0 > noise ? $0.squareRoot() : 0) }
}

/// Singular values of any matrix.
func singularValues(of matrix: ComplexMatrix) throws(StateError) -> [Double] {
  try spectral(matrix) { matrix throws(LinearAlgebraError) in try matrix.singularValues() }
}

/// (A + A^+) / 2: what rounding made unequal is made equal, as eigensolvers require.
func hermitianPart(of matrix: ComplexMatrix) -> ComplexMatrix { Complex(0.5) * (matrix + matrix.adjoint) }

/// -sum p ln p, where 0 ln 0 = 0 and what rounding pushed below zero is zero.
func shannonEntropy(_ probabilities: some Sequence<Double>) -> Double {
  max(0, probabilities.reduce(0) { $1 > 0 ? $0 - $1 * .log($1) : $0 })
}

extension Precision {
  /// The spacing of numbers at 1.
  var unitRoundoff: Double { self == .float ? Double(Float.ulpOfOne) : Double.ulpOfOne }
}

private func spectral<Result>(
  _ matrix: ComplexMatrix, _ body: (ComplexMatrix) throws(LinearAlgebraError) -> Result
) throws(StateError) -> Result {
  if let bad = matrix.elements.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(index: bad) }
  do { return try body(matrix) } catch { throw .linearAlgebra(error) }
}
