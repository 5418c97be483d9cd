import NeuralNetworks

/// What the coefficients of generators are.
public enum PauliCoefficients: String, CaseIterable, Hashable, Sendable {
  /// Real: the gates are unitary.
  case real
  /// Complex, as the published program declares them: the gates are not unitary, and no quantum device runs them.
  case complex
}

extension ForwardPass {
  /// Real parts and, if there are any, imaginary parts: parameters, or constants where they are frozen.
  func coefficients(_ weight: Tensor<Scalar>, _ imaginary: Tensor<Scalar>?, isFrozen: Bool) -> [Variable<Scalar>] {
    ([("weight", weight)] + (imaginary.map { [("imaginary", $0)] } ?? [])).map { name, tensor in
      isFrozen ? tape.constant(tensor) : parameter(name, tensor)
    }
  }
}
