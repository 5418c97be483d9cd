import LinearAlgebra
import Randomness
import Testing

@Suite struct ExponentialTests {
  /// `sum A^k / k!`, which is accurate for norms near 1.
  func series(_ matrix: ComplexMatrix) -> ComplexMatrix {
    var term = ComplexMatrix.identity(matrix.rows), sum = term
    for order in 1...60 {
      term = Complex(1 / Double(order)) * term * matrix
      sum = sum + term
    }
    return sum
  }

  @Test(arguments: sizes)
  func equalsTheSeries(_ n: Int) throws {
    var source = RandomSource(seed: 1, index: UInt64(n))
    let normal = ComplexMatrix.randomNormal(rows: n, columns: n, using: &source)
    for norm in [1e-6, 0.3, 2, 7] {
      let matrix = Complex(norm / normal.oneNorm) * normal
      // The terms of the series reach e^norm before they cancel.
      #expect(try matrix.exponential().isClose(to: series(matrix), tolerance: 1e-14 * .exp(norm)))
    }
  }

  /// `A = S D S^-1` with a well-conditioned S, real and far from Hermitian.
  @Test(arguments: sizes)
  func equalsTheEigenvalueForm(_ n: Int) throws {
    var source = RandomSource(seed: 2, index: UInt64(n))
    let values = (0..<n).map { _ in source.uniform(in: -8...2) }
    let basis = RealMatrix.randomUnitary(n, using: &source) + 0.3 * RealMatrix.identity(n)
    let inverse = try basis.inverse()
    let expected = basis * .diagonal(values.map { .exp($0) }) * inverse
    #expect(try (basis * .diagonal(values) * inverse).exponential().isClose(to: expected, tolerance: 1e-10))
  }

  /// Entries whose squares, or whose sums over a column, are too large for a number.
  @Test(arguments: [1e160, 1e300, 1.7e308]) func hugeEntriesThatCancelStayExact(_ entry: Double) throws {
    // Nilpotent: e^A = I + A + A^2 / 2, and A^2 = 0.
    let real = RealMatrix([[0, entry, entry], [0, 0, 0], [0, 0, 0]])
    #expect(try real.exponential() == .identity(3) + real)
    let complex = ComplexMatrix([[0, Complex(0, entry)], [0, 0]])
    #expect(try complex.exponential() == .identity(2) + complex)
    #expect(RealMatrix([[entry, 0]]).maximumMagnitude == entry && RealMatrix([[1 / entry]]).oneNorm == 1 / entry)
  }

  @Test(arguments: sizes)
  func hermitianAndSkewHermitianFormsAgree(_ n: Int) throws {
    var source = RandomSource(seed: 3, index: UInt64(n))
    let hermitian = ComplexMatrix.randomHermitian(n, using: &source)
    let exponential = try hermitian.exponential()
    let root = try (Complex(0.5) * hermitian).exponential()
    #expect(exponential.isHermitian(tolerance: 1e-13 * exponential.oneNorm))
    #expect((root * root).isClose(to: exponential, tolerance: 1e-12 * exponential.oneNorm))
    for time in [0.1, 1, -3] {
      let evolution = try hermitian.evolution(time: time)
      #expect(evolution.isUnitary(tolerance: 1e-12))
      #expect(try (Complex(0, -time) * hermitian).exponential().isClose(to: evolution, tolerance: 1e-11))
    }
    #expect(try hermitian.evolution(time: 1e6).isUnitary(tolerance: 1e-12))
  }

  /// The definition by a matrix of twice the size, and a central difference.
  @Test(arguments: sizes)
  func derivativeIsABlockOfTheExponential(_ n: Int) throws {
    var source = RandomSource(seed: 5, index: UInt64(n))
    let normal = ComplexMatrix.randomNormal(rows: n, columns: n, using: &source)
    let direction = ComplexMatrix.randomNormal(rows: n, columns: n, using: &source)
    for norm in [1e-6, 2, 30] {
      let matrix = Complex(0, norm / normal.oneNorm) * normal
      let derivative = try matrix.exponentialDerivative(along: direction)
      var block = ComplexMatrix(rows: 2 * n, columns: 2 * n)
      for i in 0..<n {
        for j in 0..<n {
          (block[i, j], block[n + i, n + j], block[i, n + j]) = (matrix[i, j], matrix[i, j], direction[i, j])
        }
      }
      let whole = try block.exponential()
      let corner = ComplexMatrix(rows: n, columns: n, elements: (0..<n * n).map { whole[$0 / n, n + $0 % n] })
      #expect(derivative.isClose(to: corner, tolerance: 1e-12 * max(1, corner.oneNorm)))
      let step = Complex(1e-5) * direction
      let difference = Complex(5e4) * (try (matrix + step).exponential() - (try (matrix - step).exponential()))
      #expect(derivative.isClose(to: difference, tolerance: 1e-8 * max(1, difference.oneNorm)))
    }
    #expect(try normal.exponentialDerivative(along: ComplexMatrix(rows: n, columns: n)) == ComplexMatrix(rows: n, columns: n))
  }

  @Test func knownExponentials() throws {
    let nilpotent: RealMatrix = [[0, 1, 2], [0, 0, 3], [0, 0, 0]]
    #expect(try nilpotent.exponential().isClose(to: [[1, 1, 3.5], [0, 1, 3], [0, 0, 1]], tolerance: 1e-15))
    let angle = 100.0
    let rotation: RealMatrix = [[.cos(angle), -.sin(angle)], [.sin(angle), .cos(angle)]]
    #expect(try RealMatrix([[0, -angle], [angle, 0]]).exponential().isClose(to: rotation, tolerance: 1e-12))
    #expect(try RealMatrix(rows: 3, columns: 3).exponential() == .identity(3))
    #expect(try RealMatrix([[0]]).exponential() == [[1]])
    let half = Complex(0.5) * ([[0, 1], [1, 0]] as ComplexMatrix)
    let (c, s) = (Complex(Double.cos(0.35)), Complex(0, -Double.sin(0.35)))
    #expect(try half.evolution(time: 0.7).isClose(to: [[c, s], [s, c]], tolerance: 1e-15))
  }

  /// Moler, Van Loan, "Nineteen dubious ways to compute the exponential of a matrix": the plain series loses every digit of the
  /// first; scaling by the norm of the second loses digits of its diagonal. Both have closed forms.
  @Test func hardExponentials() throws {
    let (slow, fast) = (Double.exp(-1), Double.exp(-17))
    let cancelling: RealMatrix = [[-49, 24], [-64, 31]]
    let expected: RealMatrix = [[3 * fast - 2 * slow, 1.5 * (slow - fast)], [4 * (fast - slow), 3 * slow - 2 * fast]]
    #expect(try cancelling.exponential().isClose(to: expected, tolerance: 1e-12))
    let steep = try RealMatrix([[1, 1e6], [0, -1]]).exponential()
    #expect(abs(steep[0, 0] - .exp(1)) < 1e-10 && abs(steep[1, 1] - slow) < 1e-10)
    #expect(abs(steep[0, 1] / (1e6 * .sinh(1)) - 1) < 1e-11)
  }
}
