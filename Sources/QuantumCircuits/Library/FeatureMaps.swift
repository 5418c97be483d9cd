import QuantumStates

// Feature maps of quantum kernels: Hadamards and phases of products of features, repeated.

extension Circuit {
  /// The ZZ feature map with Qiskit's sign: `(U(x) H^n)^r`, `U = prod_j P(2 x_j) prod_(j<k) CX P(2 (π - x_j)(π - x_k)) CX`.
  ///
  /// Up to a global phase U is exp(-i sum φ Z): the opposite sign of the paper's map, which is `secondOrderFeatureMap`.
  ///
  /// Source: Qiskit, `ZZFeatureMap`, after Havlíček et al. 2019.
  public static func zzFeatureMap(
    _ features: some Collection<Angle>, repetitions: Int = 2, connectivity: Connectivity = .full
  ) -> Circuit {
    let x = Array(features)
    return Circuit(qubits: x.count) {
      for _ in 0..<repetitions {
        for qubit in x.indices { H(qubit) }
        for qubit in x.indices { P(2 * x[qubit], qubit) }
        for (low, high) in connectivity.pairs(qubits: x.count) {
          CX(low, high)
          P(2 * (.pi - x[low]) * (.pi - x[high]), high)
          CX(low, high)
        }
      }
    }
  }

  /// The second-order feature map with the paper's sign: `(exp(i sum_j x_j Z_j + i sum_(j<k) (π - x_j)(π - x_k) Z_j Z_k) H^n)^r`.
  ///
  /// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019, equation 4.
  public static func secondOrderFeatureMap(
    _ features: some Collection<Angle>, repetitions: Int = 2, connectivity: Connectivity = .full
  ) -> Circuit {
    let x = Array(features)
    return Circuit(qubits: x.count) {
      for _ in 0..<repetitions {
        for qubit in x.indices { H(qubit) }
        for qubit in x.indices { RZ(-2 * x[qubit], qubit) }
        for (low, high) in connectivity.pairs(qubits: x.count) {
          RZZ(-2 * (.pi - x[low]) * (.pi - x[high]), low, high)
        }
      }
    }
  }

  /// How many parameters `dataReuploading` takes.
  public static func dataReuploadingParameterCount(qubits: Int, features: Int, layers: Int) -> Int {
    layers * qubits * (3 * ((features + 2) / 3) + features)
  }

  /// Data re-uploading: each layer feeds all features, scaled by weights, into rotations of every qubit, then entangles a ring by
  /// CZ.
  ///
  /// For each qubit and block of three features the layer has `Rot(b_0 + w_0 x_0, b_1 + w_1 x_1, b_2 + w_2 x_2)`; in the last block
  /// a missing feature leaves the b alone. The last layer does not entangle.
  ///
  /// - Parameter parameters: first the three b of a block, then its w, one for each feature; then the next block, qubit, layer.
  ///
  /// Source: Pérez-Salinas et al., "Data re-uploading for a universal quantum classifier", 2020, sections 3 and 5.
  public static func dataReuploading(
    _ features: some Collection<Angle>, qubits count: Int, layers: Int, parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    let x = Array(features)
    let total = dataReuploadingParameterCount(qubits: count, features: x.count, layers: layers)
    var weights = requireParameters(parameters, count: total, for: "dataReuploading")[...]
    var circuit = Circuit(qubits: count)
    for layer in 0..<layers {
      for qubit in 0..<count {
        for start in stride(from: 0, to: x.count, by: 3) {
          var angles = Array(weights.prefix(3))
          weights = weights.dropFirst(3)
          for place in 0..<min(3, x.count - start) {
            angles[place] = angles[place] + weights.removeFirst() * x[start + place]
          }
          circuit.append(Rot(angles[0], angles[1], angles[2], qubit))
        }
      }
      guard layer < layers - 1 else { break }
      for (first, second) in Connectivity.ring.pairs(qubits: count) { circuit.append(CZ(first, second)) }
    }
    return circuit
  }
}
