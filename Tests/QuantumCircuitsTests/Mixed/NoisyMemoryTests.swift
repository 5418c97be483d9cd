import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

/// What a gradient through noise takes of memory.
struct NoisyMemoryTests {
  /// 200 noisy gates on 8 qubits; with full resets no state can be recovered by an inverse, the worst case.
  static func circuit(strong: Bool) -> Circuit {
    let weights = Parameters(200)
    var circuit = Circuit(qubits: 8)
    for gate in 0..<200 {
      let qubit = gate * 3 % 8
      if gate % 4 == 3 {
        circuit.append(CX(qubit, (qubit + 1 + gate / 8 % 5) % 8))
        circuit.append(RX(weights[gate], qubit))
      } else {
        circuit.append(RY(weights[gate], qubit))
      }
      circuit.append(Depolarizing(errorProbability: 0.01, qubit))
      circuit.append(strong && gate % 2 == 0 ? AmplitudeDamping(1, (qubit + 1) % 8) : AmplitudeDamping(0.02, qubit))
    }
    return circuit
  }

  /// Bytes that a gradient holds at most: two states, copies, and the tiles of every thread.
  @Test(arguments: [false, true])
  func eightQubitsAnd200NoisyGatesTakeLessThan64Megabytes(strong: Bool) throws {
    let function = try CircuitFunction.expectation(
      of: [Z(0).pauliSum, (X(3) * Y(5)).pauliSum], after: Self.circuit(strong: strong), loop: ParallelLoop(threads: 2))
    let parameters = (0..<200).map { 0.1 * Double($0) }
    let gradient = try function.valueWithGradient(parameters: parameters).gradient
    let bytes = try #require(function.mostStateBytes)
    // At least ket and bra.
    #expect(2 * 8 << 16 <= bytes && bytes < 64 << 20, "\(bytes >> 20) MiB with \(String(describing: gradient.stateRecovery))")
    switch gradient.stateRecovery {
    case .inverse?, .checkpoints?: #expect(!strong || gradient.stateRecovery != .inverse)
    case .recomputedCheckpoints(let count)?: #expect(count <= 30)
    case nil: Issue.record("no recovery is named")
    }
  }
}
