import COpenBLAS

/// The LAPACK routines behind the decompositions, for real and for complex numbers; not for use outside them.
///
/// Matrices are contiguous and row-major. To LAPACK the same memory is the column-major transpose, so each routine is called for
/// A^T and its answer is read back transposed; no copy is made. The result is LAPACK's `info`: 0 for success, positive for a
/// numerical failure.
///
/// Every matrix argument has room for `LAPACK.margin` numbers after its end, because OpenBLAS 0.3.21 (Debian 12's) reads, and
/// ignores, the element after the end of the vector in complex matrix-vector products with 4 k + 2 rows (`zgemv`, AVX2 and
/// AVX-512). The vectors are rows or columns of these matrices, so that element can lie a row further, on a page that is not there.
/// OpenBLAS issue 4013 reports it.
public protocol LAPACKScalar {
  /// Eigenvalues (ascending) of a Hermitian matrix and, in place of A, the adjoint of the matrix of eigenvectors.
  static func heevd(n: Int, a: UnsafeMutablePointer<Self>, values: UnsafeMutablePointer<Double>) -> Int
  /// Singular values of an m x n matrix and, unless nil, its singular vectors: left m x r, right adjoint r x n, r = min(m, n).
  static func gesdd(
    m: Int, n: Int, a: UnsafeMutablePointer<Self>, values: UnsafeMutablePointer<Double>,
    left: UnsafeMutablePointer<Self>?, right: UnsafeMutablePointer<Self>?
  ) -> Int
  /// In place of an m x n matrix: R in the upper triangle, the Householder vectors below it.
  static func geqrf(m: Int, n: Int, a: UnsafeMutablePointer<Self>, factors: UnsafeMutablePointer<Self>) -> Int
  /// The m x n matrix with orthonormal columns whose n Householder vectors stand below the diagonal.
  static func ungqr(m: Int, n: Int, a: UnsafeMutablePointer<Self>, factors: UnsafePointer<Self>) -> Int
  /// The lower Cholesky factor in the lower triangle; the upper one stays.
  static func potrf(n: Int, a: UnsafeMutablePointer<Self>) -> Int
  /// In place of the rows of B, count x n, the solutions x of `A x = b`, by LU with partial pivoting; here `a` holds A^T, since
  /// pivots chosen in A^T instead would spoil a triangular A.
  static func gesv(n: Int, count: Int, a: UnsafeMutablePointer<Self>, b: UnsafeMutablePointer<Self>) -> Int
}

extension Double: LAPACKScalar {
  public static func heevd(n: Int, a: UnsafeMutablePointer<Double>, values: UnsafeMutablePointer<Double>) -> Int {
    LAPACK.run { OpenBLAS.LAPACKE_dsyevd($0, LAPACK.vectors, LAPACK.lower, Int32(n), a, BLAS.leading(n), values) }
  }

  public static func gesdd(
    m: Int, n: Int, a: UnsafeMutablePointer<Double>, values: UnsafeMutablePointer<Double>,
    left: UnsafeMutablePointer<Double>?, right: UnsafeMutablePointer<Double>?
  ) -> Int {
    LAPACK.run {
      OpenBLAS.LAPACKE_dgesdd(
        $0, left == nil ? LAPACK.none : LAPACK.thin, Int32(n), Int32(m), a, BLAS.leading(n), values,
        right, BLAS.leading(n), left, BLAS.leading(min(m, n)))
    }
  }

  public static func geqrf(m: Int, n: Int, a: UnsafeMutablePointer<Double>, factors: UnsafeMutablePointer<Double>) -> Int {
    LAPACK.run { OpenBLAS.LAPACKE_dgelqf($0, Int32(n), Int32(m), a, BLAS.leading(n), factors) }
  }

  public static func ungqr(m: Int, n: Int, a: UnsafeMutablePointer<Double>, factors: UnsafePointer<Double>) -> Int {
    LAPACK.run { OpenBLAS.LAPACKE_dorglq($0, Int32(n), Int32(m), Int32(n), a, BLAS.leading(n), factors) }
  }

  public static func potrf(n: Int, a: UnsafeMutablePointer<Double>) -> Int {
    LAPACK.run { OpenBLAS.LAPACKE_dpotrf($0, LAPACK.upper, Int32(n), a, BLAS.leading(n)) }
  }

  public static func gesv(n: Int, count: Int, a: UnsafeMutablePointer<Double>, b: UnsafeMutablePointer<Double>) -> Int {
    var pivots = [Int32](repeating: 0, count: n)
    return LAPACK.run { OpenBLAS.LAPACKE_dgesv($0, Int32(n), Int32(count), a, BLAS.leading(n), &pivots, b, BLAS.leading(n)) }
  }
}

/// The letters of LAPACK's interface, and what every call needs.
enum LAPACK {
  static let vectors = CChar(UInt8(ascii: "V"))
  static let none = CChar(UInt8(ascii: "N"))
  static let thin = CChar(UInt8(ascii: "S"))
  static let upper = CChar(UInt8(ascii: "U"))
  static let lower = CChar(UInt8(ascii: "L"))

  /// How many readable numbers must follow a matrix: one more than its longest row or column.
  static func margin(_ m: Int, _ n: Int) -> Int { max(m, n) + 1 }

  /// Calls a routine with the column-major layout and stops the program where the call itself was wrong.
  static func run(_ routine: (_ layout: Int32) -> Int32) -> Int {
    BLAS.prepare()
    defer { BLAS.finish() }
    let info = routine(LAPACK_COL_MAJOR)
    precondition(info > -1000, "LAPACK: not enough memory for its working space")
    precondition(info >= 0, "LAPACK: argument \(-info) is not valid")
    return Int(info)
  }
}

extension Matrix {
  /// The elements, followed by the margin that LAPACK needs.
  var elementsWithMargin: [Scalar] {
    var result: [Scalar] = []
    result.reserveCapacity(elements.count + LAPACK.margin(rows, columns))
    result.append(contentsOf: elements)
    result.append(contentsOf: repeatElement(.zero, count: LAPACK.margin(rows, columns)))
    return result
  }

  /// The matrix at the beginning of a buffer with a margin.
  init(rows: Int, columns: Int, buffer: [Scalar]) {
    self.init(rows: rows, columns: columns, elements: Array(buffer[..<(rows * columns)]))
  }
}
