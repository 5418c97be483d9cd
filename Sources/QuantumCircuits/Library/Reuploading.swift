import QuantumStates

// Circuits that read more features than they have qubits, and what may stand between two portions of them.

extension Circuit {
  /// Features in portions: one feature a qubit is encoded, then comes an ansatz with parameters of its own; so on until all are in.
  ///
  /// The last portion may be smaller. As many features as qubits or fewer make one portion.
  ///
  /// - Parameters:
  ///   - features: at least one.
  ///   - layers: of the ansatz behind each portion.
  ///   - parameters: those of the first portion's ansatz first.
  ///
  /// Source: Pérez-Salinas et al., "Data re-uploading for a universal quantum classifier", 2020; here no feature comes twice.
  public static func reuploading(
    _ features: some Collection<Angle>, qubits count: Int, encoding: Encoding, ansatz: Ansatz, layers: Int,
    parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    let x = Array(features)
    precondition(!x.isEmpty && encoding != .amplitude, "reuploading: \(x.count) features by \(encoding.rawValue)")
    let each = ansatz.parameterCount(qubits: count, layers: layers)
    let portions = reuploadingPortionCount(features: x.count, qubits: count)
    let weights = requireParameters(parameters, count: portions * each, for: "reuploading")
    return Circuit(qubits: count) {
      for portion in 0..<portions {
        encoding.circuit(x[portion * count..<min((portion + 1) * count, x.count)], portion: portion)
        ansatz.circuit(qubits: count, layers: layers, parameters: weights[portion * each..<(portion + 1) * each])
      }
    }
  }

  /// How many portions `reuploading` cuts features into.
  public static func reuploadingPortionCount(features: Int, qubits: Int) -> Int { (features + qubits - 1) / qubits }

  /// How many parameters `xxEvolution` takes.
  public static func xxEvolutionParameterCount(qubits: Int, layers: Int) -> Int {
    layers * (qubits * (qubits - 1) / 2) + max(0, layers - 1) * qubits
  }

  /// Evolution under couplings of all pairs, `exp(-i sum_{j<k} w_jk X_j X_k / 2)` in each layer, RZ on every qubit between two
  /// layers.
  ///
  /// One layer is exact, since its terms commute; several are a Trotter formula of a transverse-field Ising model.
  ///
  /// Shape: parameters are the pairs in lexicographic order, then the qubits, layer by layer; w = 2 J t.
  ///
  /// Source: De Lorenzis et al., "Harnessing quantum extreme learning machines for image classification", 2024, for XX couplings as
  /// the reservoir; all pairs and the layers are our choice.
  public static func xxEvolution(
    qubits count: Int, layers: Int, parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    let total = xxEvolutionParameterCount(qubits: count, layers: layers)
    var weights = requireParameters(parameters, count: total, for: "xxEvolution")[...]
    var circuit = Circuit(qubits: count)
    for layer in 0..<layers {
      if layer > 0 {
        for qubit in 0..<count { circuit.append(RZ(weights.removeFirst(), qubit)) }
      }
      for (low, high) in Connectivity.full.pairs(qubits: count) { circuit.append(RXX(weights.removeFirst(), low, high)) }
    }
    return circuit
  }

  /// H on some qubits, then CX along the line, layer after layer; `ghz` is one layer with H on qubit 0.
  ///
  /// Behind rotations of single qubits and measured at once, one layer only relabels a product of one-qubit distributions.
  public static func cascade(qubits count: Int, layers: Int = 1, hadamards: Range<Int> = 0..<0) -> Circuit {
    Circuit(qubits: count) {
      for _ in 0..<layers {
        for qubit in hadamards { H(qubit) }
        for (control, target) in Connectivity.linear.pairs(qubits: count) { CX(control, target) }
      }
    }
  }
}
