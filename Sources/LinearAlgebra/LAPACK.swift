import COpenBLAS
import ComplexModule
import RealModule

/// The LAPACK routines behind the decompositions, for real and for complex numbers.
///
/// Not for use outside the decompositions: matrices are row-major and contiguous, sizes are trusted, and the result is LAPACK's
/// `info`: 0 for success, positive for a numerical failure.
public protocol LAPACKScalar {
  /// Eigenvalues (ascending) and, in place of A, the eigenvectors of a Hermitian matrix, by divide and conquer.
  static func heevd(n: Int, a: UnsafeMutablePointer<Self>, values: UnsafeMutablePointer<Double>) -> Int
  /// Thin singular value decomposition, by divide and conquer; nil vectors are not computed.
  static func gesdd(
    m: Int, n: Int, a: UnsafeMutablePointer<Self>, values: UnsafeMutablePointer<Double>, left: UnsafeMutablePointer<Self>?,
    right: UnsafeMutablePointer<Self>?) -> Int
  /// R in the upper triangle and the Householder vectors below it.
  static func geqrf(m: Int, n: Int, a: UnsafeMutablePointer<Self>, factors: UnsafeMutablePointer<Self>) -> Int
  /// The first n columns of Q from n Householder vectors.
  static func ungqr(m: Int, n: Int, a: UnsafeMutablePointer<Self>, factors: UnsafePointer<Self>) -> Int
  /// The lower Cholesky factor in the lower triangle.
  static func potrf(n: Int, a: UnsafeMutablePointer<Self>) -> Int
  /// The solution of A X = B in place of B, by LU with partial pivoting.
  static func gesv(n: Int, count: Int, a: UnsafeMutablePointer<Self>, b: UnsafeMutablePointer<Self>) -> Int
}

extension Double: LAPACKScalar {
  public static func heevd(n: Int, a: UnsafeMutablePointer<Double>, values: UnsafeMutablePointer<Double>) -> Int {
    LAPACK.run { Int(LAPACKE_dsyevd($0, LAPACK.vectors, LAPACK.upper, Int32(n), a, BLAS.leading(n), values)) }
  }

  public static func gesdd(
    m: Int, n: Int, a: UnsafeMutablePointer<Double>, values: UnsafeMutablePointer<Double>, left: UnsafeMutablePointer<Double>?,
    right: UnsafeMutablePointer<Double>?
  ) -> Int {
    LAPACK.run {
      Int(
        LAPACKE_dgesdd(
          $0, left == nil ? LAPACK.none : LAPACK.thin, Int32(m), Int32(n), a, BLAS.leading(n), values,
          left, BLAS.leading(min(m, n)), right, BLAS.leading(n)))
    }
  }

  public static func geqrf(m: Int, n: Int, a: UnsafeMutablePointer<Double>, factors: UnsafeMutablePointer<Double>) -> Int {
    LAPACK.run { Int(LAPACKE_dgeqrf($0, Int32(m), Int32(n), a, BLAS.leading(n), factors)) }
  }

  public static func ungqr(m: Int, n: Int, a: UnsafeMutablePointer<Double>, factors: UnsafePointer<Double>) -> Int {
    LAPACK.run { Int(LAPACKE_dorgqr($0, Int32(m), Int32(n), Int32(n), a, BLAS.leading(n), factors)) }
  }

  public static func potrf(n: Int, a: UnsafeMutablePointer<Double>) -> Int {
    LAPACK.run { Int(LAPACKE_dpotrf($0, LAPACK.lower, Int32(n), a, BLAS.leading(n))) }
  }

  public static func gesv(n: Int, count: Int, a: UnsafeMutablePointer<Double>, b: UnsafeMutablePointer<Double>) -> Int {
    var pivots = [Int32](repeating: 0, count: n)
    return LAPACK.run {
      Int(LAPACKE_dgesv($0, Int32(n), Int32(count), a, BLAS.leading(n), &pivots, b, BLAS.leading(count)))
    }
  }
}

