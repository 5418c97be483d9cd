/// Feature maps of kernels by name, for configurations and the command line.
public enum FeatureMap: String, CaseIterable, Sendable {
  case secondOrder = "second-order"
  case zz
  case z
  case pauli
  case iqp
  case angleX = "angle-x"
  case angleY = "angle-y"
  case reuploading
  case covariant
  case amplitude

  /// What a feature map may be given beside its features; each map takes what it has a use for.
  public struct Settings: Sendable, Hashable {
    /// Repetitions; nil takes the map's usual number.
    public var repetitions: Int?
    /// Which qubits are entangled.
    public var connectivity = Connectivity.full
    /// Features are multiplied by it, above 0.
    public var bandwidth = 1.0
    /// The words of the Pauli map.
    public var patterns = ["Z", "ZZ"]

    /// The usual settings.
    public init() {}

    /// Those that are not as usual.
    public var changed: Set<Setting> {
      let usual = Settings()
      var result: Set<Setting> = []
      if repetitions != usual.repetitions { result.insert(.repetitions) }
      if connectivity != usual.connectivity { result.insert(.connectivity) }
      if bandwidth != usual.bandwidth { result.insert(.bandwidth) }
      if patterns != usual.patterns { result.insert(.patterns) }
      return result
    }
  }

  /// A setting by name.
  public enum Setting: String, CaseIterable, Sendable {
    case repetitions, connectivity, bandwidth, patterns
  }

  /// The settings that make a difference to the map.
  public var takes: Set<Setting> {
    switch self {
    case .secondOrder, .zz, .iqp, .reuploading: [.repetitions, .connectivity, .bandwidth]
    case .z: [.repetitions, .bandwidth]
    case .pauli: [.repetitions, .connectivity, .bandwidth, .patterns]
    case .angleX, .angleY: [.bandwidth]
    case .covariant: [.connectivity, .bandwidth]
    case .amplitude: []
    }
  }

  /// What the map is, in a line.
  public var summary: String {
    switch self {
    case .secondOrder: "the map of Havlíček et al., exp(+i φ Z) and exp(+i φ ZZ) between Hadamards"
    case .zz: "the same with Qiskit's sign, P(2φ)"
    case .z: "its first-order part, a product state"
    case .pauli: "exponentials of any Pauli words, with Qiskit's sign"
    case .iqp: "RZ(x_j) and RZZ(x_j x_k) between Hadamards"
    case .angleX: "one RX a feature"
    case .angleY: "one RY a feature"
    case .reuploading: "RY and RZ of every feature between CZ of connected qubits, on one qubit a feature, repeated"
    case .covariant: "two features a qubit as rotations, after a trained fiducial state"
    case .amplitude: "features as amplitudes, normalised"
    }
  }

  /// The map of a name as users write it: "zz", "ZZFeatureMap", "second_order" and "secondOrderFeatureMap" are all known.
  public init?(named name: String) {
    func plain(_ text: String) -> String { text.lowercased().filter { $0.isLetter } }
    var wanted = plain(name)
    for ending in ["featuremap", "encoding", "embedding"] where wanted.hasSuffix(ending) { wanted.removeLast(ending.count) }
    guard let map = Self.allCases.first(where: { plain($0.rawValue) == wanted }) else { return nil }
    self = map
  }

  /// The circuit for samples of `count` features; its parameters, if any, are trained or bound by the caller.
  ///
  /// - Parameter settings: see `takes`; the others make no difference.
  public func circuit(features count: Int, settings: Settings = Settings()) -> Circuit {
    let features = Features(count)
    let x = features.map { settings.bandwidth * $0 }
    let connectivity = settings.connectivity
    switch self {
    case .secondOrder: return .secondOrderFeatureMap(x, repetitions: settings.repetitions ?? 2, connectivity: connectivity)
    case .zz: return .zzFeatureMap(x, repetitions: settings.repetitions ?? 2, connectivity: connectivity)
    case .z: return .zFeatureMap(x, repetitions: settings.repetitions ?? 2)
    case .pauli:
      return .pauliFeatureMap(
        features, patterns: settings.patterns, repetitions: settings.repetitions ?? 2, connectivity: connectivity,
        bandwidth: settings.bandwidth)
    case .iqp: return .iqpFeatureMap(x, repetitions: settings.repetitions ?? 1, connectivity: connectivity)
    case .angleX: return .angleEncoding(x, axis: .x)
    case .angleY: return .angleEncoding(x, axis: .y)
    case .reuploading:
      return Circuit(qubits: count) {
        for layer in 0..<(settings.repetitions ?? 2) {
          if layer > 0 { for (first, second) in connectivity.pairs(qubits: count) { CZ(first, second) } }
          for qubit in 0..<count {
            RY(x[qubit], qubit)
            RZ(x[(qubit + layer + 1) % count], qubit)
          }
        }
      }
    case .covariant: return .covariantFeatureMap(x, connectivity: connectivity)
    case .amplitude: return .amplitudeEncoding(x)
    }
  }
}
