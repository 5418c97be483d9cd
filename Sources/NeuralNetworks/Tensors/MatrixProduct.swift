import Execution

extension Tensor {
  /// `op(A) op(B)`, where `op` transposes on request.
  ///
  /// Large products are cut along their longer side into strips whose width depends on the shapes alone.
  ///
  /// - Shape: `[m, k]` times `[k, n]` -> `[m, n]`, after transposition.
  /// - Complexity: O(m n k).
  public static func product(
    _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false, loop: ParallelLoop = .serial
  ) -> Tensor {
    precondition(a.shape.count == 2 && b.shape.count == 2, "Tensor.product: expected matrices, found \(a.shape) and \(b.shape)")
    let (m, k) = transposeA ? (a.shape[1], a.shape[0]) : (a.shape[0], a.shape[1])
    let (kB, n) = transposeB ? (b.shape[1], b.shape[0]) : (b.shape[0], b.shape[1])
    precondition(k == kB, "Tensor.product: expected equal inner lengths, found \(k) and \(kB) (\(a.shape), \(b.shape))")
    if k == 0 || m == 0 || n == 0 { return Tensor(shape: [m, n]) }
    let (lda, ldb) = (a.shape[1], b.shape[1])
    let byRows = m >= n
    let side = byRows ? m : n
    // 16 strips of a multiple of 16 balance two to eight threads; small products are not worth a second thread.
    let strip = m * n * k < 1 << 18 ? side : (side + 255) / 256 * 16
    return Tensor(shape: [m, n]) { c in
      a.withBase { a in
        b.withBase { b in
          loop.run(count: side, inSlicesOf: strip) { range in
            let start = range.lowerBound
            Scalar.gemm(
              transposeA: transposeA, transposeB: transposeB,
              m: byRows ? range.count : m, n: byRows ? n : range.count, k: k, alpha: 1,
              a: byRows ? a + start * (transposeA ? 1 : lda) : a, lda: lda,
              b: byRows ? b : b + start * (transposeB ? ldb : 1), ldb: ldb,
              beta: 0, c: c + start * (byRows ? n : 1), ldc: n)
          }
        }
      }
    }
  }
}
