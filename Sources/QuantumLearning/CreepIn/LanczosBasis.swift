import LinearAlgebra
import NeuralNetworks
import QuantumStates
import Randomness

/// An orthonormal basis of the space that v, S v, S^2 v, ... span for a vector v of random signs; in it the real symmetric S is
/// tridiagonal.
///
/// Eigenvalues far from the others show first: their vectors lie in the space to rounding after a few steps.
///
/// Source: Golub and Van Loan, Matrix Computations, 4th edition, section 10.3; orthogonalized in full, and twice.
struct LanczosBasis<Scalar: TensorScalar> {
  private let dimension: Int
  /// One vector a row.
  private var vectors: [Scalar]
  private var diagonal: [Double] = []
  /// Behind each diagonal number its coupling to the next; the last one is the residual.
  private var couplings: [Double] = []

  /// - Parameters:
  ///   - steps: how many vectors at most; there are fewer where S leaves a smaller space to itself.
  ///   - seed: of the first vector.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  init(_ matrix: UnsafePointer<Scalar>, dimension d: Int, steps: Int, seed: UInt64, kernels: Kernels) {
    (dimension, vectors) = (d, [])
    var random = RandomSource(seed: seed)
    // The kernel takes complex vectors: i S (q + 0 i) has S q as its imaginary part.
    var (state, image) = ([Scalar](repeating: 0, count: 2 * d), [Scalar](repeating: 0, count: 2 * d))
    var overlaps = [Scalar](repeating: 0, count: steps)
    // No entry is near 0, so that no eigenvector of a few entries is missed.
    for j in 0..<d { image[d + j] = random.uniform(in: -1..<1) < 0 ? -1 : 1 }
    while true {
      let norm = image[d...].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      if !diagonal.isEmpty { couplings.append(norm) }
      let count = diagonal.count
      // A residual that is rounding is the end of the space.
      guard count < min(steps, d), count == 0 || norm > Double(Scalar.ulpOfOne) * Double(d) * radius else { return }
      for j in 0..<d { state[j] = image[d + j] / Scalar(norm) }
      vectors += state[..<d]
      kernels.symmetricStep(matrix, dimension: d, state, scale: 1, previous: nil, into: &image)
      for pass in 0..<2 {
        image.withUnsafeMutableBufferPointer { image in
          let image = image.baseAddress! + d
          Scalar.gemv(transpose: false, rows: count + 1, columns: d, alpha: 1, a: vectors, x: image, beta: 0, y: &overlaps)
          Scalar.gemv(transpose: true, rows: count + 1, columns: d, alpha: -1, a: vectors, x: overlaps, beta: 1, y: image)
        }
        if pass == 0 { diagonal.append(Double(overlaps[count])) }
      }
    }
  }

  /// Gershgorin's bound of the eigenvalues of the tridiagonal matrix with its residual: an estimate, most often from above, of the
  /// largest |eigenvalue| of S, which has others outside the space.
  var radius: Double {
    diagonal.indices.reduce(0) { largest, j in
      max(largest, abs(diagonal[j]) + (j > 0 ? couplings[j - 1] : 0) + (j < couplings.count ? couplings[j] : 0))
    }
  }

  /// Eigenvalues of S and, a row each, their vectors, the largest |value| first.
  ///
  /// - Parameters:
  ///   - tolerance: the largest `||S v - value v||`.
  ///   - limit: how many at most.
  func eigenpairs(tolerance: Double, limit: Int) -> (values: [Double], vectors: [Scalar]) {
    let count = diagonal.count
    var tridiagonal = RealMatrix(rows: count, columns: count)
    for j in 0..<count {
      tridiagonal[j, j] = diagonal[j]
      if j + 1 < count { (tridiagonal[j, j + 1], tridiagonal[j + 1, j]) = (couplings[j], couplings[j]) }
    }
    guard count > 0, let spectrum = try? tridiagonal.symmetricEigen() else { return ([], []) }
    let found = (0..<count).filter { abs(couplings[count - 1] * spectrum.vectors[count - 1, $0]) <= tolerance }
      .sorted { abs(spectrum.values[$0]) > abs(spectrum.values[$1]) }.prefix(limit)
    var rows = [Scalar](repeating: 0, count: found.count * dimension)
    for (row, place) in found.enumerated() {
      let weights = (0..<count).map { Scalar(spectrum.vectors[$0, place]) }
      rows.withUnsafeMutableBufferPointer {
        Scalar.gemv(
          transpose: true, rows: count, columns: dimension, alpha: 1, a: vectors, x: weights, beta: 0,
          y: $0.baseAddress! + row * dimension)
      }
    }
    return (found.map { spectrum.values[$0] }, rows)
  }
}
