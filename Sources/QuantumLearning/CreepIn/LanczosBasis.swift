import LinearAlgebra
import NeuralNetworks
import QuantumStates
import Randomness

/// An orthonormal basis of the space that a random vector v, S v, S^2 v, ... span, in which the real symmetric S is tridiagonal.
///
/// Eigenvalues far from the others show first: their vectors lie in the space to rounding after a few steps.
///
/// Source: Golub and Van Loan, Matrix Computations, 4th edition, section 10.3, with full orthogonalization.
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
    for j in 0..<d { image[d + j] = Scalar(random.uniform(in: -1..<1)) }
    while true {
      let norm = image[d...].reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
      if !diagonal.isEmpty { couplings.append(norm) }
      let count = diagonal.count
      guard count < min(steps, d), count == 0 || norm > Double(Scalar.ulpOfOne) * Double(d) * bound else { return }
      for j in 0..<d { state[j] = image[d + j] / Scalar(norm) }
      vectors += state[..<d]
      kernels.symmetricStep(matrix, dimension: d, state, scale: 1, previous: nil, into: &image)
      image.withUnsafeMutableBufferPointer { image in
        let image = image.baseAddress! + d
        Scalar.gemv(transpose: false, rows: count + 1, columns: d, alpha: 1, a: vectors, x: image, beta: 0, y: &overlaps)
        Scalar.gemv(transpose: true, rows: count + 1, columns: d, alpha: -1, a: vectors, x: overlaps, beta: 1, y: image)
      }
      diagonal.append(Double(overlaps[count]))
    }
  }

  /// Gershgorin's bound of the eigenvalues of the tridiagonal matrix and its residual; somewhat above the largest |eigenvalue| of S.
  var bound: Double {
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
