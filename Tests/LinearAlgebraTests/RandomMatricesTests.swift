import LinearAlgebra
import Randomness
import Testing

@Suite struct RandomMatricesTests {
  @Test(arguments: sizes)
  func unitariesAreUnitary(_ n: Int) {
    var source = RandomSource(seed: 1, index: UInt64(n))
    #expect(ComplexMatrix.randomUnitary(n, using: &source).isUnitary(tolerance: 1e-12))
    #expect(RealMatrix.randomUnitary(n, using: &source).isUnitary(tolerance: 1e-12))
  }

  /// Haar measure: `E|Tr U|^2 = 1`, `E|Tr U^2|^2 = 2`, `E Tr U = 0`, for dimension 3. Without the phases of R this fails.
  @Test func unitariesAreHaar() {
    var source = RandomSource(seed: 2)
    let draws = 10_000
    var (mean, first, second) = (Complex<Double>.zero, 0.0, 0.0)
    for _ in 0..<draws {
      let unitary = ComplexMatrix.randomUnitary(3, using: &source)
      mean += unitary.trace
      first += unitary.trace.squaredMagnitude
      second += (unitary * unitary).trace.squaredMagnitude
    }
    let error = 1 / Double(draws).squareRoot()
    #expect(mean.length / Double(draws) < 4 * error)
    #expect(abs(first / Double(draws) - 1) < 4 * error)
    #expect(abs(second / Double(draws) - 2) < 4 * 2 * error)
  }

  /// Mean purity `(d + k) / (d k + 1)` of a density matrix of dimension d and rank k.
  @Test(arguments: [(2, 2), (4, 1), (4, 2), (4, 4)])
  func densitiesHaveTheirPurity(_ dimension: Int, _ rank: Int) throws {
    var source = RandomSource(seed: 3, stream: UInt64(dimension), index: UInt64(rank))
    let draws = 3000
    var purities: [Double] = []
    for draw in 0..<draws {
      let density = ComplexMatrix.randomDensity(dimension, rank: rank, using: &source)
      purities.append((density * density).trace.real)
      guard draw < 20 else { continue }
      #expect(density.isHermitian(tolerance: 1e-14))
      #expect((density.trace - 1).length < 1e-14)
      let values = try density.hermitianEigen().values
      #expect(values.count(where: { $0 > 1e-10 }) == rank && values.allSatisfy { $0 > -1e-14 })
    }
    let mean = purities.reduce(0, +) / Double(draws)
    let variance = purities.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(draws)
    let expected = Double(dimension + rank) / Double(dimension * rank + 1)
    #expect(abs(mean - expected) <= 4 * (variance / Double(draws)).squareRoot() + 1e-12)
  }

  @Test(arguments: sizes)
  func hermitiansAreHermitian(_ n: Int) {
    var source = RandomSource(seed: 4, index: UInt64(n))
    #expect(ComplexMatrix.randomHermitian(n, using: &source).isHermitian(tolerance: 0))
    #expect(RealMatrix.randomHermitian(n, using: &source).isHermitian(tolerance: 0))
  }

  @Test func normalEntriesHaveUnitVariance() {
    var source = RandomSource(seed: 5)
    let matrix = ComplexMatrix.randomNormal(rows: 200, columns: 200, using: &source)
    #expect(abs(matrix.frobeniusNorm * matrix.frobeniusNorm / 40_000 - 1) < 4 / 200)
    #expect(matrix.elements.reduce(.zero, +).length < 4 * 200)
    #expect(abs(matrix.realPart.frobeniusNorm / matrix.imaginaryPart.frobeniusNorm - 1) < 0.02)
  }
}