// Complex<Double> conforms where it conforms to MatrixScalar; these are its routines.
extension Complex where RealType == Double {
  public static func heevd(n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Double>) -> Int {
    LAPACK.run { Int(LAPACKE_zheevd($0, LAPACK.vectors, LAPACK.upper, Int32(n), lapack(a), BLAS.leading(n), values)) }
  }

  public static func gesdd(
    m: Int, n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Double>, left: UnsafeMutablePointer<Complex>?,
    right: UnsafeMutablePointer<Complex>?
  ) -> Int {
    LAPACK.run {
      Int(
        LAPACKE_zgesdd(
          $0, left == nil ? LAPACK.none : LAPACK.thin, Int32(m), Int32(n), lapack(a), BLAS.leading(n), values,
          left.map(lapack), BLAS.leading(min(m, n)), right.map(lapack), BLAS.leading(n)))
    }
  }

  public static func geqrf(m: Int, n: Int, a: UnsafeMutablePointer<Complex>, factors: UnsafeMutablePointer<Complex>) -> Int {
    LAPACK.run { Int(LAPACKE_zgeqrf($0, Int32(m), Int32(n), lapack(a), BLAS.leading(n), lapack(factors))) }
  }

  public static func ungqr(m: Int, n: Int, a: UnsafeMutablePointer<Complex>, factors: UnsafePointer<Complex>) -> Int {
    let factors = lapack(UnsafeMutablePointer(mutating: factors))
    return LAPACK.run { Int(LAPACKE_zungqr($0, Int32(m), Int32(n), Int32(n), lapack(a), BLAS.leading(n), factors)) }
  }

  public static func potrf(n: Int, a: UnsafeMutablePointer<Complex>) -> Int {
    LAPACK.run { Int(LAPACKE_zpotrf($0, LAPACK.lower, Int32(n), lapack(a), BLAS.leading(n))) }
  }

  public static func gesv(n: Int, count: Int, a: UnsafeMutablePointer<Complex>, b: UnsafeMutablePointer<Complex>) -> Int {
    var pivots = [Int32](repeating: 0, count: n)
    return LAPACK.run {
      Int(LAPACKE_zgesv($0, Int32(n), Int32(count), lapack(a), BLAS.leading(n), &pivots, lapack(b), BLAS.leading(count)))
    }
  }

  /// Eigenvalues and right eigenvectors of a general matrix.
  static func geev(
    n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Complex>, vectors: UnsafeMutablePointer<Complex>
  ) -> Int {
    let size = BLAS.leading(n)
    return LAPACK.run {
      Int(LAPACKE_zgeev($0, LAPACK.none, LAPACK.vectors, Int32(n), lapack(a), size, lapack(values), nil, size, lapack(vectors), size))
    }
  }

  /// The Schur form `A = basis T basis^dagger`: T in place of A, its diagonal in `values`.
  static func gees(
    n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Complex>, basis: UnsafeMutablePointer<Complex>
  ) -> Int {
    var sorted: Int32 = 0
    let size = BLAS.leading(n)
    return LAPACK.run {
      Int(
        LAPACKE_zgees(
          $0, LAPACK.vectors, LAPACK.none, nil, Int32(n), lapack(a), size, &sorted, lapack(values), lapack(basis), size))
    }
  }

  /// The same numbers as LAPACK's complex type, which has the same layout.
  static func lapack(_ pointer: UnsafeMutablePointer<Complex>) -> UnsafeMutablePointer<hilbert_complex_double> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: hilbert_complex_double.self)
  }
}

/// The letters of LAPACK's interface.
enum LAPACK {
  static let vectors = CChar(UInt8(ascii: "V"))
  static let none = CChar(UInt8(ascii: "N"))
  static let thin = CChar(UInt8(ascii: "S"))
  static let upper = CChar(UInt8(ascii: "U"))
  static let lower = CChar(UInt8(ascii: "L"))

  /// Calls a routine with the row-major layout and stops the program where the call itself was wrong.
  static func run(_ routine: (_ layout: Int32) -> Int) -> Int {
    BLAS.prepare()
    let info = routine(LAPACK_ROW_MAJOR)
    precondition(info > -1000, "LAPACK: not enough memory for its working space")
    precondition(info >= 0, "LAPACK: argument \(-info) is not valid")
    return info
  }
}
