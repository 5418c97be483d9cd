import QuantumStates

// The family of the second-order map: exponentials of Pauli words whose strengths are functions of features.

extension Circuit {
  /// The Pauli feature map `(prod_S exp(± i φ_S(x) P_S) H^n)^r`, with `φ_{j}(x) = c x_j` and `φ_S(x) = prod_{j in S} (π - c x_j)`.
  ///
  /// Each pattern such as "Z", "ZZ" or "XYZ" stands for its words on all sets S of as many qubits that the connectivity has: all
  /// sets where it is full, neighbours along the line or the ring otherwise. The first letter belongs to the lowest qubit of a set.
  ///
  /// - Parameters:
  ///   - patterns: words of X, Y and Z, none longer than the features are many, acting in this order; `["Z", "ZZ"]` is the
  ///     second-order map.
  ///   - bandwidth: c: features are multiplied by it; small ones keep kernels from concentrating.
  ///   - sign: `.minus` as in Qiskit (P(2φ) up to a phase), `.plus` as in the paper.
  ///
  /// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019; Qiskit, `PauliFeatureMap`;
  /// Shaydulin, Wild, "Importance of kernel bandwidth in quantum machine learning", 2022.
  public static func pauliFeatureMap(
    _ features: some Collection<Angle>, patterns: [String] = ["Z", "ZZ"], repetitions: Int = 2, connectivity: Connectivity = .full,
    bandwidth: Double = 1, sign: FloatingPointSign = .minus
  ) -> Circuit {
    let x = features.map { bandwidth * $0 }
    for pattern in patterns {
      precondition(
        !pattern.isEmpty && pattern.count <= x.count,
        "pauliFeatureMap: the pattern '\(pattern)' has \(pattern.count) letters, there are \(x.count) features")
    }
    let words = patterns.flatMap { pattern in
      connectivity.sets(of: pattern.count, qubits: x.count).map { (set: $0, word: Self.word(pattern, on: $0)) }
    }
    return Circuit(qubits: x.count) {
      for _ in 0..<repetitions {
        for qubit in x.indices { H(qubit) }
        for (set, word) in words {
          let strength = set.count == 1 ? x[set[0]] : set.reduce(Angle(1)) { $0 * (.pi - x[$1]) }
          // exp(-i a/2 P) for the angle a.
          Instruction.pauliRotation((sign == .plus ? -2 : 2) * strength, word)
        }
      }
    }
  }

  private static func word(_ pattern: String, on qubits: [Int]) -> PauliWord {
    PauliWord(
      zip(pattern, qubits).map { letter, qubit in
        switch letter {
        case "X": X(qubit)
        case "Y": Y(qubit)
        case "Z": Z(qubit)
        default: preconditionFailure("pauliFeatureMap: '\(letter)' in '\(pattern)' is none of X, Y, Z")
        }
      })
  }

  /// The Z feature map with Qiskit's sign: `(prod_j P(2 x_j) H^n)^r`, a product state.
  ///
  /// Source: Qiskit, `ZFeatureMap`.
  public static func zFeatureMap(_ features: some Collection<Angle>, repetitions: Int = 2) -> Circuit {
    let x = Array(features)
    return Circuit(qubits: x.count) {
      for _ in 0..<repetitions {
        for qubit in x.indices { H(qubit) }
        for qubit in x.indices { P(2 * x[qubit], qubit) }
      }
    }
  }

  /// The IQP encoding `(prod_(j<k) RZZ(x_j x_k) prod_j RZ(x_j) H^n)^r`: gates that commute between walls of Hadamards.
  ///
  /// Source: Bremner, Montanaro, Shepherd, "Average-case complexity versus approximate simulation of commuting quantum
  /// computations", 2016; the angles as in PennyLane's `IQPEmbedding`.
  public static func iqpFeatureMap(
    _ features: some Collection<Angle>, repetitions: Int = 1, connectivity: Connectivity = .full
  ) -> Circuit {
    let x = Array(features)
    return Circuit(qubits: x.count) {
      for _ in 0..<repetitions {
        for qubit in x.indices { H(qubit) }
        for qubit in x.indices { RZ(x[qubit], qubit) }
        for (low, high) in connectivity.pairs(qubits: x.count) { RZZ(x[low] * x[high], low, high) }
      }
    }
  }

  /// The covariant map of data on SU(2) x ... x SU(2): a fiducial state of trained RY and CZ, then `RX(-2 x_2j) RZ(-2 x_(2j+1))` on
  /// qubit j.
  ///
  /// Two samples that differ by a group element have a kernel that depends on that element alone; training the fiducial state fits
  /// it to the subgroup that leaves labels as they are.
  ///
  /// - Parameters:
  ///   - features: two for each qubit.
  ///   - parameters: one for each qubit.
  ///
  /// Source: Glick et al., "Covariant quantum kernels for data with group structure", 2021.
  public static func covariantFeatureMap(
    _ features: some Collection<Angle>, connectivity: Connectivity = .linear, parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    let x = Array(features)
    precondition(!x.isEmpty && x.count % 2 == 0, "covariantFeatureMap: \(x.count) features, two for each qubit")
    let count = x.count / 2
    let weights = requireParameters(parameters, count: count, for: "covariantFeatureMap")
    return Circuit(qubits: count) {
      for qubit in 0..<count { RY(weights[qubit], qubit) }
      for (first, second) in connectivity.pairs(qubits: count) { CZ(first, second) }
      for qubit in 0..<count {
        RZ(-2 * x[2 * qubit + 1], qubit)
        RX(-2 * x[2 * qubit], qubit)
      }
    }
  }
}

extension Connectivity {
  /// The sets of `size` qubits that a pattern acts on, each ascending but for the ring's last ones: all sets in lexicographic
  /// order, or neighbours along the line or the ring.
  ///
  /// Sets of two are `pairs`.
  public func sets(of size: Int, qubits count: Int) -> [[Int]] {
    guard 1...max(1, count) ~= size, count >= 1 else { return [] }
    switch self {
    case .linear: return (0...count - size).map { Array($0..<$0 + size) }
    case .ring:
      let starts = size == 1 || size == count ? count - size + 1 : count
      return (0..<starts).map { start in (start..<start + size).map { $0 % count } }
    case .full:
      var sets: [[Int]] = [[]]
      for _ in 0..<size { sets = sets.flatMap { set in ((set.last ?? -1) + 1..<count).map { set + [$0] } } }
      return sets
    }
  }
}
