import LinearAlgebra
import Randomness
import Testing

@Suite struct HermitianEigenTests {
  @Test(arguments: sizes)
  func complexDecompositionsRebuildTheMatrix(_ n: Int) throws {
    var source = RandomSource(seed: 1, index: UInt64(n))
    let matrix = ComplexMatrix.randomHermitian(n, using: &source)
    let eigen = try matrix.hermitianEigen()
    #expect(eigen.vectors.isUnitary(tolerance: 1e-12))
    #expect(eigen.matrix { Complex($0) }.isClose(to: matrix, tolerance: 1e-12))
    #expect(eigen.values == eigen.values.sorted())
    #expect(abs(eigen.values.reduce(0, +) - matrix.trace.real) < 1e-12 * Double(n))
  }

  @Test(arguments: sizes)
  func realDecompositionsRebuildTheMatrix(_ n: Int) throws {
    var source = RandomSource(seed: 2, index: UInt64(n))
    let matrix = RealMatrix.randomHermitian(n, using: &source)
    let eigen = try matrix.symmetricEigen()
    #expect(eigen.vectors.isUnitary(tolerance: 1e-12))
    #expect(eigen.matrix { $0 }.isClose(to: matrix, tolerance: 1e-12))
    let complexValues = try ComplexMatrix(matrix).hermitianEigen().values
    #expect(zip(eigen.values, complexValues).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  /// Eigenvalues of the open chain with neighbours coupled by -1: `-2 cos(pi j / (n + 1))`.
  @Test func chainHasItsKnownSpectrum() throws {
    let n = 12
    var chain = RealMatrix(rows: n, columns: n)
    for site in 1..<n { (chain[site - 1, site], chain[site, site - 1]) = (-1, -1) }
    for (place, value) in try chain.symmetricEigen().values.enumerated() {
      #expect(abs(value + 2 * .cos(.pi * Double(place + 1) / Double(n + 1))) < 1e-14)
    }
  }

  @Test(arguments: sizes)
  func rootsSquareToTheMatrix(_ n: Int) throws {
    var source = RandomSource(seed: 3, index: UInt64(n))
    // Half of the rank, so that some eigenvalues are zero up to rounding of either sign.
    let density = ComplexMatrix.randomDensity(n, rank: (n + 1) / 2, using: &source)
    let root = try density.squareRoot()
    #expect(root.isHermitian(tolerance: 1e-12))
    #expect((root * root).isClose(to: density, tolerance: 1e-12))
    #expect(try root.hermitianEigen().values.allSatisfy { $0 > -1e-12 })
  }

  @Test func rootsOfNegativeMatricesAreRefused() {
    #expect(throws: LinearAlgebraError.negativeEigenvalue(-1)) { try RealMatrix([[1, 0], [0, -1]]).squareRoot() }
  }

  @Test func nonHermitianMatricesStopTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = try RealMatrix([[1, 2], [3, 4]]).symmetricEigen() }
  }
}
