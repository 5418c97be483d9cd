/// Ansaetze by name, for configurations: each is determined by its numbers of qubits and layers.
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

  /// How many parameters the ansatz takes.
  public func parameterCount(qubits: Int, layers: Int) -> Int {
    switch self {
    case .stronglyEntangling, .stronglyEntanglingYZY, .ringEntangling, .ringEntanglingYZY:
      Circuit.stronglyEntanglingParameterCount(qubits: qubits, layers: layers)
    case .basicEntangling: Circuit.basicEntanglingParameterCount(qubits: qubits, layers: layers)
    case .hardwareEfficient: Circuit.hardwareEfficientParameterCount(qubits: qubits, layers: layers)
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
    }
  }
}

/// Encodings by name, for configurations: each is determined by its features.
public enum Encoding: String, CaseIterable, Sendable {
  case angleX = "angle-x"
  case angleY = "angle-y"
  case angleZ = "angle-z"
  case amplitude
  case basis
  case zzFeatureMap = "zz"
  case secondOrderFeatureMap = "second-order"

  /// The circuit that encodes the given features.
  public func circuit(_ features: some Collection<Angle>) -> Circuit {
    switch self {
    case .angleX: .angleEncoding(features, axis: .x)
    case .angleY: .angleEncoding(features, axis: .y)
    case .angleZ: .angleEncoding(features, axis: .z)
    case .amplitude: .amplitudeEncoding(features)
    case .basis: .basisEncoding(features)
    case .zzFeatureMap: .zzFeatureMap(features)
    case .secondOrderFeatureMap: .secondOrderFeatureMap(features)
    }
  }
}
