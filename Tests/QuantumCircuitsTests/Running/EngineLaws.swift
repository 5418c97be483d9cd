import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// A circuit run by the engine gives the reference's numbers: for every gate, precision, kernel level, number of qubits and batch.
struct EngineLaws {
  /// A precision with a kernel level of this processor.
  struct Setting: CustomStringConvertible {
    let precision: Precision
    let level: SIMDLevel
    static let all = Precision.allCases.flatMap { precision in
      SIMDLevel.supported.map { Setting(precision: precision, level: $0) }
    }
    var tolerance: Double { precision == .float ? 2e-5 : 1e-12 }
    var description: String { "\(precision) \(level)" }
  }

  /// How angles are given: it decides whether a matrix is made once, for each evaluation, or for each sample.
  enum Given: CaseIterable { case constant, parameter, feature }

  @Test(arguments: Gate.allCases)
  func everyGateGivesTheReferenceState(_ gate: Gate) throws {
    var source = RandomSource(seed: 31, stream: UInt64(Gate.allCases.firstIndex(of: gate)!))
    for given in Given.allCases {
      for extra in 0...3 {
        let (circuit, values) = Self.circuit(with: gate, given, qubits: max(1, gate.qubitCount) + extra, &source)
        let parameters = circuit.parameterCount > 0 ? values : [], features = circuit.featureCount > 0 ? values : []
        let expected = ReferenceState(after: circuit, parameters: parameters, features: features)
        for setting in Setting.all {
          let state = try circuit.run(
            parameters: parameters, features: features, precision: setting.precision, level: setting.level)
          #expect(
            maximumDifference(state.amplitudes(.littleEndian), expected.amplitudes) < setting.tolerance,
            "\(setting), angles by \(given): \(circuit.instructions.last!)")
          // The same state as the only sample of a batch, in another layout.
          let batched = try CircuitFunction.probabilities(
            of: Array(0..<circuit.qubitCount), after: circuit, precision: setting.precision, level: setting.level
          ).values(features: RealMatrix(rows: 1, columns: features.count, elements: features), parameters: parameters)
          #expect(maximumDifference(batched.elements, expected.probabilities) < setting.tolerance, "\(setting), batched: \(given)")
        }
      }
    }
  }

  /// Dense rotations on every qubit, then the gate at a random place, under random controls where qubits are left, then rotations.
  private static func circuit(
    with gate: Gate, _ given: Given, qubits: Int, _ source: inout RandomSource
  ) -> (Circuit, [Double]) {
    let values = (0..<max(1, gate.angleCount)).map { _ in source.normal() }
    let angles = values.indices.map { place -> Angle in
      switch given {
      case .constant: Angle(values[place])
      case .parameter: .parameter(place)
      case .feature: .feature(place)
      }
    }
    var circuit = Circuit(qubits: qubits)
    for qubit in 0..<qubits {
      let rest = (0..<3).map { _ in Angle(source.normal()) }
      circuit.append(Rot(rest[0], qubit == 0 ? angles[0] + rest[1] : rest[1], rest[2], qubit))
    }
    let order = source.permutation(of: qubits)
    let free = order.dropFirst(gate.qubitCount)
    let controls = free.prefix(source.integer(below: free.count + 1)).map { Control($0, isOne: source.bool(probability: 0.5)) }
    circuit.append(
      Instruction.gate(gate, angles: Array(angles.prefix(gate.angleCount)), qubits: Array(order.prefix(gate.qubitCount)))
        .controlled(by: controls))
    // Mixes phases into probabilities.
    for qubit in 0..<qubits { circuit.append(RX(Angle(0.7 + Double(qubit)), qubit)) }
    return (circuit, values)
  }

  /// Sizes around blocks of 8 and 16 samples and chunks of 64, and qubit counts around the change from batches to single states.
  static let sizes = [1, 2, 15, 16, 17, 33, 100]

  @Test(arguments: 2...13)
  func batchesGiveTheReferenceValues(_ qubits: Int) throws {
    var source = RandomSource(seed: 32, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, length: 8, samples: 100), &source)
    let chosen = Array(RandomFixtures.distinct(2, below: qubits, &source))
    let target = RandomFixtures.state(qubitCount: qubits, &source)
    // The reference is slow: it runs for samples at the borders of blocks and chunks.
    let rows = [0, 15, 16, 63, 64, 99].prefix(qubits > 10 ? 2 : 6)
    let states = rows.map { row in
      ReferenceState(after: model.circuit, parameters: model.parameters, features: model.features.row(row))
    }
    for setting in Setting.all {
      let (precision, level) = (setting.precision, setting.level)
      let expectation = try CircuitFunction.expectation(
        of: model.observables, after: model.circuit, precision: precision, level: level)
      let probabilities = try CircuitFunction.probabilities(of: chosen, after: model.circuit, precision: precision, level: level)
      let fidelity = try CircuitFunction.fidelity(
        of: model.circuit, with: target.amplitudes, precision: precision, level: level)
      for function in [expectation, probabilities, fidelity] {
        let all = try function.values(features: model.features, parameters: model.parameters)
        for size in Self.sizes where size < 100 {
          let part = try function.values(features: model.features.rows(0..<size), parameters: model.parameters)
          #expect(part == all.rows(0..<size), "\(setting): a sample's values change with its batch of \(size)")
        }
        let shifted = try function.values(features: model.features.rows(37..<60), parameters: model.parameters)
        #expect(shifted == all.rows(37..<60), "\(setting): a sample's values change with its place")
      }
      let found = try [expectation, probabilities, fidelity].map {
        try $0.values(features: model.features, parameters: model.parameters)
      }
      for (row, state) in zip(rows, states) {
        let means = model.observables.map { state.expectation(of: $0) }
        #expect(maximumDifference(found[0].row(row), means) < 10 * setting.tolerance, "\(setting), sample \(row)")
        let distribution = state.probabilities(of: chosen)
        #expect(maximumDifference(found[1].row(row), distribution) < setting.tolerance, "\(setting), sample \(row)")
        let overlap = target.innerProduct(state).lengthSquared
        #expect(maximumDifference(found[2].row(row), [overlap]) < setting.tolerance, "\(setting), sample \(row)")
      }
    }
  }

  @Test(arguments: [5, 6, 12])
  func wideMatricesGiveTheReferenceValues(_ qubits: Int) throws {
    var source = RandomSource(seed: 33, stream: UInt64(qubits))
    for width in 3...5 {
      let order = source.permutation(of: qubits)
      let (places, controls) = (Array(order.prefix(width)), order.dropFirst(width).prefix(1).map { Control($0, isOne: false) })
      for instruction in [
        Instruction.unitary(RandomFixtures.unitary(1 << width, &source), qubits: places),
        Instruction(.diagonal(RandomFixtures.phases(1 << width, &source)), targets: places),
        Instruction(.permutation(source.permutation(of: 1 << width)), targets: places),
      ] {
        var circuit = Circuit(qubits: qubits)
        for qubit in 0..<qubits { circuit.append(U3(.feature(0), Angle(source.normal()), .feature(1), qubit)) }
        circuit.append(instruction)
        circuit.append(instruction.controlled(by: controls))
        for qubit in 0..<qubits { circuit.append(RX(.feature(1), qubit)) }
        let features = RandomCircuit.matrix(3, 2, &source)
        let expected = (0..<3).flatMap { ReferenceState(after: circuit, features: features.row($0)).probabilities(of: places) }
        for setting in Setting.all {
          let found = try CircuitFunction.probabilities(
            of: places, after: circuit, precision: setting.precision, level: setting.level
          ).values(features: features)
          #expect(maximumDifference(found.elements, expected) < setting.tolerance, "\(setting): \(instruction)")
        }
        // Back through the same matrices.
        let function = Expectation(of: Z(0) * X(1), after: circuit)
        let slopes = try [GradientMethod.adjoint, .finiteDifferences(step: 3e-6)].map {
          try function.valueWithGradient(features: features, method: $0).gradient.features.elements
        }
        #expect(maximumDifference(slopes[0], slopes[1]) < 1e-7, "\(instruction)")
      }
    }
  }

  /// Large states, which threads share, are too slow for the reference: there a circuit is taken back by its inverse.
  @Test(arguments: [16, 19], [1, 3])
  func theInverseTakesALargeStateBack(_ qubits: Int, _ threads: Int) throws {
    var source = RandomSource(seed: 35, stream: UInt64(qubits))
    let model = RandomCircuit(.init(qubits: qubits, length: 12), &source)
    for setting in Setting.all {
      let state = try (model.circuit + model.circuit.inverse).run(
        parameters: model.parameters, features: model.features.row(0), precision: setting.precision,
        loop: ParallelLoop(threads: threads), level: setting.level)
      #expect(abs(state[0].real - 1) < 10 * setting.tolerance && abs(state.squaredNorm - 1) < 10 * setting.tolerance, "\(setting)")
    }
  }

  @Test(arguments: 1...4)
  func statesTakeCircuitsGateByGate(_ qubits: Int) throws {
    var source = RandomSource(seed: 34, stream: UInt64(qubits))
    for _ in 0..<5 {
      let model = RandomCircuit(.init(qubits: qubits), &source)
      let (parameters, features) = (model.parameters, model.features.row(0))
      let expected = try model.circuit.run(parameters: parameters, features: features)
      var vector = try StateVector(qubits: qubits)
      vector.apply(model.circuit, parameters: parameters, features: features)
      #expect(maximumDifference(vector.amplitudes(.littleEndian), expected.amplitudes(.littleEndian)) < 1e-12)
      var density = try DensityMatrix(qubits: qubits)
      density.apply(model.circuit, parameters: parameters, features: features)
      #expect(maximumDifference(density.matrix(.littleEndian), try DensityMatrix(expected).matrix(.littleEndian)) < 1e-12)
    }
  }
}

extension ReferenceState {
  /// <psi|O|psi> of a Pauli sum, word by word.
  func expectation(of observable: PauliSum) -> Double {
    observable.terms.reduce(0) { sum, term in
      let image = term.word.factors.reduce(self) { state, factor in
        state.applying(ReferenceOperators.pauli(Character(factor.pauli.rawValue)), targets: [factor.qubit])
      }
      return sum + term.coefficient * innerProduct(image).real
    }
  }
}

extension RealMatrix {
  /// Some rows.
  func rows(_ range: Range<Int>) -> RealMatrix {
    let places = range.lowerBound * columns..<range.upperBound * columns
    return RealMatrix(rows: range.count, columns: columns, elements: Array(elements[places]))
  }
}
