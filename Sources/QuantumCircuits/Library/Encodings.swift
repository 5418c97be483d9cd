import LinearAlgebra
import QuantumStates

// Encodings: how the features of a sample become a state.

extension Circuit {
  /// One rotation a feature: `R_axis(x_j)` on qubit j, with features in radians.
  ///
  /// RY gives real amplitudes cos(x/2), sin(x/2); RZ changes nothing on |0> unless a gate such as H stands before it.
  public static func angleEncoding(_ features: some Collection<Angle>, axis: Pauli = .y) -> Circuit {
    let gate: Gate =
      switch axis {
      case .x: .rx
      case .y: .ry
      case .z: .rz
      }
    return Circuit(qubits: features.count) {
      for (qubit, feature) in features.enumerated() { Instruction.gate(gate, feature, on: qubit) }
    }
  }

  /// The features as amplitudes, `|x> = sum_k x_k |k> / ||x||`, zeros after the last one.
  ///
  /// A sample of zeros only is an error when the circuit runs, and names the sample.
  ///
  /// - Parameter qubits: how many qubits; as few as hold the features when nil.
  public static func amplitudeEncoding(_ features: some Collection<Angle>, qubits: Int? = nil) -> Circuit {
    let least = max(1, Int.bitWidth - max(0, features.count - 1).leadingZeroBitCount)
    let count = qubits ?? least
    precondition(count >= least, "amplitudeEncoding: \(features.count) features need \(least) qubits, got \(count)")
    return Circuit(qubits: count) { Instruction.amplitudeEncoding(features, qubits: Array(0..<count)) }
  }

  /// The basis state |value>: X on every qubit whose bit is 1.
  public static func basisEncoding(_ value: Int, qubits count: Int) -> Circuit {
    precondition(value >= 0 && (count >= 63 || value < 1 << count), "basisEncoding: \(value) does not fit \(count) qubits")
    return Circuit(qubits: count) {
      for qubit in 0..<count where value >> qubit & 1 == 1 { X(qubit) }
    }
  }

  /// The basis state |x_{n-1} ... x_0> of features that are 0 or 1: `X^x` on each qubit, a rotation in between.
  public static func basisEncoding(_ features: some Collection<Angle>) -> Circuit {
    Circuit(qubits: features.count) {
      for (qubit, feature) in features.enumerated() {
        RX(.pi * feature, qubit)
        // X = i RX(π): without the phase, samples of different weight could not be compared.
        GlobalPhase(.pi / 2 * feature)
      }
    }
  }
}
