import LinearAlgebra
import Randomness
import Testing

/// Singular values, QR, Cholesky, linear systems and the general eigenvalue problem, by their defining equations.
@Suite struct DecompositionTests {
  static let shapes = [(1, 1), (2, 5), (5, 2), (8, 8), (17, 30), (40, 7)]

  @Test(arguments: shapes)
  func singularValuesRebuildTheMatrix(_ rows: Int, _ columns: Int) throws {
    var source = RandomSource(seed: 1, stream: UInt64(rows), index: UInt64(columns))
    let matrix = ComplexMatrix.randomNormal(rows: rows, columns: columns, using: &source)
    let parts = try matrix.singularValueDecomposition()
    let rank = min(rows, columns)
    #expect((parts.left.adjoint * parts.left).isClose(to: .identity(rank), tolerance: 1e-12))
    #expect((parts.rightAdjoint * parts.rightAdjoint.adjoint).isClose(to: .identity(rank), tolerance: 1e-12))
    let rebuilt = parts.left * .diagonal(parts.values.map { Complex($0) }) * parts.rightAdjoint
    #expect(rebuilt.isClose(to: matrix, tolerance: 1e-12))
    #expect(parts.values == parts.values.sorted(by: >) && parts.values.allSatisfy { $0 >= 0 })
    #expect(zip(parts.values, try matrix.singularValues()).allSatisfy { abs($0 - $1) < 1e-12 })

    let real = try matrix.realPart.singularValueDecomposition()
    #expect((real.left * .diagonal(real.values) * real.rightAdjoint).isClose(to: matrix.realPart, tolerance: 1e-12))
  }

  @Test(arguments: shapes)
  func orthogonalFactorsRebuildTheMatrix(_ rows: Int, _ columns: Int) throws {
    var source = RandomSource(seed: 2, stream: UInt64(rows), index: UInt64(columns))
    let matrix = ComplexMatrix.randomNormal(rows: rows, columns: columns, using: &source)
    let parts = try matrix.qrDecomposition()
    #expect((parts.q.adjoint * parts.q).isClose(to: .identity(min(rows, columns)), tolerance: 1e-12))
    #expect((parts.q * parts.r).isClose(to: matrix, tolerance: 1e-12))
    for row in 0..<parts.r.rows { for column in 0..<row { #expect(parts.r[row, column] == 0) } }

    let real = try matrix.realPart.qrDecomposition()
    #expect((real.q * real.r).isClose(to: matrix.realPart, tolerance: 1e-12))
  }

  @Test(arguments: sizes)
  func choleskyFactorsRebuildTheMatrix(_ n: Int) throws {
    var source = RandomSource(seed: 3, index: UInt64(n))
    let matrix = ComplexMatrix.randomDensity(n, using: &source) + ComplexMatrix.identity(n)
    let lower = try matrix.cholesky()
    #expect((lower * lower.adjoint).isClose(to: matrix, tolerance: 1e-13))
    #expect(lower.diagonal.allSatisfy { $0.real > 0 && $0.imaginary == 0 })
    for row in 0..<n { for column in row + 1..<max(n, row + 1) { #expect(lower[row, column] == 0) } }

    let real = RealMatrix.randomDensity(n, using: &source) + RealMatrix.identity(n)
    let realLower = try real.cholesky()
    #expect((realLower * realLower.transpose).isClose(to: real, tolerance: 1e-13))
  }

  @Test func choleskyKnownFactor() throws {
    #expect(try RealMatrix([[4, 2], [2, 10]]).cholesky() == [[2, 0], [1, 3]])
  }

  @Test(arguments: sizes)
  func solutionsSolve(_ n: Int) throws {
    var source = RandomSource(seed: 4, index: UInt64(n))
    let matrix = ComplexMatrix.randomUnitary(n, using: &source) + Complex(0.5) * ComplexMatrix.randomUnitary(n, using: &source)
    let rightHandSides = ComplexMatrix.randomNormal(rows: n, columns: 3, using: &source)
    #expect((matrix * (try matrix.solve(rightHandSides))).isClose(to: rightHandSides, tolerance: 1e-12))
    #expect((try matrix.inverse() * matrix).isClose(to: .identity(n), tolerance: 1e-12))
    #expect(try matrix.solve(rightHandSides.column(1)).count == n)

    let real = RealMatrix.randomUnitary(n, using: &source) + 0.5 * RealMatrix.randomUnitary(n, using: &source)
    #expect((real * (try real.inverse())).isClose(to: .identity(n), tolerance: 1e-12))
  }

  @Test(arguments: sizes)
  func generalEigenvectorsAreEigenvectors(_ n: Int) throws {
    var source = RandomSource(seed: 5, index: UInt64(n))
    let matrix = ComplexMatrix.randomNormal(rows: n, columns: n, using: &source)
    let eigen = try matrix.eigen()
    #expect((matrix * eigen.vectors).isClose(to: eigen.vectors * .diagonal(eigen.values), tolerance: 1e-11))
    #expect((eigen.values.reduce(.zero, +) - matrix.trace).length < 1e-11)
    for column in 0..<n {
      #expect(abs(eigen.vectors.column(column).reduce(0) { $0 + $1.squaredMagnitude } - 1) < 1e-12)
    }
  }

  @Test(arguments: sizes)
  func powersOfUnitariesAreRoots(_ n: Int) throws {
    var source = RandomSource(seed: 6, index: UInt64(n))
    let unitary = ComplexMatrix.randomUnitary(n, using: &source)
    let third = try unitary.unitaryPower(1.0 / 3)
    #expect(third.isUnitary(tolerance: 1e-12))
    #expect((third * third * third).isClose(to: unitary, tolerance: 1e-12))
    #expect(try unitary.unitaryPower(-1).isClose(to: unitary.adjoint, tolerance: 1e-12))
  }

  /// Repeated eigenvalues: the root of SWAP, in the form everyone writes it.
  @Test func rootOfSwap() throws {
    let swap: ComplexMatrix = [[1, 0, 0, 0], [0, 0, 1, 0], [0, 1, 0, 0], [0, 0, 0, 1]]
    let (same, other) = (Complex(0.5, 0.5), Complex(0.5, -0.5))
    let root: ComplexMatrix = [[1, 0, 0, 0], [0, same, other, 0], [0, other, same, 0], [0, 0, 0, 1]]
    #expect(try swap.unitaryPower(0.5).isClose(to: root, tolerance: 1e-14))
  }
}
