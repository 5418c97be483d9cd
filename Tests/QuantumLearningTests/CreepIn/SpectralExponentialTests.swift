import LinearAlgebra
import NeuralNetworks
import QuantumLearning
import Randomness
import Testing

/// The exponential of unitary gates against `Matrix.exponential` and `exponentialDerivative`, which go another way.
@Suite struct SpectralExponentialTests {
  @Test("equal and nearly equal eigenvalues too, from one to seven qubits", arguments: 1...7)
  func reference(qubits: Int) throws {
    let d = 1 << qubits
    var source = RandomSource(seed: 5, index: UInt64(qubits))
    var nearlyEqual = ComplexMatrix(rows: d, columns: d)
    for row in 0..<d { nearlyEqual[row, row] = Complex(2 + [0, 0, 1e-7, 1e-4, 1][row % 5]) }
    let turn = try (Complex(0, 1) * ComplexMatrix.randomHermitian(d, using: &source)).exponential()
    let generators = [1e-3, 3, 40].map { Complex(0, -1) * ScaledExponentialTests.generator(d, norm: $0, defect: 0, seed: 9) }
    for generator in generators + [nearlyEqual, turn * nearlyEqual * turn.adjoint] {
      let hermitian = Complex(0.5) * (generator + generator.adjoint)
      let direction = ComplexMatrix.randomNormal(rows: d, columns: d, using: &source)
      let matrix = Complex(0, 1) * hermitian
      let (expected, slope) = (try matrix.exponential(), try matrix.exponentialDerivative(along: direction))
      func check<Scalar: TensorScalar>(_: Scalar.Type) throws {
        let exponential = try #require(SpectralExponential<Scalar>(PlanarMatrix<Double>(hermitian)))
        let bound = 16 * (1 + hermitian.frobeniusNorm) * Double(Scalar.ulpOfOne)
        #expect((exponential.matrix.complex - expected).frobeniusNorm < bound * expected.frobeniusNorm)
        let found = exponential.derivative(along: PlanarMatrix(direction)).complex
        #expect((found - slope).frobeniusNorm < bound * slope.frobeniusNorm)
      }
      try check(Float.self)
      try check(Double.self)
    }
    #expect(SpectralExponential<Float>(PlanarMatrix<Double>(Complex(.nan) * nearlyEqual)) == nil)
    // Phases of which a float knows no digit.
    #expect(SpectralExponential<Float>(PlanarMatrix<Double>(Complex(1e8) * nearlyEqual)) == nil)
    #expect(SpectralExponential<Double>(PlanarMatrix<Double>(Complex(1e8) * nearlyEqual)) != nil)
  }
}
