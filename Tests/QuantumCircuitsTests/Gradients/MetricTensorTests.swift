import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// The Fubini-Study metric against known values and finite differences of states, and what the natural gradient is good for.
struct MetricTensorTests {
  @Test func aRotationOfOneQubitMovesByAQuarter() throws {
    for (index, gate) in [Gate.rx, .ry].enumerated() {
      let circuit = Circuit(qubits: 1) { Instruction.gate(gate, .parameter(0), on: 0) }
      #expect(try abs(circuit.metricTensor(parameters: [0.3 + Double(index)])[0, 0] - 0.25) < 1e-15)
    }
    // A phase of the whole state moves nothing.
    let phase = Circuit(qubits: 1) {
      RZ(.parameter(0), 0)
      GlobalPhase(.parameter(1))
    }
    #expect(try phase.metricTensor(parameters: [0.4, 1.1]).elements.allSatisfy { abs($0) < 1e-15 })
  }

  /// A point of the Bloch sphere with polar angle t: the metric is that of a sphere of radius 1/2, diag(1/4, sin^2(t)/4).
  @Test func theBlochSphereHasRadiusOneHalf() throws {
    let circuit = Circuit(qubits: 1) {
      RY(.parameter(0), 0)
      RZ(.parameter(1), 0)
    }
    let found = try circuit.metricTensor(parameters: [0.7, -0.4])
    let expected = RealMatrix([[0.25, 0], [0, 0.25 * Double.sin(0.7) * Double.sin(0.7)]])
    #expect(maximumDifference(found.elements, expected.elements) < 1e-15)
  }

  /// The variance of the generator: 4 g = Var(P) for exp(-i t P/2), scaled by the square of the coefficient and the uses of t.
  @Test func sharedAndScaledParametersAddUp() throws {
    let circuit = Circuit(qubits: 3) {
      for qubit in 0..<3 { RY(2 * .parameter(0) + .feature(0), qubit) }
    }
    let metric = try circuit.metricTensor(parameters: [0.2], features: [0.9])
    // Sum of three commuting Y with <Y> = 0: variance 3, times the square of 2.
    #expect(abs(metric[0, 0] - 3) < 1e-14)
  }

  @Test(arguments: 0..<40)
  func equalsDifferencesOfStates(_ index: Int) throws {
    var source = RandomSource(seed: 51, stream: UInt64(index))
    let gates = Gate.allCases.filter { $0.angleCount > 0 }
    let gate = gates[index % gates.count]
    let model = RandomCircuit(.init(qubits: max(gate.qubitCount, 2 + index % 3), gate: gate), &source)
    let (parameters, features) = (model.parameters, model.features.row(0))
    let metric = try model.circuit.metricTensor(parameters: parameters, features: features)

    func state(_ place: Int, _ step: Double) throws -> [Complex<Double>] {
      var shifted = parameters
      shifted[place] += step
      return ReferenceState(after: model.circuit, parameters: shifted, features: features).amplitudes
    }
    func product(_ left: [Complex<Double>], _ right: [Complex<Double>]) -> Complex<Double> {
      zip(left, right).reduce(.zero) { $0 + $1.0.conjugate * $1.1 }
    }
    let step = 1e-5
    let center = ReferenceState(after: model.circuit, parameters: parameters, features: features).amplitudes
    let slopes = try parameters.indices.map { place in
      zip(try state(place, step), try state(place, -step)).map { ($0 - $1) / Complex(2 * step) }
    }
    for row in parameters.indices {
      for column in parameters.indices {
        let expected = product(slopes[row], slopes[column]) - product(slopes[row], center) * product(center, slopes[column])
        #expect(abs(metric[row, column] - expected.real) < 1e-7, "entry (\(row), \(column))")
        #expect(metric[row, column] == metric[column, row])
      }
    }
    #expect(try metric.symmetricEigen().values[0] > -1e-12)
  }

