import LinearAlgebra
import NeuralNetworks
import QuantumLearning
import Randomness
import Testing

/// The exponential of the re-uploading gates against `Matrix.exponential` and `exponentialDerivative`, which go another way: Padé
/// approximants with a solved linear system, scaled by the norm, in double precision.
@Suite struct ScaledExponentialTests {
  /// i times a Hermitian matrix whose spectrum ends near `norm`, and a strictly upper triangular one of Frobenius norm `defect`.
  static func generator(_ d: Int, norm: Double, defect: Double, seed: UInt64) -> ComplexMatrix {
    var source = RandomSource(seed: seed, index: UInt64(d))
    let hermitian = ComplexMatrix.randomHermitian(d, using: &source)
    var upper = ComplexMatrix.randomNormal(rows: d, columns: d, using: &source)
    for row in 0..<d {
      for column in 0...row { upper[row, column] = 0 }
    }
    let factor = norm / (hermitian.frobeniusNorm * 2 / Double(d).squareRoot())
    return Complex(0, factor) * hermitian + Complex(defect / upper.frobeniusNorm) * upper
  }

  /// The errors of exponential and derivative in Frobenius norms, relative to the results.
  private static func errors<Scalar: TensorScalar>(
    _ matrix: ComplexMatrix, along direction: ComplexMatrix, _: Scalar.Type
  ) throws -> (exponential: Double, derivative: Double) {
    let (a, e) = (PlanarMatrix<Scalar>(matrix), PlanarMatrix<Scalar>(direction))
    let exponential = try #require(ScaledExponential(a))
    let (expected, slope) = (try a.complex.exponential(), try a.complex.exponentialDerivative(along: e.complex))
    return (
      (exponential.matrix.complex - expected).frobeniusNorm / expected.frobeniusNorm,
      (exponential.derivative(along: e).complex - slope).frobeniusNorm / slope.frobeniusNorm
    )
  }

  @Test("errors are those of rounding the generator, from one to seven qubits", arguments: 1...7)
  func reference(qubits: Int) throws {
    let d = 1 << qubits
    var source = RandomSource(seed: 4, index: UInt64(qubits))
    for norm in [1e-3, 0.4, 3, 40, 300] {
      for defect in [0, 0.1, 2] where d > 2 || defect == 0 {
        let matrix = Self.generator(d, norm: norm, defect: defect, seed: 9)
        let direction = ComplexMatrix.randomNormal(rows: d, columns: d, using: &source)
        let (single, double) = (
          try Self.errors(matrix, along: direction, Float.self), try Self.errors(matrix, along: direction, Double.self)
        )
        // What rounding the entries of the generator alone may change, with some digits for the products.
        let bound = 4 * (1 + matrix.frobeniusNorm)
        #expect(single.exponential < bound * Double(Float.ulpOfOne) && single.derivative < bound * Double(Float.ulpOfOne))
        #expect(double.exponential < bound * Double.ulpOfOne && double.derivative < bound * Double.ulpOfOne)
      }
    }
  }

  @Test("the norms of powers count, not the norm")
  func squarings() throws {
    // The spectrum ends near 256, the norm is 1,448.
    let gate = Self.generator(128, norm: 256, defect: 0, seed: 2)
    #expect(try #require(ScaledExponential(PlanarMatrix<Float>(gate))).squarings == 8)
    #expect(try #require(ScaledExponential(PlanarMatrix<Double>(gate))).squarings == 10)
    // Nilpotent: the polynomial is exact, and e^A = I + A + A^2 / 2.
    let nilpotent: ComplexMatrix = [[0, 8, 32, 0], [0, 0, 8, 0], [0, 0, 0, 0], [0, 0, 0, 0]]
    let exponential = try #require(ScaledExponential(PlanarMatrix<Float>(nilpotent)))
    #expect(exponential.squarings == 0)
    #expect(exponential.matrix.complex == .identity(4) + nilpotent + Complex(0.5) * nilpotent * nilpotent)
    #expect(
      exponential.derivative(along: PlanarMatrix(.identity(4))).complex.isClose(to: exponential.matrix.complex, tolerance: 1e-4))
  }

  @Test("far from normal, each size a closed form", arguments: [1, 100, 1e4])
  func notNormal(entry: Double) throws {
    // exp [[1, x], [0, -1]] = [[e, x sinh 1], [0, 1/e]], on one of two qubits.
    let matrix = ComplexMatrix([[1, Complex(entry)], [0, -1]]).kronecker(.identity(2))
    let exponential = ComplexMatrix([[Complex(.exp(1)), Complex(entry * .sinh(1))], [0, Complex(.exp(-1))]]).kronecker(.identity(2))
    func error<Scalar: TensorScalar>(_: Scalar.Type) throws -> Double {
      let found = try #require(ScaledExponential(PlanarMatrix<Scalar>(matrix))).matrix.complex
      return (found - exponential).frobeniusNorm / exponential.frobeniusNorm
    }
    #expect(try error(Float.self) < 1e-5 && error(Double.self) < 1e-13)
  }

  @Test("zero gives the identity, what is no number or too large gives nothing")
  func limits() throws {
    for d in [2, 4, 16] {
      let zero = PlanarMatrix<Float>(ComplexMatrix(rows: d, columns: d))
      let exponential = try #require(ScaledExponential(zero))
      #expect(exponential.matrix.complex == .identity(d))
      let direction = PlanarMatrix<Float>(Self.generator(d, norm: 3, defect: 0, seed: 1))
      #expect(exponential.derivative(along: direction).complex.isClose(to: direction.complex, tolerance: 1e-6))
    }
    func isNothing(_ entry: Float) -> Bool {
      var matrix = PlanarMatrix<Float>(ComplexMatrix(rows: 4, columns: 4))
      matrix.numbers[0] = entry
      return ScaledExponential(matrix) == nil
    }
    #expect(!isNothing(20) && !isNothing(-1000))
    #expect(isNothing(.nan) && isNothing(-.infinity) && isNothing(1e30) && isNothing(-1e8) && isNothing(200))
  }
}
