import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Layers of one-qubit unitaries between permutations run as rotations on relabelled qubits, encodings as product states: the same
/// values and gradients as the reference's, and as other gradient methods'.
struct StretchLaws {
  typealias Setting = EngineLaws.Setting

  /// Data, then layers of unitaries and permutations; data and entangling phases again in between, where asked for.
  static func circuit(qubits: Int, layers: Int, reuploads: Bool, _ source: inout RandomSource) -> Circuit {
    var circuit = Circuit(qubits: qubits)
    func add(_ instructions: Instruction...) { for instruction in instructions { circuit.append(instruction) } }
    func encode(_ source: inout RandomSource) {
      for qubit in 0..<qubits {
        switch source.integer(below: 5) {
        case 0: circuit.append(RX(.feature(qubit % 3), qubit))
        case 1: add(H(qubit), P(2 * .feature(qubit % 3), qubit))
        case 2: add(H(qubit), RZ(.feature(0) * .parameter(0) + 0.3, qubit), RY(.parameter(1), qubit))
        case 3: circuit.append(RZ(.feature(1), qubit))
        default: break
        }
      }
    }
    var next = 2
    encode(&source)
    for layer in 0..<layers {
      for qubit in 0..<qubits {
        let angles = (0..<3).map { Angle.parameter(next + $0) }
        switch source.integer(below: 6) {
        case 0, 1: circuit.append(Rot(angles[0], 2 * angles[1] - 0.4, angles[2], qubit))
        case 2: circuit.append(RY(angles[0] * angles[1], qubit))
        // Rotations by no angle and by a half turn, where one of cosine and sine vanishes.
        case 3: add(RX(source.bool(probability: 0.5) ? 0 : .pi, qubit), S(qubit), RZ(angles[2], qubit))
        case 4: circuit.append(H(qubit))
        default: continue
        }
        next += 3
      }
      for _ in 0..<(qubits < 2 ? 0 : qubits) {
        let pair = source.permutation(of: qubits)
        switch source.integer(below: 5) {
        case 0, 1: circuit.append(CX(pair[0], pair[1]))
        case 2: circuit.append(SWAP(pair[0], pair[1]))
        case 3: circuit.append(Instruction.gate(.x, angles: [], qubits: [pair[0]]).controlled(by: [Control(pair[1], isOne: false)]))
        default: circuit.append(X(pair[0]))
        }
      }
      if reuploads, layer % 2 == 1 {
        if qubits > 1 { add(CZ(0, 1), RZZ(.parameter(0), 0, qubits - 1)) }
        encode(&source)
      }
    }
    // Every symbol stands somewhere.
    for index in 0..<max(next, circuit.parameterCount) { circuit.append(RZ(.parameter(index), index % qubits)) }
    for index in 0..<3 { circuit.append(RX(.feature(index), index % qubits)) }
    return circuit
  }

  struct Model {
    let circuit: Circuit
    let observables: [PauliSum]
    let parameters: [Double]
    let features: RealMatrix
    let cotangents: RealMatrix

    init(qubits: Int, layers: Int, reuploads: Bool, samples: Int, _ source: inout RandomSource) {
      circuit = StretchLaws.circuit(qubits: qubits, layers: layers, reuploads: reuploads, &source)
      observables = (0..<2).map { RandomCircuit.observable(qubits: qubits, isDiagonal: $0 == 0, &source) }
      parameters = (0..<circuit.parameterCount).map { _ in source.normal() }
      features = RandomCircuit.matrix(samples, 3, &source)
      cotangents = RandomCircuit.matrix(samples, 2, &source)
    }

    func gradient(_ setting: Setting, _ method: GradientMethod = .adjoint) throws -> (RealMatrix, CircuitGradient) {
      try CircuitFunction.expectation(of: observables, after: circuit, precision: setting.precision, level: setting.level)
        .valueWithGradient(features: features, parameters: parameters, cotangents: cotangents, method: method)
    }
  }

