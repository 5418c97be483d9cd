import COpenBLAS
import ComplexModule
import RealModule

// Complex<Double> conforms to LAPACKScalar where it conforms to MatrixScalar; these are its routines. The working space is ours,
// not LAPACKE's, because it needs the margin as well.
extension Complex where RealType == Double {
  public static func heevd(n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Double>) -> Int {
    var realWork = [Double](repeating: 0, count: 1 + 5 * n + 2 * n * n)
    var integerWork = [Int32](repeating: 0, count: 3 + 5 * n)
    let (realCount, integerCount) = (Int32(realWork.count), Int32(integerWork.count))
    // The lower triangle of the transpose is the upper triangle of A; its eigenvectors are the conjugates of those of A.
    return run(margin: LAPACK.margin(n, n)) { layout, work, count in
      OpenBLAS.LAPACKE_zheevd_work(
        layout, LAPACK.vectors, LAPACK.lower, Int32(n), lapack(a), BLAS.leading(n), values, work, count, &realWork, realCount,
        &integerWork, integerCount)
    }
  }

  public static func gesdd(
    m: Int, n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Double>,
    left: UnsafeMutablePointer<Complex>?, right: UnsafeMutablePointer<Complex>?
  ) -> Int {
    let (small, large) = (min(m, n), max(m, n))
    var realWork = [Double](repeating: 0, count: small * max(5 * small + 7, 2 * large + 2 * small + 1))
    var integerWork = [Int32](repeating: 0, count: 8 * small)
    return run(margin: LAPACK.margin(m, n)) { layout, work, count in
      OpenBLAS.LAPACKE_zgesdd_work(
        layout, left == nil ? LAPACK.none : LAPACK.thin, Int32(n), Int32(m), lapack(a), BLAS.leading(n), values,
        right.map(lapack), BLAS.leading(n), left.map(lapack), BLAS.leading(small), work, count, &realWork, &integerWork)
    }
  }

  public static func geqrf(m: Int, n: Int, a: UnsafeMutablePointer<Complex>, factors: UnsafeMutablePointer<Complex>) -> Int {
    run(margin: LAPACK.margin(m, n)) { layout, work, count in
      OpenBLAS.LAPACKE_zgelqf_work(layout, Int32(n), Int32(m), lapack(a), BLAS.leading(n), lapack(factors), work, count)
    }
  }

  public static func ungqr(m: Int, n: Int, a: UnsafeMutablePointer<Complex>, factors: UnsafePointer<Complex>) -> Int {
    let factors = lapack(UnsafeMutablePointer(mutating: factors))
    return run(margin: LAPACK.margin(m, n)) { layout, work, count in
      OpenBLAS.LAPACKE_zunglq_work(layout, Int32(n), Int32(m), Int32(n), lapack(a), BLAS.leading(n), factors, work, count)
    }
  }

  public static func potrf(n: Int, a: UnsafeMutablePointer<Complex>) -> Int {
    LAPACK.run { OpenBLAS.LAPACKE_zpotrf($0, LAPACK.upper, Int32(n), lapack(a), BLAS.leading(n)) }
  }

  public static func gesv(n: Int, count: Int, a: UnsafeMutablePointer<Complex>, b: UnsafeMutablePointer<Complex>) -> Int {
    var pivots = [Int32](repeating: 0, count: n)
    return LAPACK.run {
      OpenBLAS.LAPACKE_zgesv($0, Int32(n), Int32(count), lapack(a), BLAS.leading(n), &pivots, lapack(b), BLAS.leading(n))
    }
  }

  /// Eigenvalues of a general matrix, and the adjoint of the matrix of its right eigenvectors.
  static func geev(
    n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Complex>, vectors: UnsafeMutablePointer<Complex>
  ) -> Int {
    let size = BLAS.leading(n)
    var realWork = [Double](repeating: 0, count: 2 * n)
    // `u^dagger A^T = l u^dagger` for the left eigenvectors of the transpose says `A conj(u) = l conj(u)`.
    return run(margin: LAPACK.margin(n, n)) { layout, work, count in
      OpenBLAS.LAPACKE_zgeev_work(
        layout, LAPACK.vectors, LAPACK.none, Int32(n), lapack(a), size, lapack(values), lapack(vectors), size, nil, size, work,
        count, &realWork)
    }
  }

  /// The Schur form of a general matrix: eigenvalues, and the adjoint of the unitary basis that makes A lower triangular.
  static func gees(
    n: Int, a: UnsafeMutablePointer<Complex>, values: UnsafeMutablePointer<Complex>, basis: UnsafeMutablePointer<Complex>
  ) -> Int {
    let size = BLAS.leading(n)
    var sorted: Int32 = 0
    var realWork = [Double](repeating: 0, count: n)
    return run(margin: LAPACK.margin(n, n)) { layout, work, count in
      OpenBLAS.LAPACKE_zgees_work(
        layout, LAPACK.vectors, LAPACK.none, nil, Int32(n), lapack(a), size, &sorted, lapack(values), lapack(basis), size, work,
        count, &realWork, nil)
    }
  }

  /// Calls a routine twice: with the count -1, upon which it answers how much working space it wants, and to do its work.
  private static func run(
    margin: Int, _ routine: (_ layout: Int32, _ work: UnsafeMutablePointer<hilbert_complex_double>, _ count: Int32) -> Int32
  ) -> Int {
    var wanted = hilbert_complex_double()
    _ = LAPACK.run { routine($0, &wanted, -1) }
    let count = Int(wanted.real)
    var work = [hilbert_complex_double](repeating: hilbert_complex_double(), count: count + margin)
    return LAPACK.run { routine($0, &work, Int32(count)) }
  }

  /// The same numbers as LAPACK's complex type, which has the same layout.
  private static func lapack(_ pointer: UnsafeMutablePointer<Complex>) -> UnsafeMutablePointer<hilbert_complex_double> {
    UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: hilbert_complex_double.self)
  }
}
