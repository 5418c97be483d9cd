import QuantumCircuits

/// The quantum Fourier transform of a random product state, written out in gates, swaps included.
///
/// The angles of the controlled phases are parameters too: nothing lets the engine see that this is a Fourier transform.
struct FourierCircuit {
  let qubits: Int

  var benchmarkCircuit: BenchmarkCircuit {
    var generator = SplitMix64(seed: 11)
    var circuit = Circuit(qubits: qubits)
    var values: [Double] = []
    func parameter(_ value: Double) -> Angle {
      values.append(value)
      return .parameter(values.count - 1)
    }
    for qubit in 0..<qubits {
      circuit.append(RY(parameter(generator.uniform(0, .pi)), qubit))
      circuit.append(RZ(parameter(generator.uniform(0, 2 * .pi)), qubit))
    }
    for target in 0..<qubits {
      circuit.append(H(target))
      for control in target + 1..<max(qubits, target + 1) {
        circuit.append(CP(parameter(.pi / Double(1 << (control - target))), control, target))
      }
    }
    for qubit in 0..<qubits / 2 { circuit.append(SWAP(qubit, qubits - 1 - qubit)) }
    return BenchmarkCircuit(circuit: circuit, angles: values)
  }
}
