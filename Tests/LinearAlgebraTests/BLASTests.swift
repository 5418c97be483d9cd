import LinearAlgebra
import Randomness
import Testing

/// Every product of the wrapper against the definition, entry by entry.
@Suite struct BLASTests {
  struct Shape: Sendable { let m: Int, n: Int, k: Int }

  static let shapes = [(1, 1, 1), (2, 3, 4), (5, 1, 7), (1, 6, 3), (17, 13, 19), (64, 33, 65)].map { Shape(m: $0, n: $1, k: $2) }

  /// Entry (r, c) of op(A), for A stored with `stride` entries a row.
  static func entry<Scalar>(_ a: [Scalar], _ row: Int, _ column: Int, stride: Int, transposed: Bool) -> Scalar {
    transposed ? a[column * stride + row] : a[row * stride + column]
  }

  @Test(arguments: shapes, [(false, false), (true, false), (false, true), (true, true)])
  func doubleProductsEqualTheDefinition(_ shape: Shape, _ transposed: (Bool, Bool)) {
    var source = RandomSource(seed: 1, stream: UInt64(shape.m), index: UInt64(shape.k))
    let (lda, ldb, ldc) = ((transposed.0 ? shape.m : shape.k) + 2, (transposed.1 ? shape.k : shape.n) + 1, shape.n + 3)
    let a = (0..<(transposed.0 ? shape.k : shape.m) * lda).map { _ in source.normal() }
    let b = (0..<(transposed.1 ? shape.n : shape.k) * ldb).map { _ in source.normal() }
    let start = (0..<shape.m * ldc).map { _ in source.normal() }
    var c = start
    BLAS.gemm(
      transposeA: transposed.0, transposeB: transposed.1, m: shape.m, n: shape.n, k: shape.k, alpha: -0.5, a: a, lda: lda,
      b: b, ldb: ldb, beta: 2, c: &c, ldc: ldc)
    for row in 0..<shape.m {
      for column in 0..<ldc {
        let before = start[row * ldc + column]
        let product = (0..<shape.k).reduce(0.0) {
          $0 + Self.entry(a, row, $1, stride: lda, transposed: transposed.0)
            * (column < shape.n ? Self.entry(b, $1, column, stride: ldb, transposed: transposed.1) : 0)
        }
        // The space between the rows stays as it was.
        let expected = column < shape.n ? 2 * before - 0.5 * product : before
        #expect(abs(c[row * ldc + column] - expected) <= 1e-13 * Double(shape.k))
      }
    }
  }

  @Test(arguments: shapes, [false, true])
  func gramMatricesAreProducts(_ shape: Shape, _ transposed: Bool) {
    var source = RandomSource(seed: 3, stream: UInt64(shape.m), index: UInt64(shape.k))
    let (n, k) = (shape.m, shape.k)
    let lda = (transposed ? n : k) + 1
    let a = (0..<(transposed ? k : n) * lda).map { _ in source.normal() }
    var (c, single) = ([Double](repeating: 7, count: n * n), [Float](repeating: 7, count: n * n))
    BLAS.syrk(transpose: transposed, n: n, k: k, a: a, lda: lda, c: &c, ldc: n)
    BLAS.syrk(transpose: transposed, n: n, k: k, a: a.map { Float($0) }, lda: lda, c: &single, ldc: n)
    for row in 0..<n {
      for column in 0..<n {
        let product = (0..<k).reduce(0.0) {
          $0 + Self.entry(a, row, $1, stride: lda, transposed: transposed)
            * Self.entry(a, column, $1, stride: lda, transposed: transposed)
        }
        // The lower triangle stays as it was.
        let expected = column >= row ? product : 7
        #expect(abs(c[row * n + column] - expected) <= 1e-13 * Double(k))
        #expect(abs(Double(single[row * n + column]) - expected) <= 1e-5 * Double(k))
      }
    }
  }

  @Test(arguments: shapes, [(false, false), (true, false), (false, true), (true, true)])
  func floatProductsEqualTheDefinition(_ shape: Shape, _ transposed: (Bool, Bool)) {
    var source = RandomSource(seed: 2, stream: UInt64(shape.m), index: UInt64(shape.k))
    let (lda, ldb) = (transposed.0 ? shape.m : shape.k, transposed.1 ? shape.k : shape.n)
    let a = (0..<shape.m * shape.k).map { _ in Float(source.normal()) }
    let b = (0..<shape.k * shape.n).map { _ in Float(source.normal()) }
    // With beta = 0 the old contents do not matter, not even NaN.
    var c = [Float](repeating: .nan, count: shape.m * shape.n)
    BLAS.gemm(
      transposeA: transposed.0, transposeB: transposed.1, m: shape.m, n: shape.n, k: shape.k, a: a, lda: lda, b: b, ldb: ldb,
      c: &c, ldc: shape.n)
    for row in 0..<shape.m {
      for column in 0..<shape.n {
        let expected = (0..<shape.k).reduce(Float(0)) {
          $0 + Self.entry(a, row, $1, stride: lda, transposed: transposed.0)
            * Self.entry(b, $1, column, stride: ldb, transposed: transposed.1)
        }
        #expect(abs(c[row * shape.n + column] - expected) <= 1e-5 * Float(shape.k))
      }
    }
  }

