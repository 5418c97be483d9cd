import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport

/// Circuits with everything that no unitary circuit has; they end by themselves with high probability.
enum DynamicExamples {
  static let c = ClassicalRegister("c", bits: 0..<2)
  static let d = ClassicalRegister("d", bits: 2..<4)

  static let teleportation = Circuit(qubits: 3, registers: [c, d]) {
    RY(0.7, 0)
    RZ(1.1, 0)
    H(1)
    CX(1, 2)
    CX(0, 1)
    H(0)
    Measure(0, into: c[0])
    Measure(1, into: c[1])
    If(c[1]) { X(2) }
    If(c[0]) { Z(2) }
    RZ(-1.1, 2)
    RY(-0.7, 2)
    Measure(2, into: d[0])
  }

  /// Two qubits read one after another from one that is used again.
  static let reuse = Circuit(qubits: 2, registers: [c, d]) {
    RY(0.9, 0)
    CRY(1.3, 0, 1)
    Measure(0, into: c[0])
    Reset(0)
    CRX(0.8, 1, 0)
    Measure(0, into: c[1])
    If(c == 2) {
      H(1)
    } else: {
      RY(0.4, 1)
      If(c[0]) { X(0) }
    }
    Reset(0, 1)
    H(1)
    Measure([0, 1], into: d)
  }

  static let repeatUntilSuccess = Circuit(qubits: 2, registers: [c, d]) {
    RY(1.2, 0)
    Measure(0, into: c[0])
    While(c[0], limit: 60) {
      RY(1.2, 0)
      CRX(0.6, 0, 1)
      Measure(0, into: c[0])
      Assign(c[1] ^ c[0], to: c[1])
    }
    Measure(1, into: d[1])
  }

  static let wideConditions = Circuit(qubits: 4, registers: [c, d]) {
    for qubit in 0..<4 { RY(0.3 + 0.4 * Angle(Double(qubit)), qubit) }
    Measure(0, into: c[0])
    If(c[0]) {
      PauliRotation(0.7, X(1), Y(2), Z(3))
      CCX(1, 2, 3)
      Instruction.diagonal([1, Complex(0, 1), -1, Complex(0, -1), 1, -1, 1, -1], on: 1, 2, 3)
      GlobalPhase(0.4).controlled(by: 0, 1, 2)
    } else: {
      Instruction.permutation([3, 1, 2, 0, 7, 4, 6, 5], on: 2, 0, 3)
    }
    Measure([2, 1], into: d)
    H(3)
    Measure(3, into: c[1])
  }

  static let noisy = Circuit(qubits: 3, registers: [c, d]) {
    H(0)
    Depolarizing(errorProbability: 0.1, 0)
    CX(0, 1)
    AmplitudeDamping(0.3, 1)
    PhaseDamping(0.2, 0)
    CX(1, 2)
    Depolarizing(errorProbability: 0.2, 1, 2)
    Measure(0, into: c[0])
    If(c[0]) {
      X(1)
      AmplitudeDamping(0.4, 1)
    }
    RY(0.6, 1)
    GeneralizedAmplitudeDamping(0.25, excitedPopulation: 0.3, 2)
    Measure(1, into: c[1])
    Measure(2, into: d[0])
  }

  static let all: [Circuit] = [teleportation, reuse, repeatUntilSuccess, wideConditions, noisy]

  /// A random circuit of gates with a channel after each of them, all from one table in turn.
  static func noisyCircuit(_ channels: [Channel], qubits: Int, _ source: inout RandomSource) -> Circuit {
    var circuit = Circuit(qubits: qubits)
    for round in 0..<2 * max(channels.count, 3) {
      let places = RandomFixtures.distinct(2, below: qubits, &source)
      circuit.append(Instruction.unitary(RandomFixtures.unitary(4, &source), qubits: places))
      let channel = channels[round % channels.count]
      circuit.append(Instruction.channel(channel, qubits: RandomFixtures.distinct(channel.qubitCount, below: qubits, &source)))
    }
    return circuit
  }
}
