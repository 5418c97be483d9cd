import NeuralNetworks
import QuantumStates

/// One sample's matrix S in two parts, `S = B + sum_a s_a |p_a><p_a|`: eigenvectors whose values stand out, and the rest, B.
///
/// A few large eigenvalues are what data have whose mean is not 0. Without them the series of an evolution needs half the terms.
struct DataSpectrum<Scalar: TensorScalar>: Sendable {
  let dimension: Int
  /// B, row by row.
  let rest: AlignedNumbers<Scalar>
  /// The outstanding eigenvalues s_a.
  let values: [Double]
  /// Their vectors p_a, a row each.
  let vectors: [Scalar]
  /// An estimate from above of the largest |eigenvalue| of B.
  let radius: Double
  /// The Frobenius norm of B, which no eigenvalue is above.
  let norm: Double

  /// The difference between the largest and the smallest eigenvalue at most, those of B within a radius.
  func spread(radius: Double) -> Double { max(values.max() ?? 0, radius) - min(values.min() ?? 0, -radius) }

  /// - Parameters:
  ///   - inputs: `count` numbers that fill M row by row; S is `(M + M^T) / 2`.
  ///   - plain: a Frobenius norm of S up to which no eigenvector is worth looking for.
  ///   - limit: the largest Frobenius norm.
  /// - Returns: nil for numbers that are not finite, or where the norm is above the limit.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  init?(_ inputs: UnsafePointer<Scalar>, count: Int, dimension d: Int, plain: Double, limit: Double, kernels: Kernels) {
    let matrix = Self.symmetric(inputs, count: count, dimension: d)
    var (values, vectors, norm) = ([Double](), [Scalar](), matrix.norm)
    guard norm <= limit else { return nil }
    var radius = norm
    if norm > plain {
      // Sixteen steps find what is twice as large as the rest; what they do not find stays in the series.
      (values, vectors) = LanczosBasis(matrix.base, dimension: d, steps: 16, seed: 1, kernels: kernels)
        .eigenpairs(tolerance: 8 * Double(Scalar.ulpOfOne) * norm, limit: 4)
      for (place, value) in values.enumerated() {
        vectors.withUnsafeBufferPointer {
          let vector = $0.baseAddress! + place * d
          Scalar.gemm(
            transposeA: false, transposeB: false, m: d, n: d, k: 1, alpha: Scalar(-value), a: vector, lda: 1, b: vector, ldb: d,
            beta: 1, c: matrix.base, ldc: d)
        }
      }
      // From another vector, so that a second vector of one of the values is not overlooked.
      norm = matrix.norm
      radius = min(norm, LanczosBasis(matrix.base, dimension: d, steps: 16, seed: 2, kernels: kernels).radius)
    }
    (dimension, rest, self.values, self.vectors, self.radius, self.norm) = (d, matrix, values, vectors, radius, norm)
  }

  private static func symmetric(_ inputs: UnsafePointer<Scalar>, count: Int, dimension d: Int) -> AlignedNumbers<Scalar> {
    let numbers = AlignedNumbers<Scalar>(zeroed: d * d)
    let elements = numbers.base
    for k in 0..<count { elements[k] = inputs[k] }
    for row in 0..<d {
      for column in 0...row {
        let mean = (elements[row * d + column] + elements[column * d + row]) / 2
        (elements[row * d + column], elements[column * d + row]) = (mean, mean)
      }
    }
    return numbers
  }
}
