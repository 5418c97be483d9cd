import LinearAlgebra
import Randomness
import Testing

@Suite struct StructureTests {
  static let i = Complex(0.0, 1)
  static let y: ComplexMatrix = [[0, -i], [i, 0]]
  static let s: ComplexMatrix = [[1, 0], [0, i]]
  static let h: ComplexMatrix = Complex(0.5.squareRoot()) * [[1, 1], [1, -1]]
  static let cx: ComplexMatrix = [[1, 0, 0, 0], [0, 0, 0, 1], [0, 0, 1, 0], [0, 1, 0, 0]]

  @Test func hermitianAndUnitary() {
    for gate in [Self.y, Self.s, Self.h, Self.cx] { #expect(gate.isUnitary()) }
    #expect(Self.y.isHermitian() && Self.h.isHermitian() && Self.cx.isHermitian() && !Self.s.isHermitian())
    #expect(!(2 * Self.y).isUnitary() && !ComplexMatrix(rows: 2, columns: 3).isUnitary())
    #expect(!ComplexMatrix(rows: 2, columns: 3).isHermitian())
  }

  @Test func diagonal() {
    #expect(Self.s.isDiagonal() && !Self.h.isDiagonal())
    #expect(RealMatrix([[1, 0, 0], [0, 2, 0]]).isDiagonal() && !RealMatrix([[1, 0, 3], [0, 2, 0]]).isDiagonal())
  }

  @Test func monomial() throws {
    let form = try #require(Self.y.monomialForm())
    #expect(form.rows == [1, 0] && form.factors == [Self.i, -Self.i])
    #expect(Self.cx.monomialForm()?.rows == [0, 3, 2, 1])
    #expect(Self.h.monomialForm() == nil)
    #expect(RealMatrix([[1, 1], [0, 0]]).monomialForm() == nil)
    #expect(RealMatrix([[1, 0], [0, 0]]).monomialForm() == nil)
  }

  /// A deviation counts from just above the tolerance, in every test.
  @Test(arguments: [1e-6, 1e-10])
  func tolerancesDecide(_ tolerance: Double) {
    for (factor, expected) in [(0.9, true), (1.1, false)] {
      var bent = ComplexMatrix.identity(4)
      bent[1, 2] += Complex(0, factor * tolerance)
      #expect(bent.isClose(to: .identity(4), tolerance: tolerance) == expected)
      #expect(bent.isDiagonal(tolerance: tolerance) == expected)
      #expect(bent.isHermitian(tolerance: tolerance) == expected)
      #expect(bent.isUnitary(tolerance: tolerance) == expected)
      #expect((bent.monomialForm(tolerance: tolerance) != nil) == expected)
    }
  }

  @Test func notANumberIsCloseToNothing() {
    let broken: RealMatrix = [[.nan]]
    #expect(!broken.isClose(to: broken) && !broken.isUnitary() && !broken.isHermitian())
    #expect(!RealMatrix.identity(2).isClose(to: .identity(3)))
  }

  @Test(arguments: [0.0, 0.3, -2, .pi])
  func phasesAreDividedOut(_ phase: Double) {
    var source = RandomSource(seed: 1)
    let unitary = ComplexMatrix.randomUnitary(4, using: &source)
    let turned = Complex(length: 1, phase: phase) * unitary
    #expect(turned.isClose(to: unitary, upToPhaseWithin: 1e-12))
    #expect(turned.isClose(to: unitary, tolerance: 1e-12) == (phase == 0))
    #expect(!turned.isClose(to: .randomUnitary(4, using: &source), upToPhaseWithin: 0.1))
    #expect(!(2 * turned).isClose(to: unitary, upToPhaseWithin: 0.1))
  }

  @Test func norms() throws {
    let matrix: RealMatrix = [[3, 0], [-4, 0], [0, 12]]
    #expect(matrix.frobeniusNorm == 13)
    #expect(matrix.oneNorm == 12)
    #expect(matrix.maximumMagnitude == 12)
    #expect(abs(try matrix.spectralNorm() - 12) < 1e-14)
    #expect(abs(try matrix.traceNorm() - 17) < 1e-14)
  }
}