  @Test func preparedFeaturesComeBeforeTheParameters() throws {
    let features = [0.3, -0.5, 0.8, 0.1]
    let circuit = Circuit(qubits: 3) {
      RX(.parameter(0), 0)
      AmplitudeEncoding(Features(4), on: 2, 1)
      RY(.parameter(1), 1)
    }
    let metric = try circuit.metricTensor(parameters: [0.4, 0.5], features: features)
    // Y of a real state has the mean 0.
    #expect(maximumDifference(metric.elements, [0.25, 0, 0, 0.25]) < 1e-15)

    let trained = Circuit(qubits: 1) { AmplitudeEncoding([.parameter(0), 1], on: 0) }
    let error = #expect(throws: CompilationError.self) { try trained.metricTensor(parameters: [0.5]) }
    #expect(
      error?.description
        == "The metric tensor cannot be used here: parameter 0 is an amplitude of a state preparation, not an angle of a gate.")
  }

  /// Nothing moves by a feature, so its slope may be infinite; that of a parameter may not.
  @Test func featuresNeedNoSlope() throws {
    let encoded = Circuit(qubits: 1) { RY(.asin(.feature(0)) + .parameter(0), 0) }
    #expect(try abs(encoded.metricTensor(parameters: [0.2], features: [1])[0, 0] - 0.25) < 1e-15)
    let trained = Circuit(qubits: 1) { RY(.asin(.parameter(0)), 0) }
    #expect(throws: CompilationError.self) { try trained.metricTensor(parameters: [1]) }
  }

  @Test func wrongInputsAreNamed() throws {
    let circuit = Circuit(qubits: 1) { RY(.parameter(0) * .feature(0), 0) }
    #expect(throws: CompilationError.self) { try circuit.metricTensor(parameters: [], features: [1]) }
    #expect(throws: CompilationError.self) { try circuit.metricTensor(parameters: [1], features: []) }
    #expect(throws: CompilationError.self) { try circuit.metricTensor(parameters: [1], features: [.nan]) }
    #expect(throws: LinearAlgebraError.self) { try naturalGradient([1], metric: [[0]], regularization: 0) }
    #expect(try naturalGradient([3], metric: [[0.25]], regularization: 0.5) == [4])
  }

  /// The lowest energy of a transverse-field Ising ring of four qubits by the Hamiltonian ansatz of two layers,
  /// which reaches it. Each descent takes the best of the rates.
  @Test func theNaturalGradientTakesFewerSteps() throws {
    let sites = 4
    let ring = (0..<sites).map { ($0, ($0 + 1) % sites) }
    let energy = PauliSum(
      ring.map { .init(-1, PauliWord([Z($0), Z($1)])) } + (0..<sites).map { .init(-1, PauliWord([X($0)])) })
    var circuit = Circuit(qubits: sites)
    for qubit in 0..<sites { circuit.append(H(qubit)) }
    for layer in 0..<2 {
      for (left, right) in ring { circuit.append(RZZ(.parameter(2 * layer), left, right)) }
      for qubit in 0..<sites { circuit.append(RX(.parameter(2 * layer + 1), qubit)) }
    }
    let function = Expectation(of: energy, after: circuit)
    let lowest = try energy.matrix(qubits: sites).hermitianEigen().values[0]

    func steps(natural: Bool, rate: Double) throws -> Int {
      var parameters = [0.3, 0.3, 0.3, 0.3]
      for step in 0..<300 {
        let (value, gradient) = try function.valueWithGradient(parameters: parameters)
        if value[0, 0] - lowest < 1e-4 { return step }
        var direction = gradient.parameters
        if natural { direction = try naturalGradient(direction, metric: try circuit.metricTensor(parameters: parameters)) }
        for place in parameters.indices { parameters[place] -= rate * direction[place] }
      }
      return 300
    }
    let rates = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5]
    let plain = try rates.map { try steps(natural: false, rate: $0) }
    let natural = try rates.map { try steps(natural: true, rate: $0) }
    #expect(natural.min()! < plain.min()! && plain.min()! < 300, "plain \(plain), natural \(natural)")
  }
}