  @Test(arguments: 1...8, [false, true])
  func valuesAreTheReferences(_ qubits: Int, _ reuploads: Bool) throws {
    var source = RandomSource(seed: 71, stream: UInt64(2 * qubits + (reuploads ? 1 : 0)))
    let model = Model(qubits: qubits, layers: 4, reuploads: reuploads, samples: 70, &source)
    for setting in Setting.all {
      let (values, _) = try model.gradient(setting)
      for row in [0, 17, 69] {
        let state = ReferenceState(after: model.circuit, parameters: model.parameters, features: model.features.row(row))
        let expected = model.observables.map { state.expectation(of: $0) }
        #expect(maximumDifference(values.row(row), expected) < 10 * setting.tolerance, "\(setting), sample \(row)")
      }
    }
  }

  @Test(arguments: 1...6, [false, true])
  func gradientsAreThoseOfTheShiftRules(_ qubits: Int, _ reuploads: Bool) throws {
    var source = RandomSource(seed: 72, stream: UInt64(2 * qubits + (reuploads ? 1 : 0)))
    for samples in [1, 19] {
      let model = Model(qubits: qubits, layers: 3, reuploads: reuploads, samples: samples, &source)
      let expected = try model.gradient(Setting(precision: .double, level: .current), .generalShift).1
      let scale = 1 + (expected.parameters + expected.features.elements).map(\.magnitude).max()!
      for setting in Setting.all {
        let found = try model.gradient(setting).1
        let tolerance = scale * max(20 * setting.tolerance, 1e-10)
        #expect(maximumDifference(found.parameters, expected.parameters) < tolerance, "\(setting), \(samples) samples")
        #expect(
          maximumDifference(found.features.elements, expected.features.elements) < tolerance, "\(setting), \(samples) samples")
      }
    }
  }

  /// Stretches of single states: without features each sample is one, and the features of the batch's circuit are numbers.
  @Test(arguments: 1...10, [false, true])
  func singleStatesGiveTheReferencesValuesAndGradients(_ qubits: Int, _ reuploads: Bool) throws {
    var source = RandomSource(seed: 74, stream: UInt64(2 * qubits + (reuploads ? 1 : 0)))
    let model = Model(qubits: qubits, layers: 4, reuploads: reuploads, samples: 1, &source)
    let circuit = model.circuit.bound(features: model.features.row(0))
    let state = ReferenceState(after: circuit, parameters: model.parameters)
    let values = model.observables.map { state.expectation(of: $0) }
    let word = PauliSum(1, RandomCircuit.observable(qubits: qubits, isDiagonal: false, &source).terms[0].word)
    let target = RandomFixtures.state(qubitCount: qubits, &source)
    func functions(_ setting: Setting) throws -> [CircuitFunction] {
      [
        try .expectation(of: model.observables, after: circuit, precision: setting.precision, level: setting.level),
        try .expectation(of: [model.observables[0], word], after: circuit, precision: setting.precision, level: setting.level),
        try .expectation(of: [Z(0).pauliSum], after: circuit, precision: setting.precision, level: setting.level),
        try .probabilities(of: Array(0..<min(2, qubits)), after: circuit, precision: setting.precision, level: setting.level),
        try .fidelity(of: circuit, with: target.amplitudes, precision: setting.precision, level: setting.level),
      ]
    }
    let exact = try functions(Setting(precision: .double, level: .current)).map {
      try $0.valueWithGradient(parameters: model.parameters, method: .generalShift).gradient.parameters
    }
    let scale = 1 + exact.flatMap { $0 }.map(\.magnitude).max()!
    for setting in Setting.all {
      let run = try circuit.run(parameters: model.parameters, precision: setting.precision, level: setting.level)
      #expect(maximumDifference(run.amplitudes(.littleEndian), state.amplitudes) < 10 * setting.tolerance, "\(setting)")
      for (place, function) in try functions(setting).enumerated() {
        let (found, gradient) = try function.valueWithGradient(parameters: model.parameters)
        if place == 0 { #expect(maximumDifference(found.elements, values) < 10 * setting.tolerance, "\(setting)") }
        #expect(maximumDifference(gradient.parameters, exact[place]) < scale * max(20 * setting.tolerance, 1e-10), "\(setting)")
      }
    }
  }

  /// Single states that several threads share, in whatever direction a chain of CX gates runs.
  @Test(arguments: [12, 14], [false, true])
  func largerSingleStatesAreThatOfOneThread(_ qubits: Int, _ isDownward: Bool) throws {
    var circuit = Circuit(qubits: qubits)
    for layer in 0..<3 {
      for qubit in 0..<qubits {
        circuit.append(RY(.parameter(2 * (layer * qubits + qubit)), qubit))
        circuit.append(RZ(.parameter(2 * (layer * qubits + qubit) + 1), qubit))
      }
      for qubit in 0..<qubits - 1 {
        let pair = isDownward ? (qubits - 1 - qubit, qubits - 2 - qubit) : (qubit, qubit + 1)
        circuit.append(CX(pair.0, pair.1))
      }
    }
    var source = RandomSource(seed: 75, stream: UInt64(qubits))
    let parameters = (0..<circuit.parameterCount).map { _ in source.normal() }
    let observable = RandomCircuit.observable(qubits: qubits, isDiagonal: false, &source)
    let state = ReferenceState(after: circuit, parameters: parameters)
    for setting in Setting.all {
      var results: [(RealMatrix, [Double])] = []
      for threads in [1, 2, 3] {
        let function = try CircuitFunction.expectation(
          of: [observable], after: circuit, precision: setting.precision, loop: ParallelLoop(threads: threads), level: setting.level
        )
        let (values, gradient) = try function.valueWithGradient(parameters: parameters)
        results.append((values, gradient.parameters))
      }
      #expect(abs(results[0].0[0, 0] - state.expectation(of: observable)) < 20 * setting.tolerance, "\(setting)")
      for other in results.dropFirst() {
        #expect(other.0.elements == results[0].0.elements && other.1 == results[0].1, "\(setting)")
      }
      // Tiles do the same by other kernels.
      let tiles = try CircuitFunction.expectation(of: [observable], after: circuit, precision: .double, level: setting.level)
        .running(in: .shape(TileShape(bits: 9, lowBits: 5))).valueWithGradient(parameters: parameters).gradient
      let scale = 1 + tiles.parameters.map(\.magnitude).max()!
      #expect(maximumDifference(results[0].1, tiles.parameters) < 50 * scale * setting.tolerance, "\(setting)")
    }
  }

  /// Chunks of many sizes, on as many qubits as batches have, against samples one at a time.
  @Test(arguments: [4, 9, 11], [65, 300])
  func batchesAreSumsOfTheirSamples(_ qubits: Int, _ samples: Int) throws {
    var source = RandomSource(seed: 73, stream: UInt64(qubits + samples))
    let model = Model(qubits: qubits, layers: 2, reuploads: qubits == 4, samples: samples, &source)
    for precision in Precision.allCases {
      let setting = Setting(precision: precision, level: .current)
      let whole = try model.gradient(setting).1
      let function = try CircuitFunction.expectation(of: model.observables, after: model.circuit, precision: precision)
      var sums = [Double](repeating: 0, count: model.parameters.count)
      for start in stride(from: 0, to: samples, by: 50) {
        let rows = start..<min(start + 50, samples)
        let part = try function.valueWithGradient(
          features: model.features.rows(rows), parameters: model.parameters, cotangents: model.cotangents.rows(rows)
        ).gradient
        for index in sums.indices { sums[index] += part.parameters[index] }
        let tolerance = 100 * setting.tolerance
        #expect(maximumDifference(part.features.elements, whole.features.rows(rows).elements) < tolerance, "\(setting)")
      }
      let scale = 1 + sums.map(\.magnitude).max()!
      #expect(maximumDifference(whole.parameters, sums) < 100 * scale * setting.tolerance, "\(setting)")
    }
  }
}
