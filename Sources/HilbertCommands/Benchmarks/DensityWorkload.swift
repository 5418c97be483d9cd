import QuantumCircuits
import QuantumStates

/// <Z_0> and <Z_{n-1}> of an exact mixed state: layers of RY, RZ and CX, with noise on the qubits of every gate.
struct DensityWorkload: SpeedWorkload {
  private let function: CircuitFunction
  private let angles: [Double]
  private var values: [Double] = []
  let size: [SpeedLine.Field]

  /// The probability of a Pauli error, and of decay, after every gate on each of its qubits.
  private static let errorProbability = 0.01
  private static let decay = 0.02

  init(_ settings: SpeedSettings) throws {
    let (qubits, depth) = (settings.qubits, settings.layers ?? 10)
    let parameters = Parameters(2 * qubits * depth)
    var bare = Circuit(qubits: qubits)
    for layer in 0..<depth {
      for qubit in 0..<qubits {
        let first = 2 * (layer * qubits + qubit)
        bare.append(RY(parameters[first], qubit))
        bare.append(RZ(parameters[first + 1], qubit))
      }
      for qubit in stride(from: layer % 2, to: qubits - 1, by: 2) { bare.append(CX(qubit, qubit + 1)) }
    }
    let noise = NoiseModel(rules: [
      NoiseRule("error", effect: .channel(.depolarizing(errorProbability: Angle(Self.errorProbability)))),
      NoiseRule("decay", effect: .channel(.amplitudeDamping(Angle(Self.decay)))),
    ])
    let circuit = try noise.applied(to: bare).circuit
    function = try .expectation(
      of: [Z(0).pauliSum, Z(qubits - 1).pauliSum], after: circuit, precision: settings.precision, loop: settings.loop,
      isLightCone: settings.isLightCone)
    var generator = SplitMix64(seed: 29)
    angles = generator.uniform(0, 2 * .pi, count: parameters.count)
    size = [.integer("n", qubits), .integer("depth", depth), .integer("gates", bare.instructions.count)]
  }

  mutating func run(repetition: Int) throws {
    values = try function.values(parameters: angles.shifted(repetition: repetition)).elements
  }

  /// <Z_0>, <Z_{n-1}>, the purity; of repetition 0, the only one that is checked.
  ///
  /// In the light cone of the observables there is no whole state, and so no purity.
  func checkValues() throws -> [Double] {
    function.isLightCone ? values : values + (try function.purities(parameters: angles))
  }
}
