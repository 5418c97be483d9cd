import QuantumCircuits
import QuantumStates
import Randomness

/// A random circuit of depth 4, run and measured many times: bit strings of all qubits.
struct SamplingWorkload: SpeedWorkload {
  private let circuit: BenchmarkCircuit
  private let runner: CircuitRunner
  private let qubits: Int
  private let shots: Int
  private var outcomes: [Int] = []
  private var samplingSeconds = 0.0
  let size: [SpeedLine.Field]

  init(_ settings: SpeedSettings) throws {
    let depth = settings.layers ?? 4
    (qubits, shots) = (settings.qubits, settings.shots)
    circuit = BrickworkCircuit(qubits: qubits, depth: depth).benchmarkCircuit
    runner = try CircuitRunner(circuit.circuit, precision: settings.precision, loop: settings.loop)
    size = [.integer("n", qubits), .integer("depth", depth), .integer("shots", shots)]
  }

  mutating func run(repetition: Int) throws {
    let state = try runner.run(parameters: circuit.angles(repetition: repetition))
    let stopwatch = Stopwatch()
    var source = RandomSource(seed: 1, index: UInt64(repetition))
    outcomes = state.sample(shots: shots, using: &source)
    samplingSeconds = stopwatch.seconds
  }

  /// <Z_0> and <Z_{n-1}> as the samples show them.
  func checkValues() -> [Double] {
    [0, qubits - 1].map { qubit in
      let ones = outcomes.reduce(0) { $0 + $1 >> qubit & 1 }
      return 1 - 2 * Double(ones) / Double(outcomes.count)
    }
  }

  func details() -> [SpeedLine.Field] {
    [.number("sample_s", samplingSeconds, digits: 5)]
  }
}
