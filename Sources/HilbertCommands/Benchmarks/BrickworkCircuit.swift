import QuantumCircuits

/// A circuit whose every angle is a parameter, with the numbers of repetition 0.
struct BenchmarkCircuit {
  let circuit: Circuit
  let angles: [Double]

  /// The numbers of a repetition.
  func angles(repetition: Int) -> [Double] { angles.shifted(repetition: repetition) }
}

extension [Double] {
  /// Numbers that no earlier repetition had.
  func shifted(repetition: Int) -> [Double] { map { $0 + 0.001 * Double(repetition) } }
}

/// Random rotations RX, RY, RZ on every qubit, then CX (even layers) or CZ (odd layers) on every other pair of neighbours.
struct BrickworkCircuit {
  let qubits: Int
  let depth: Int

  var benchmarkCircuit: BenchmarkCircuit {
    var generator = SplitMix64(seed: 7)
    let angles = Parameters(3 * qubits * depth)
    var circuit = Circuit(qubits: qubits)
    for layer in 0..<depth {
      for qubit in 0..<qubits {
        let first = 3 * (layer * qubits + qubit)
        circuit.append(RX(angles[first], qubit))
        circuit.append(RY(angles[first + 1], qubit))
        circuit.append(RZ(angles[first + 2], qubit))
      }
      for qubit in stride(from: layer % 2, to: qubits - 1, by: 2) {
        circuit.append(layer.isMultiple(of: 2) ? CX(qubit, qubit + 1) : CZ(qubit, qubit + 1))
      }
    }
    return BenchmarkCircuit(circuit: circuit, angles: generator.uniform(0, 2 * .pi, count: 3 * qubits * depth))
  }
}
