import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import Testing

@Suite struct BatchStatesTests {
  private static func circuit(qubits: Int) -> Circuit {
    var circuit = Circuit(qubits: qubits)
    for qubit in 0..<qubits { circuit.append(RX(.feature(qubit), qubit)) }
    circuit.append(Circuit.stronglyEntangling(qubits: qubits, layers: 2))
    return circuit
  }

  private static func numbers(_ count: Int, _ source: inout RandomSource) -> [Double] {
    (0..<count).map { _ in source.uniform(in: -3...3) }
  }

  /// Every row is the state of its sample alone: sizes below, at and above a chunk, one state a chunk at 12 qubits.
  @Test(arguments: [(1, 3), (2, 64), (4, 65), (7, 9), (12, 3)], Precision.allCases)
  func rowsAreTheStatesOfTheSamples(size: (qubits: Int, samples: Int), precision: Precision) throws {
    let circuit = Self.circuit(qubits: size.qubits)
    var source = RandomSource(seed: 5)
    let parameters = Self.numbers(circuit.parameterCount, &source)
    let features = RealMatrix(
      rows: size.samples, columns: size.qubits, elements: Self.numbers(size.samples * size.qubits, &source))
    let states = try circuit.states(features: features, parameters: parameters, precision: precision)
    #expect(states.rows == size.samples && states.columns == 1 << size.qubits)
    for sample in 0..<size.samples {
      let alone = try circuit.run(parameters: parameters, features: features.row(sample))
      let error = zip(states.row(sample), alone.amplitudes(.littleEndian)).map { ($0 - $1).length }.max() ?? .infinity
      #expect(error < (precision == .float ? 2e-6 : 1e-13))
    }
  }

  @Test func wrongFeaturesAreRefused() {
    #expect(throws: CompilationError.self) { try Self.circuit(qubits: 3).states(features: RealMatrix(rows: 2, columns: 2)) }
  }

  @Test func batchesLargerThanAnyMemoryAreRefused() {
    let circuit = Circuit(qubits: 24) { RX(.feature(0), 0) }
    let error = #expect(throws: CompilationError.self) {
      try circuit.states(features: RealMatrix(rows: 1_000_000, columns: 1))
    }
    #expect(error?.description.hasPrefix("A batch of 1000000 states needs 244.1 TiB") == true)
  }

  /// A state that is filled again holds nothing of what it held before.
  @Test(arguments: [3, 11, 16])
  func memoryIsUsedAgain(qubits: Int) throws {
    let circuit = Self.circuit(qubits: qubits)
    let runner = try CircuitRunner(circuit)
    var source = RandomSource(seed: 6)
    var state = try runner.run(parameters: Self.numbers(circuit.parameterCount, &source), features: Self.numbers(qubits, &source))
    let (parameters, features) = (Self.numbers(circuit.parameterCount, &source), Self.numbers(qubits, &source))
    try runner.run(parameters: parameters, features: features, into: &state)
    let fresh = try circuit.run(parameters: parameters, features: features)
    #expect(state.amplitudes(.littleEndian) == fresh.amplitudes(.littleEndian))
  }
}
