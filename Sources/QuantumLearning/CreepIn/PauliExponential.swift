import LinearAlgebra
import NeuralNetworks

/// `U = exp(i G)` with `G = sum_k w_k P_k`, and its exact gradient.
///
/// Real coefficients give a Hermitian G and a unitary U, through the spectrum of G: `dU = V (F o (V^+ dG V)) V^+` with the divided
/// differences `F_ab = (e^{i g_a} - e^{i g_b}) / (g_a - g_b)`. Complex coefficients give neither; their derivative is that of a
/// block-triangular exponential.
///
/// Source: Higham, Functions of Matrices, 2008, theorem 3.9 (Daleckii and Krein) and theorem 3.6 (Mathias).
struct PauliExponential: Sendable {
  let qubits: Int
  /// The matrix U.
  let matrix: ComplexMatrix
  private let generator: Generator

  /// What the gradient needs of G.
  private enum Generator {
    /// The spectrum of a Hermitian G.
    case hermitian(HermitianEigen<Complex<Double>>)
    /// i G
    case general(ComplexMatrix)
  }

  /// - Parameter imaginary: nil for real coefficients, whose U is unitary.
  /// - Throws: `LinearAlgebraError` for coefficients that are not finite, or where U has numbers that are too large.
  init(_ real: [Double], imaginary: [Double]?, qubits: Int) throws(LinearAlgebraError) {
    self.qubits = qubits
    if let imaginary {
      let turned = PauliExpansion.matrix(zip(real, imaginary).map { Complex(-$1, $0) }, qubits: qubits)
      matrix = try turned.exponential()
      generator = .general(turned)
    } else {
      let spectrum = try PauliExpansion.matrix(real.map { Complex($0) }, qubits: qubits).hermitianEigen()
      matrix = spectrum.matrix { Complex(.cos($0), .sin($0)) }
      generator = .hermitian(spectrum)
    }
  }

  /// The derivative of `Re tr(U C)` by the real and the imaginary parts of all coefficients.
  ///
  /// - Complexity: O(8^n).
  func gradient(_ c: ComplexMatrix) throws(LinearAlgebraError) -> (real: [Double], imaginary: [Double]) {
    let traces = PauliExpansion.traces(try sensitivity(c), qubits: qubits)
    return (traces.map(\.real), traces.map { -$0.imaginary })
  }

  /// The matrix M with `d Re tr(U C) = Re tr(dG M)`: i times the derivative of exp(iG) along C.
  private func sensitivity(_ c: ComplexMatrix) throws(LinearAlgebraError) -> ComplexMatrix {
    let n = c.rows
    let spectrum: HermitianEigen<Complex<Double>>
    switch generator {
    case .general(let turned):
      return try turned.exponentialDerivative(along: c).map { Complex(-$0.imaginary, $0.real) }
    case .hermitian(let own): spectrum = own
    }
    let vectors = spectrum.vectors
    var inner = vectors.adjoint * c * vectors
    let turns = spectrum.values.map { Complex<Double>(.cos($0), .sin($0)) }
    for row in 0..<n {
      for column in 0..<n {
        inner[row, column] *= Self.dividedDifference(
          spectrum.values[row], spectrum.values[column], turns[row], turns[column])
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
