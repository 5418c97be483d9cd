import LinearAlgebra
import NeuralNetworks

/// `U = exp(i G)` with `G = sum_k w_k P_k`, and its exact gradient.
///
/// Real coefficients give a Hermitian G and a unitary U, through the spectrum of G: `dU = V (F o (V^+ dG V)) V^+` with the divided
/// differences `F_ab = (e^{i g_a} - e^{i g_b}) / (g_a - g_b)`. Complex coefficients give neither; their derivative is that of a
/// block-triangular exponential.
///
/// Source: Higham, Functions of Matrices, 2008, theorem 3.9 (Daleckii and Krein) and theorem 3.6 (Mathias).
package struct PauliExponential<Scalar: TensorScalar>: Sendable {
  /// How many qubits U acts on.
  package let qubits: Int
  /// The matrix U.
  package let matrix: PlanarMatrix<Scalar>
  private let generator: Generator

  /// What the gradient needs of G.
  private enum Generator {
    /// The spectrum of a Hermitian G.
    case hermitian(HermitianEigen<Complex<Double>>)
    /// exp(i G)
    case general(ScaledExponential<Scalar>)
  }

  /// - Parameter imaginary: nil for real coefficients, whose U is unitary.
  /// - Returns: nil for coefficients that are not finite or too large for their precision, or where U has numbers that are too large.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init?(_ real: ArraySlice<Scalar>, imaginary: ArraySlice<Scalar>?, qubits: Int) {
    self.qubits = qubits
    if let imaginary {
      let turned = PauliExpansion.matrix(real: imaginary.map { -$0 }[...], imaginary: real, qubits: qubits)
      guard let exponential = ScaledExponential(turned) else { return nil }
      matrix = exponential.matrix
      generator = .general(exponential)
    } else {
      let sum = PauliExpansion.matrix(real: real.map { Double($0) }[...], imaginary: nil, qubits: qubits)
      guard let spectrum = try? sum.complex.hermitianEigen() else { return nil }
      matrix = PlanarMatrix(spectrum.matrix { Complex(.cos($0), .sin($0)) })
      generator = .hermitian(spectrum)
    }
  }

  /// The derivative of `Re tr(U C)` by the real and the imaginary parts of all coefficients.
  ///
  /// - Complexity: O(8^n).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func gradient(_ c: PlanarMatrix<Scalar>) -> (real: [Scalar], imaginary: [Scalar]) {
    switch generator {
    case .general(let exponential):
      // d Re tr(U C) = Re tr(dG M), where M is i times the derivative of exp(iG) along C.
      let traces = PauliExpansion.traces(exponential.derivative(along: c), qubits: qubits)
      return (traces.imaginary.map { -$0 }, traces.real.map { -$0 })
    case .hermitian(let spectrum):
      let traces = PauliExpansion.traces(PlanarMatrix<Double>(Self.sensitivity(spectrum, c.complex)), qubits: qubits)
      return (traces.real.map { Scalar($0) }, traces.imaginary.map { Scalar(-$0) })
    }
  }

  /// The matrix M with `d Re tr(U C) = Re tr(dG M)`.
  private static func sensitivity(_ spectrum: HermitianEigen<Complex<Double>>, _ c: ComplexMatrix) -> ComplexMatrix {
    let n = c.rows
    let vectors = spectrum.vectors
    var inner = vectors.adjoint * c * vectors
    let turns = spectrum.values.map { Complex<Double>(.cos($0), .sin($0)) }
    for row in 0..<n {
      for column in 0..<n {
        inner[row, column] *= dividedDifference(spectrum.values[row], spectrum.values[column], turns[row], turns[column])
      }
    }
    return vectors * inner * vectors.adjoint
  }

  /// `(e^{ia} - e^{ib}) / (a - b)`, and `i e^{i(a+b)/2}` where the two nearly meet.
  private static func dividedDifference(
    _ a: Double, _ b: Double, _ turnA: Complex<Double>, _ turnB: Complex<Double>
  ) -> Complex<Double> {
    let distance = a - b
    if abs(distance) < 1e-5 {
      // (e^{ia} - e^{ib}) / (a - b) = i e^{i(a+b)/2} sin(d/2) / (d/2), whose last factor is 1 - d^2 / 24.
      let factor = 1 - distance * distance / 24
      return Complex(-factor * .sin((a + b) / 2), factor * .cos((a + b) / 2))
    }
    return Complex((turnA.real - turnB.real) / distance, (turnA.imaginary - turnB.imaginary) / distance)
  }
}

/// What the coefficients of generators are.
public enum PauliCoefficients: String, CaseIterable, Hashable, Sendable {
  /// Real: the gates are unitary.
  case real
  /// Complex, as the published program declares them: the gates are not unitary, and no quantum device runs them.
  case complex
}
