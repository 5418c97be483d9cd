import QuantumStates

extension Circuit {
  /// How many parameters `imageFilter` takes.
  public static let imageFilterParameterCount = 4

  /// A filter for windows of 2 x 2 pixels, one a qubit, with four trained angles:
  /// RY(f_j) on qubit j; RX(w0) on 0, RX(w1) on 1; CX 2-3, CX 0-2, CX 0-3; RY(w2) on 0, RY(w3) on 3.
  ///
  /// Measured in Z on each qubit it is a trigonometric polynomial, which a convolution's cost pays for too:
  /// ```
  /// z0 = cos w2 cos w0 cos f0 - sin w2 sin f0 sin f2      z2 = cos w0 cos f0 cos f2
  /// z1 = cos w1 cos f1                                    z3 = cos w3 cos w0 cos f0 cos f2 cos f3 - sin w3 sin f3
  /// ```
  /// Feature 1 is seen by output 1 alone.
  ///
  /// - Parameter features: four angles, pi times the pixel in the source, in reading order.
  ///
  /// Source: the quanvolutional filter of Senokosov et al., "Quantum machine learning for image classification", 2024, as public
  /// re-implementations read its figure; the closed form is our own.
  public static func imageFilter(
    _ features: some Collection<Angle>, parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    precondition(features.count == 4, "imageFilter: \(features.count) features, expected 4")
    let w = requireParameters(parameters, count: imageFilterParameterCount, for: "imageFilter")
    return Circuit(qubits: 4) {
      angleEncoding(features, axis: .y)
      RX(w[0], 0)
      RX(w[1], 1)
      CX(2, 3)
      CX(0, 2)
      CX(0, 3)
      RY(w[2], 0)
      RY(w[3], 3)
    }
  }
}