  @Test(arguments: shapes, [BLAS.Form.plain, .transpose, .adjoint])
  func complexProductsEqualTheDefinition(_ shape: Shape, _ form: BLAS.Form) {
    var source = RandomSource(seed: 3, stream: UInt64(shape.m), index: UInt64(shape.k))
    let a = ComplexMatrix.randomNormal(rows: shape.m, columns: shape.k, using: &source)
    let b = ComplexMatrix.randomNormal(rows: shape.k, columns: shape.n, using: &source)
    let start = ComplexMatrix.randomNormal(rows: shape.m, columns: shape.n, using: &source)
    let (alpha, beta) = (Complex(0.5, -2), Complex(0, 1))
    let stored = form == .plain ? a : form == .transpose ? a.transpose : a.adjoint
    var c = start
    BLAS.gemm(
      formA: form, m: shape.m, n: shape.n, k: shape.k, alpha: alpha, a: stored.elements, lda: stored.columns, b: b.elements,
      ldb: shape.n, beta: beta, c: &c.elements, ldc: shape.n)
    for row in 0..<shape.m {
      for column in 0..<shape.n {
        let product = (0..<shape.k).reduce(Complex.zero) { $0 + a[row, $1] * b[$1, column] }
        let expected = alpha * product + beta * start[row, column]
        #expect((c[row, column] - expected).length <= 1e-13 * Double(shape.k))
      }
    }
  }

  @Test(arguments: shapes)
  func gramMatricesEqualTheProduct(_ shape: Shape) {
    var source = RandomSource(seed: 4, stream: UInt64(shape.m), index: UInt64(shape.k))
    let a = ComplexMatrix.randomNormal(rows: shape.m, columns: shape.k, using: &source)
    var outer = ComplexMatrix(rows: shape.m, columns: shape.m)
    BLAS.herk(n: shape.m, k: shape.k, alpha: 3, a: a.elements, lda: shape.k, c: &outer.elements, ldc: shape.m)
    #expect(outer.isClose(to: 3 * a * a.adjoint, tolerance: 1e-12 * Double(shape.k)))
    #expect(outer.isHermitian(tolerance: 0))
    var inner = ComplexMatrix(rows: shape.k, columns: shape.k)
    BLAS.herk(adjoint: true, n: shape.k, k: shape.m, a: a.elements, lda: shape.k, c: &inner.elements, ldc: shape.k)
    #expect(inner.isClose(to: a.adjoint * a, tolerance: 1e-12 * Double(shape.m)))
  }

  @Test(arguments: shapes, [false, true])
  func vectorProductsEqualTheDefinition(_ shape: Shape, _ transposed: Bool) {
    var source = RandomSource(seed: 5, stream: UInt64(shape.m), index: UInt64(shape.k))
    let a = RealMatrix.randomNormal(rows: shape.m, columns: shape.k, using: &source)
    let matrix = transposed ? a.transpose : a
    let x = (0..<matrix.columns).map { _ in source.normal() }
    var y = (0..<matrix.rows).map { _ in source.normal() }
    let expected = (0..<matrix.rows).map { row in 0.5 * y[row] + zip(matrix.row(row), x).reduce(0) { $0 + 2 * $1.0 * $1.1 } }
    var single = y.map { Float($0) }
    BLAS.gemv(
      transpose: transposed, rows: shape.m, columns: shape.k, alpha: 2, a: a.elements, lda: shape.k, x: x, beta: 0.5, y: &y)
    BLAS.gemv(
      transpose: transposed, rows: shape.m, columns: shape.k, alpha: 2, a: a.elements.map { Float($0) }, lda: shape.k,
      x: x.map { Float($0) }, beta: 0.5, y: &single)
    for (row, value) in expected.enumerated() {
      #expect(abs(y[row] - value) < 1e-12)
      #expect(abs(Double(single[row]) - value) < 1e-4)
    }
  }

  /// Many threads of ours call one-threaded BLAS at once and get the answer of one thread, to the bit.
  @Test func productsAreTheSameFromEveryThread() async {
    var source = RandomSource(seed: 6)
    let a = RealMatrix.randomNormal(rows: 90, columns: 90, using: &source)
    let alone = a * a
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 { group.addTask { a * a == alone } }
      for await same in group { #expect(same) }
    }
  }

  @Test func openBLASNamesItself() { #expect(BLAS.version.hasPrefix("OpenBLAS")) }
}
