import NeuralNetworks

/// The factors of every sample's derivative by S: what all repetitions add to it is one product of long factors, where a product
/// for each repetition would go through all entries of S again.
struct InputFactors<Scalar: TensorScalar>: ~Copyable {
  /// A piece for each sample: freed pieces of moderate size are kept for the next batch, a large one would go back to the system.
  private let numbers: [UnsafeMutablePointer<Scalar>]
  private let counts: [Int]
  private let repetitions: Int

  init(_ evolutions: [DataEvolution<Scalar>?], repetitions: Int) {
    self.repetitions = repetitions
    counts = evolutions.map { $0?.factorCount ?? 0 }
    numbers = counts.map { .allocate(capacity: 2 * repetitions * $0) }
  }

  deinit { for piece in numbers { piece.deallocate() } }

  /// Where one repetition puts its rows: those of the first factor and those of the second.
  func rows(sample: Int, repetition: Int) -> (UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>) {
    let first = numbers[sample] + repetition * counts[sample]
    return (first, first + repetitions * counts[sample])
  }

  /// `sum_k |a_k><b_k|` over all repetitions, row by row.
  func product(sample: Int, dimension d: Int, into matrix: UnsafeMutablePointer<Scalar>) {
    let (a, b) = rows(sample: sample, repetition: 0)
    Scalar.gemm(
      transposeA: true, transposeB: false, m: d, n: d, k: repetitions * counts[sample] / d, alpha: 1, a: a, lda: d, b: b, ldb: d,
      beta: 0, c: matrix, ldc: d)
  }
}
