import QuantumCircuits
import QuantumStates
import Randomness

/// A noisy circuit, each shot a quantum trajectory of its own and a bit string of all qubits.
///
/// RY and RZ on every qubit and CX between every other pair of neighbours; after each gate and on each of its qubits a Pauli with
/// probability 0.01 and amplitude damping by 0.02.
struct TrajectoriesWorkload: SpeedWorkload {
  private let circuit: Circuit
  private let angles: [Double]
  private let settings: TrajectorySettings
  private let shots: Int
  private var result: ShotResult?
  private var repetition = 0
  let size: [SpeedLine.Field]

  init(_ settings: SpeedSettings) {
    let (qubits, depth) = (settings.qubits, settings.layers ?? 10)
    shots = settings.shots
    self.settings = TrajectorySettings(method: .trajectories, precision: settings.precision, loop: settings.loop)
    var generator = SplitMix64(seed: 29)
    angles = generator.uniform(0, 2 * .pi, count: 2 * qubits * depth)
    let symbols = Parameters(2 * qubits * depth)
    var circuit = Circuit(qubits: qubits)
    var gates = 0
    func add(_ gate: Instruction) {
      circuit.append(gate)
      gates += 1
      for qubit in gate.qubits {
        circuit.append(Depolarizing(errorProbability: 0.01, qubit))
        circuit.append(AmplitudeDamping(0.02, qubit))
      }
    }
    for layer in 0..<depth {
      for qubit in 0..<qubits {
        add(RY(symbols[2 * (layer * qubits + qubit)], qubit))
        add(RZ(symbols[2 * (layer * qubits + qubit) + 1], qubit))
      }
      for qubit in stride(from: layer % 2, to: qubits - 1, by: 2) { add(CX(qubit, qubit + 1)) }
    }
    self.circuit = circuit
    size = [.integer("n", qubits), .integer("depth", depth), .integer("shots", shots), .integer("gates", gates)]
  }

  mutating func run(repetition: Int) throws {
    self.repetition = repetition
    var source = RandomSource(seed: 1, index: UInt64(repetition))
    result = try circuit.run(
      shots: shots, parameters: angles.shifted(repetition: repetition), using: &source, settings: settings)
  }

  /// <Z_0> and <Z_{n-1}> as the bit strings show them.
  func checkValues() -> [Double] {
    guard let result else { return [] }
    return [0, circuit.qubitCount - 1].map { result.marginal(of: [$0]).parity(mask: 1).mean }
  }

  /// The standard errors that the same number of trajectories has when the exact values of each are averaged instead of bits.
  func details() throws -> [SpeedLine.Field] {
    let count = min(shots, 200)
    var source = RandomSource(seed: 1, stream: 1, index: UInt64(repetition))
    let observables = [0, circuit.qubitCount - 1].map { Z($0).pauliSum }
    let estimates = try circuit.estimates(
      of: observables, trajectories: count, parameters: angles.shifted(repetition: repetition), using: &source, settings: settings)
    let scale = (Double(count) / Double(shots)).squareRoot()
    return [.numbers("estimate_errors", estimates.map { $0.standardError * scale })]
  }
}
