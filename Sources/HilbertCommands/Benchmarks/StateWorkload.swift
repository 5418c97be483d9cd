import QuantumCircuits
import QuantumStates

/// From |0...0> to the whole final state in memory, and <Z_0> of it: the workloads `statevector` and `qft`.
struct StateWorkload: SpeedWorkload {
  private let circuit: BenchmarkCircuit
  private let runner: CircuitRunner
  private let state: Holder
  let size: [SpeedLine.Field]

  /// A state cannot be copied, a workload can.
  private final class Holder {
    var state: StateVector
    var expectation = 0.0
    init(_ state: consuming StateVector) { self.state = state }
  }

  init(circuit: BenchmarkCircuit, size: [(String, Int)], _ settings: SpeedSettings) throws {
    self.circuit = circuit
    runner = try CircuitRunner(circuit.circuit, precision: settings.precision, loop: settings.loop)
    state = Holder(try StateVector(qubits: settings.qubits, precision: settings.precision, loop: settings.loop))
    self.size =
      [.integer("n", settings.qubits)] + size.map { .integer($0, $1) } + [.integer("gates", circuit.circuit.instructions.count)]
  }

  func run(repetition: Int) throws {
    try runner.run(parameters: circuit.angles(repetition: repetition), into: &state.state)
    state.expectation = state.state.expectation(of: PauliWord([PauliFactor(.z, 0)]))
  }

  /// <Z_0>, <Z_{n-1}>, 2^n sum p^2.
  func checkValues() -> [Double] {
    let last = state.state.expectation(of: PauliWord([PauliFactor(.z, state.state.qubitCount - 1)]))
    // One by one: a list of probabilities would take as much memory as the state.
    let dimension = 1 << state.state.qubitCount
    var squares = 0.0
    for index in 0..<dimension {
      let probability = state.state[index].lengthSquared
      squares += probability * probability
    }
    return [state.expectation, last, squares * Double(dimension)]
  }

  /// The squared norm and 16 amplitudes spread over the whole index range: only a state that was made can show them.
  func details() -> [SpeedLine.Field] {
    let last = 1 << state.state.qubitCount - 1
    return [
      .number("norm", state.state.squaredNorm, digits: 9),
      .amplitudes("amplitudes", (0..<16).map { state.state[last * $0 / 15] }),
    ]
  }
}
