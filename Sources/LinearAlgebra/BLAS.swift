import COpenBLAS

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Matrix products on pointers, row-major, by OpenBLAS on the calling thread.
///
/// OpenBLAS is kept to one thread: the project's own loop is the parallel one, and two layers of threads would fight.
public enum BLAS {
  /// Set once, before the first product; the value itself says nothing.
  private static let oneThread: Void = OpenBLAS.openblas_set_num_threads(1)

  /// Held during a call where the library is a build without threads. Such a build lacks the locks around its scratch memory too,
  /// and products that two threads ask for at once get wrong entries (seen with Debian's libopenblas0-serial 0.3.21).
  nonisolated(unsafe) private static let turn: UnsafeMutablePointer<pthread_mutex_t>? = {
    guard OpenBLAS.openblas_get_parallel() == 0, !version.contains("USE_LOCKING") else { return nil }
    let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    return mutex
  }()

  /// Makes sure OpenBLAS stays on the calling thread; every call into the library goes through here first, and ends with `finish`.
  @inline(__always)
  static func prepare() {
    _ = oneThread
    if let turn { pthread_mutex_lock(turn) }
  }

  @inline(__always)
  static func finish() {
    if let turn { pthread_mutex_unlock(turn) }
  }

  /// What OpenBLAS says about itself: version, build options and the processor it chose, for example
  /// "OpenBLAS 0.3.21 NO_LAPACKE DYNAMIC_ARCH NO_AFFINITY SkylakeX MAX_THREADS=64".
  public static var version: String {
    _ = oneThread
    return String(cString: OpenBLAS.openblas_get_config()!).split(separator: " ").joined(separator: " ")
  }

  /// `C = alpha op(A) op(B) + beta C` in double precision, all row-major.
  ///
  /// Shape: op(A) is m x k, op(B) is k x n, C is m x n. With beta = 0 the old contents of C do not matter.
  ///
  /// - Parameters:
  ///   - lda: distance between rows of A as stored; likewise `ldb`, `ldc`.
  public static func gemm(
    transposeA: Bool = false, transposeB: Bool = false, m: Int, n: Int, k: Int, alpha: Double = 1,
    a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int, beta: Double = 0,
    c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    prepare()
    defer { finish() }
    OpenBLAS.cblas_dgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), alpha, a, leading(lda), b, leading(ldb), beta, c, leading(ldc))
  }

  /// `C = alpha op(A) op(B) + beta C` in single precision, all row-major; shapes as in double precision.
  public static func gemm(
    transposeA: Bool = false, transposeB: Bool = false, m: Int, n: Int, k: Int, alpha: Float = 1,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int, beta: Float = 0,
    c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    prepare()
    defer { finish() }
    OpenBLAS.cblas_sgemm(
      CblasRowMajor, transposeA ? CblasTrans : CblasNoTrans, transposeB ? CblasTrans : CblasNoTrans,
      Int32(m), Int32(n), Int32(k), alpha, a, leading(lda), b, leading(ldb), beta, c, leading(ldc))
  }

  /// The upper triangle of `C = A A^T` (or, transposed, `A^T A`) in double precision, row-major: half the price of a product.
  ///
  /// Shape: A is n x k (transposed, k x n), C is n x n; below its diagonal nothing is written.
  public static func syrk(
    transpose: Bool = false, n: Int, k: Int, a: UnsafePointer<Double>, lda: Int, c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    prepare()
    defer { finish() }
    OpenBLAS.cblas_dsyrk(
      CblasRowMajor, CblasUpper, transpose ? CblasTrans : CblasNoTrans, Int32(n), Int32(k), 1, a, leading(lda), 0, c, leading(ldc))
  }

  /// The upper triangle of `C = A A^T` (or, transposed, `A^T A`) in single precision; shapes as in double precision.
  public static func syrk(
    transpose: Bool = false, n: Int, k: Int, a: UnsafePointer<Float>, lda: Int, c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    prepare()
    defer { finish() }
    OpenBLAS.cblas_ssyrk(
      CblasRowMajor, CblasUpper, transpose ? CblasTrans : CblasNoTrans, Int32(n), Int32(k), 1, a, leading(lda), 0, c, leading(ldc))
  }

  /// `y = alpha op(A) x + beta y` in double precision; A is rows x columns, row-major, x and y are contiguous.
  public static func gemv(
    transpose: Bool = false, rows: Int, columns: Int, alpha: Double = 1, a: UnsafePointer<Double>, lda: Int,
    x: UnsafePointer<Double>, beta: Double = 0, y: UnsafeMutablePointer<Double>
  ) {
    prepare()
    defer { finish() }
    OpenBLAS.cblas_dgemv(
      CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), alpha, a, leading(lda), x, 1, beta, y, 1)
  }

  /// `y = alpha op(A) x + beta y` in single precision; shapes as in double precision.
  public static func gemv(
    transpose: Bool = false, rows: Int, columns: Int, alpha: Float = 1, a: UnsafePointer<Float>, lda: Int,
    x: UnsafePointer<Float>, beta: Float = 0, y: UnsafeMutablePointer<Float>
  ) {
    prepare()
    defer { finish() }
    OpenBLAS.cblas_sgemv(
      CblasRowMajor, transpose ? CblasTrans : CblasNoTrans, Int32(rows), Int32(columns), alpha, a, leading(lda), x, 1, beta, y, 1)
  }

  /// BLAS refuses a distance of zero even for an empty matrix.
  static func leading(_ distance: Int) -> Int32 { Int32(max(1, distance)) }
}
