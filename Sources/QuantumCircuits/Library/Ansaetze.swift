import QuantumStates
import Randomness

// Trainable layers. Without `parameters` each circuit takes the parameters 0, 1, ... in the order in which its gates stand.

extension Circuit {
  /// How many parameters `stronglyEntangling` takes.
  public static func stronglyEntanglingParameterCount(qubits: Int, layers: Int) -> Int { 3 * qubits * layers }

  /// Strongly entangling layers: three rotations on every qubit, then CX from qubit q to qubit (q + r) mod n, with the range
  /// r = l mod (n - 1) + 1 in layer l, or r = 1 in every layer of a ring; one qubit has no CX.
  ///
  /// Shape: parameters are layers x qubits x 3, the angles of each qubit's rotations in the order in which they act.
  ///
  /// - Parameters:
  ///   - rotations: the axes; `.zyz` is Rot = RZ(ω) RY(θ) RZ(φ) with the angles φ, θ, ω.
  ///   - isRing: whether every layer has the range 1.
  ///
  /// Source: Schuld, Bocharov, Svore, Wiebe, "Circuit-centric quantum classifiers", 2020; ranges as in PennyLane. Rings and YZY are
  /// what others read in Senokosov et al., "Quantum machine learning for image classification", 2024.
  public static func stronglyEntangling(
    qubits count: Int, layers: Int, rotations: EulerAxes = .zyz, isRing: Bool = false, parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    let total = stronglyEntanglingParameterCount(qubits: count, layers: layers)
    let weights = requireParameters(parameters, count: total, for: "stronglyEntangling")
    return Circuit(qubits: count) {
      for layer in 0..<layers {
        for qubit in 0..<count {
          let start = 3 * (layer * count + qubit)
          switch rotations {
          case .zyz: Rot(weights[start], weights[start + 1], weights[start + 2], qubit)
          case .yzy:
            RY(weights[start], qubit)
            RZ(weights[start + 1], qubit)
            RY(weights[start + 2], qubit)
          }
        }
        if count > 1 {
          let range = isRing ? 1 : layer % (count - 1) + 1
          for qubit in 0..<count { CX(qubit, (qubit + range) % count) }
        }
      }
    }
  }

  /// The axes of three rotations that together are any rotation.
  public enum EulerAxes: Hashable, Sendable {
    /// RZ, then RY, then RZ.
    case zyz
    /// RY, then RZ, then RY.
    case yzy
  }

  /// How many parameters `basicEntangling` takes.
  public static func basicEntanglingParameterCount(qubits: Int, layers: Int) -> Int { qubits * layers }

  /// Basic entangling layers: one rotation a qubit, RX unless another axis is asked for, then a ring of CX.
  ///
  /// Shape: parameters are layers x qubits.
  public static func basicEntangling(
    qubits count: Int, layers: Int, axis: Pauli = .x, parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    let total = basicEntanglingParameterCount(qubits: count, layers: layers)
    let weights = requireParameters(parameters, count: total, for: "basicEntangling")
    return Circuit(qubits: count) {
      for layer in 0..<layers {
        angleEncoding(weights[layer * count..<(layer + 1) * count], axis: axis)
        for (control, target) in Connectivity.ring.pairs(qubits: count) { CX(control, target) }
      }
    }
  }

  /// How many parameters `hardwareEfficient` takes.
  public static func hardwareEfficientParameterCount(qubits: Int, layers: Int) -> Int { 2 * qubits * (layers + 1) }

  /// Hardware-efficient layers: RY and RZ on every qubit, then CZ between neighbours; after the last layer RY and RZ again.
  ///
  /// Shape: parameters are (layers + 1) x 2 x qubits, the angles of RY before those of RZ.
  ///
  /// Source: Kandala et al., "Hardware-efficient variational quantum eigensolver", 2017; rotations as in Qiskit's `efficient_su2`.
  public static func hardwareEfficient(
    qubits count: Int, layers: Int, connectivity: Connectivity = .linear, parameters: (any Collection<Angle>)? = nil
  ) -> Circuit {
    let total = hardwareEfficientParameterCount(qubits: count, layers: layers)
    let weights = requireParameters(parameters, count: total, for: "hardwareEfficient")
    return Circuit(qubits: count) {
      for layer in 0...layers {
        let start = 2 * count * layer
        angleEncoding(weights[start..<start + count], axis: .y)
        angleEncoding(weights[start + count..<start + 2 * count], axis: .z)
        if layer < layers {
          for (first, second) in connectivity.pairs(qubits: count) { CZ(first, second) }
        }
      }
    }
  }

  /// How many parameters `randomLayers` takes.
  public static func randomLayersParameterCount(layers: Int, rotations: Int) -> Int { layers * rotations }

  /// Random layers: rotations about random axes on random qubits, CX on random pairs strewn in between.
  ///
  /// Shape: parameters are layers x rotations.
  ///
  /// - Parameters:
  ///   - rotations: how many rotations a layer has.
  ///   - entanglingRatio: the probability, below 1, that the next gate is a CX.
  ///   - source: the same source gives the same circuit.
  ///
  /// Source: PennyLane, `RandomLayers`; used as filters by Henderson et al., "Quanvolutional neural networks", 2020.
  public static func randomLayers(
    qubits count: Int, layers: Int, rotations: Int, entanglingRatio: Double = 0.3, parameters: (any Collection<Angle>)? = nil,
    using source: inout RandomSource
  ) -> Circuit {
    precondition(0..<1 ~= entanglingRatio, "randomLayers: the entangling ratio \(entanglingRatio) is not in 0..<1")
    let total = randomLayersParameterCount(layers: layers, rotations: rotations)
    let weights = requireParameters(parameters, count: total, for: "randomLayers")
    var circuit = Circuit(qubits: count)
    for weight in weights {
      while count > 1, source.uniform() < entanglingRatio {
        let pair = source.choose(2, from: count)
        circuit.append(CX(pair[0], pair[1]))
      }
      let gate: Gate = [.rx, .ry, .rz][source.integer(below: 3)]
      circuit.append(Instruction.gate(gate, weight, on: source.integer(below: count)))
    }
    return circuit
  }
}
