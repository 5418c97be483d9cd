import NeuralNetworks

/// `U = exp(i G)` with `G = sum_k w_k P_k`, and its exact gradient.
///
/// Real coefficients give a Hermitian G and a unitary U, through the spectrum of G; complex coefficients give neither, and U by
/// scaling and squaring.
package struct PauliExponential<Scalar: TensorScalar>: Sendable {
  /// How many qubits U acts on.
  package let qubits: Int
  /// The matrix U.
  package let matrix: PlanarMatrix<Scalar>
  private let exponential: Exponential

  /// How U was made.
  private enum Exponential {
    case spectral(SpectralExponential<Scalar>)
    case scaled(ScaledExponential<Scalar>)
  }

  /// - Parameter imaginary: nil for real coefficients, whose U is unitary.
  /// - Returns: nil for coefficients that are not finite or too large for their precision, or where U has numbers that are too
  ///   large.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package init?(_ real: ArraySlice<Scalar>, imaginary: ArraySlice<Scalar>?, qubits: Int) {
    self.qubits = qubits
    if let imaginary {
      let turned = PauliExpansion.matrix(real: imaginary.map { -$0 }[...], imaginary: real, qubits: qubits)
      guard let scaled = ScaledExponential(turned) else { return nil }
      (matrix, exponential) = (scaled.matrix, .scaled(scaled))
    } else {
      let sum = PauliExpansion.matrix(real: real.map { Double($0) }[...], imaginary: nil, qubits: qubits)
      guard let spectral = SpectralExponential<Scalar>(sum) else { return nil }
      (matrix, exponential) = (spectral.matrix, .spectral(spectral))
    }
  }

  /// The derivative of `Re tr(U C)` by the real and the imaginary parts of all coefficients.
  ///
  /// - Complexity: O(8^n).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func gradient(_ c: PlanarMatrix<Scalar>) -> (real: [Scalar], imaginary: [Scalar]) {
    let slope =
      switch exponential {
      case .spectral(let spectral): spectral.derivative(along: c)
      case .scaled(let scaled): scaled.derivative(along: c)
      }
    // tr(L(iG, i dG) C) = i tr(dG L(iG, C))
    let traces = PauliExpansion.traces(slope, qubits: qubits)
    return (traces.imaginary.map { -$0 }, traces.real.map { -$0 })
  }
}
