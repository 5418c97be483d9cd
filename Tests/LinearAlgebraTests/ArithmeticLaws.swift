import LinearAlgebra
import Randomness
import Testing

/// Sizes on both sides of the change from the plain loop to BLAS.
let sizes = [1, 2, 3, 4, 5, 7, 8, 9, 16, 17, 33, 64]

@Suite struct ArithmeticLaws {
  @Test(arguments: sizes)
  func productsEqualTheDefinition(_ n: Int) {
    var source = RandomSource(seed: 1, index: UInt64(n))
    let a = ComplexMatrix.randomNormal(rows: n, columns: n + 1, using: &source)
    let b = ComplexMatrix.randomNormal(rows: n + 1, columns: max(1, n - 1), using: &source)
    let product = a * b
    let realProduct = a.realPart * b.realPart
    for row in 0..<n {
      for column in 0..<b.columns {
        let pairs = zip(a.row(row), b.column(column))
        #expect((product[row, column] - pairs.reduce(.zero) { $0 + $1.0 * $1.1 }).length < 1e-13 * Double(n + 1))
        #expect(abs(realProduct[row, column] - pairs.reduce(0) { $0 + $1.0.real * $1.1.real }) < 1e-13 * Double(n + 1))
      }
    }
  }

  @Test(arguments: sizes)
  func ringLawsHold(_ n: Int) {
    var source = RandomSource(seed: 2, index: UInt64(n))
    let (a, b, c) = (
      ComplexMatrix.randomNormal(rows: n, columns: n, using: &source),
      ComplexMatrix.randomNormal(rows: n, columns: n, using: &source),
      ComplexMatrix.randomNormal(rows: n, columns: n, using: &source)
    )
    let tolerance = 1e-13 * Double(n * n)
    #expect(((a * b) * c).isClose(to: a * (b * c), tolerance: tolerance))
    #expect((a * (b + c)).isClose(to: a * b + a * c, tolerance: tolerance))
    #expect((a * b).adjoint.isClose(to: b.adjoint * a.adjoint, tolerance: tolerance))
    #expect((a * b).transpose.isClose(to: b.transpose * a.transpose, tolerance: tolerance))
    #expect(((a * b).trace - (b * a).trace).length < tolerance)
    #expect(a * .identity(n) == a)
    #expect(a.conjugate.transpose == a.adjoint)
    #expect(a - b == a + -b)
    #expect(ComplexMatrix(a.realPart) + Complex(0, 1) * ComplexMatrix(a.imaginaryPart) == a)
  }

  @Test(arguments: [(1, 2, 3, 2), (2, 2, 2, 2), (4, 2, 2, 4), (3, 5, 2, 1)])
  func kroneckerProductsMix(_ rows: Int, _ columns: Int, _ lowRows: Int, _ lowColumns: Int) {
    var source = RandomSource(seed: 3)
    let a = ComplexMatrix.randomNormal(rows: rows, columns: columns, using: &source)
    let b = ComplexMatrix.randomNormal(rows: lowRows, columns: lowColumns, using: &source)
    let c = ComplexMatrix.randomNormal(rows: columns, columns: 3, using: &source)
    let d = ComplexMatrix.randomNormal(rows: lowColumns, columns: 2, using: &source)
    #expect((a.kronecker(b) * c.kronecker(d)).isClose(to: (a * c).kronecker(b * d), tolerance: 1e-12))
    #expect(a.kronecker(b).adjoint == a.adjoint.kronecker(b.adjoint))
  }
}
