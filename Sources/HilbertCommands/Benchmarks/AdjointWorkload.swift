import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// What is measured after the circuit of the workload `adjoint`.
enum BenchmarkObservable: String, CaseIterable, Sendable {
  /// Z on qubit 0, which few gates of a shallow circuit reach.
  case z0
  /// 20 random Pauli words on one to three qubits.
  case hamiltonian = "ham"

  func pauliSum(qubits: Int) -> PauliSum {
    switch self {
    case .z0: Z(0).pauliSum
    case .hamiltonian: Self.hamiltonian(qubits: qubits)
    }
  }

  private static func hamiltonian(qubits: Int) -> PauliSum {
    var generator = SplitMix64(seed: 5)
    var terms: [PauliSum.Term] = []
    while terms.count < 20 {
      let weight = generator.integer(1, 4)
      let chosen = generator.choose(weight, of: qubits).sorted()
      let word = PauliWord(chosen.map { PauliFactor(Pauli.allCases[generator.integer(0, 3)], $0) })
      guard !terms.contains(where: { $0.word == word }) else { continue }
      terms.append(PauliSum.Term(generator.uniform(-1, 1), word))
    }
    return PauliSum(terms)
  }
}

/// The value of an observable and its whole gradient, for layers of RY, RZ and a chain of CX.
struct AdjointWorkload: SpeedWorkload {
  private let function: CircuitFunction
  private let angles: [Double]
  private var value = 0.0
  private var gradient: [Double] = []
  let size: [SpeedLine.Field]

  init(_ settings: SpeedSettings) throws {
    let (qubits, layers) = (settings.qubits, settings.layers ?? 5)
    let parameters = Parameters(2 * qubits * layers)
    var circuit = Circuit(qubits: qubits)
    for layer in 0..<layers {
      for qubit in 0..<qubits {
        let first = 2 * (layer * qubits + qubit)
        circuit.append(RY(parameters[first], qubit))
        circuit.append(RZ(parameters[first + 1], qubit))
      }
      for qubit in 0..<qubits - 1 { circuit.append(CX(qubit, qubit + 1)) }
    }
    function = try .expectation(
      of: [settings.observable.pauliSum(qubits: qubits)], after: circuit, precision: settings.precision, loop: settings.loop,
      isLightCone: settings.isLightCone)
    var generator = SplitMix64(seed: 3)
    angles = generator.uniform(0, 2 * .pi, count: circuit.parameterCount)
    size = [
      .integer("n", qubits), .integer("layers", layers), .text("obs", settings.observable.rawValue),
      .integer("params", angles.count),
    ]
  }

  mutating func run(repetition: Int) throws {
    let (values, gradient) = try function.valueWithGradient(parameters: angles.shifted(repetition: repetition))
    (value, self.gradient) = (values[0, 0], gradient.parameters)
  }

  /// The value, sum g^2, g[1], g[P/2].
  func checkValues() -> [Double] {
    [value, gradient.reduce(0) { $0 + $1 * $1 }, gradient[1], gradient[gradient.count / 2]]
  }
}
