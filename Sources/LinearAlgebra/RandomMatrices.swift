import ComplexModule
import Randomness
import RealModule

extension Matrix {
  /// Independent normal entries of mean 0 and `E|x|^2 = 1` (for complex numbers, the Ginibre ensemble).
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public static func randomNormal(rows: Int, columns: Int, using source: inout RandomSource) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: (0..<rows * columns).map { _ in Scalar.normal(using: &source) })
  }

  /// A unitary matrix (orthogonal for real numbers) from the Haar measure: the Q of a normal matrix whose R has a positive
  /// diagonal.
  ///
  /// Source: Mezzadri, "How to generate random matrices from the classical compact groups", Notices AMS 54 (2007), section 5.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public static func randomUnitary(_ dimension: Int, using source: inout RandomSource) -> Matrix {
    let factored = randomNormal(rows: dimension, columns: dimension, using: &source).householderQR()
    let phases = factored.r.diagonal.map { $0 / Scalar($0.squaredMagnitude.squareRoot()) }
    return factored.q * .diagonal(phases)
  }

  /// A Hermitian matrix of the Gaussian ensemble, `(G + G^dagger) / 2` for normal entries G.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public static func randomHermitian(_ dimension: Int, using source: inout RandomSource) -> Matrix {
    let normal = randomNormal(rows: dimension, columns: dimension, using: &source)
    return Scalar(0.5) * (normal + normal.adjoint)
  }

  /// A density matrix, `G G^dagger / Tr(G G^dagger)` for normal entries G of dimension x rank.
  ///
  /// - Parameter rank: nil takes the full rank, which is the Hilbert-Schmidt measure; 1 gives a pure state of the Haar measure.
  @specialized(where Scalar == Double)
  @specialized(where Scalar == Complex<Double>)
  public static func randomDensity(_ dimension: Int, rank: Int? = nil, using source: inout RandomSource) -> Matrix {
    let rank = rank ?? dimension
    precondition(1...max(1, dimension) ~= rank, "randomDensity: rank \(rank) is not in 1...\(dimension)")
    let factor = randomNormal(rows: dimension, columns: rank, using: &source)
    let square = factor * factor.adjoint
    return (1 / square.trace) * square
  }
}
