import COpenBLAS
import ComplexModule
import RealModule

extension BLAS {
  /// How a factor enters a complex product.
  public enum Form: Sendable {
    case plain, transpose, adjoint

    fileprivate var code: CBLAS_TRANSPOSE {
      switch self {
      case .plain: CblasNoTrans
      case .transpose: CblasTrans
      case .adjoint: CblasConjTrans
      }
    }
  }

  /// `C = alpha op(A) op(B) + beta C` for complex matrices, all row-major.
  ///
  /// Shape: op(A) is m x k, op(B) is k x n, C is m x n.
  public static func gemm(
    formA: Form = .plain, formB: Form = .plain, m: Int, n: Int, k: Int, alpha: Complex<Double> = 1,
    a: UnsafePointer<Complex<Double>>, lda: Int, b: UnsafePointer<Complex<Double>>, ldb: Int, beta: Complex<Double> = 0,
    c: UnsafeMutablePointer<Complex<Double>>, ldc: Int
  ) {
    prepare()
    defer { finish() }
    withUnsafePointer(to: alpha) { alpha in
      withUnsafePointer(to: beta) { beta in
        OpenBLAS.cblas_zgemm(
          CblasRowMajor, formA.code, formB.code, Int32(m), Int32(n), Int32(k), alpha, a, leading(lda), b, leading(ldb), beta,
          c, leading(ldc))
      }
    }
  }

  /// `C = alpha A A^dagger + beta C` (or `alpha A^dagger A + beta C`), a Gram matrix at half the price of a product.
  ///
  /// Shape: A is n x k (with `adjoint`, k x n), C is n x n. Both triangles of C are written; beta reads the upper one.
  public static func herk(
    adjoint: Bool = false, n: Int, k: Int, alpha: Double = 1, a: UnsafePointer<Complex<Double>>, lda: Int, beta: Double = 0,
    c: UnsafeMutablePointer<Complex<Double>>, ldc: Int
  ) {
    prepare()
    defer { finish() }
    OpenBLAS.cblas_zherk(
      CblasRowMajor, CblasUpper, adjoint ? CblasConjTrans : CblasNoTrans, Int32(n), Int32(k), alpha, a, leading(lda), beta, c,
      leading(ldc))
    for row in 0..<n {
      for column in 0..<row { c[row * ldc + column] = c[column * ldc + row].conjugate }
    }
  }
}
