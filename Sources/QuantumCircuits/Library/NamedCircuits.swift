/// Ansaetze by name, for configurations: each is determined by its numbers of qubits and layers.
///
/// Those without angles are what published circuits do to features before these are measured; their number of layers says how
/// often.
public enum Ansatz: String, CaseIterable, Sendable {
  case stronglyEntangling = "strongly-entangling"
  /// Strongly entangling layers with RY RZ RY on every qubit.
  case stronglyEntanglingYZY = "strongly-entangling-yzy"
  /// `Rot` on every qubit and a ring of CX in every layer.
  case ringEntangling = "ring-entangling"
  /// RY RZ RY on every qubit and a ring of CX in every layer.
  case ringEntanglingYZY = "ring-entangling-yzy"
  case basicEntangling = "basic-entangling"
  case hardwareEfficient = "hardware-efficient"
  /// Evolution under couplings X_j X_k of all pairs, with a field along Z between two layers.
  case xxEvolution = "xx-evolution"
  /// CX along the line; no angles.
  case cascade
  /// H on qubit 0, then CX along the line; no angles.
  case ghz
  /// H on every qubit, then CX along the line; no angles.
  case hadamardCascade = "hadamard-cascade"

  /// How many parameters the ansatz takes.
  public func parameterCount(qubits: Int, layers: Int) -> Int {
    switch self {
    case .stronglyEntangling, .stronglyEntanglingYZY, .ringEntangling, .ringEntanglingYZY:
      Circuit.stronglyEntanglingParameterCount(qubits: qubits, layers: layers)
    case .basicEntangling: Circuit.basicEntanglingParameterCount(qubits: qubits, layers: layers)
    case .hardwareEfficient: Circuit.hardwareEfficientParameterCount(qubits: qubits, layers: layers)
    case .xxEvolution: Circuit.xxEvolutionParameterCount(qubits: qubits, layers: layers)
    case .cascade, .ghz, .hadamardCascade: 0
    }
  }

  /// The circuit, with the given parameters or else the first ones.
  public func circuit(qubits: Int, layers: Int, parameters: (any Collection<Angle>)? = nil) -> Circuit {
    switch self {
    case .stronglyEntangling: .stronglyEntangling(qubits: qubits, layers: layers, parameters: parameters)
    case .stronglyEntanglingYZY:
      .stronglyEntangling(qubits: qubits, layers: layers, rotations: .yzy, parameters: parameters)
    case .ringEntangling: .stronglyEntangling(qubits: qubits, layers: layers, isRing: true, parameters: parameters)
    case .ringEntanglingYZY:
      .stronglyEntangling(qubits: qubits, layers: layers, rotations: .yzy, isRing: true, parameters: parameters)
    case .basicEntangling: .basicEntangling(qubits: qubits, layers: layers, parameters: parameters)
    case .hardwareEfficient: .hardwareEfficient(qubits: qubits, layers: layers, parameters: parameters)
    case .xxEvolution: .xxEvolution(qubits: qubits, layers: layers, parameters: parameters)
    case .cascade: .cascade(qubits: qubits, layers: layers)
    case .ghz: .cascade(qubits: qubits, layers: layers, hadamards: 0..<1)
    case .hadamardCascade: .cascade(qubits: qubits, layers: layers, hadamards: 0..<qubits)
    }
  }
}

/// Encodings by name, for configurations: each is determined by its features.
public enum Encoding: String, CaseIterable, Sendable {
  case angleX = "angle-x"
  case angleY = "angle-y"
  case angleZ = "angle-z"
  /// RX(x_j), then RZ(x_j), on qubit j.
  case angleXThenZ = "angle-x-then-z"
  /// RX in the first, third, ... portion of re-uploaded features, RZ in the others.
  case angleXOrZ = "angle-x-or-z"
  case amplitude
  case basis
  case zzFeatureMap = "zz"
  case secondOrderFeatureMap = "second-order"

  /// The circuit that encodes the given features.
  ///
  /// - Parameter portion: which portion of re-uploaded features these are, counted from 0.
  public func circuit(_ features: some Collection<Angle>, portion: Int = 0) -> Circuit {
    switch self {
    case .angleX: .angleEncoding(features, axis: .x)
    case .angleY: .angleEncoding(features, axis: .y)
    case .angleZ: .angleEncoding(features, axis: .z)
    case .angleXThenZ:
      Circuit(qubits: features.count) {
        Circuit.angleEncoding(features, axis: .x)
        Circuit.angleEncoding(features, axis: .z)
      }
    case .angleXOrZ: .angleEncoding(features, axis: portion % 2 == 0 ? .x : .z)
    case .amplitude: .amplitudeEncoding(features)
    case .basis: .basisEncoding(features)
    case .zzFeatureMap: .zzFeatureMap(features)
    case .secondOrderFeatureMap: .secondOrderFeatureMap(features)
    }
  }
}
