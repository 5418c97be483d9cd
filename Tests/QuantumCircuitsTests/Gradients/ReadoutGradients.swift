import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Gradients of probabilities and fidelities, among them the points where the overlap vanishes; the gradients of amplitude
/// encoding.
struct ReadoutGradients {
  /// See `GradientAgreement.step`.
  static let step = 3e-6

  static func compare(_ function: CircuitFunction, _ model: RandomCircuit, _ source: inout RandomSource) throws {
    let cotangents = RandomCircuit.matrix(model.features.rows, function.outputCount, &source)
    func gradient(_ method: GradientMethod) throws -> [Double] {
      let (_, gradient) = try function.valueWithGradient(
        features: model.features, parameters: model.parameters, cotangents: cotangents, method: method)
      return gradient.parameters + gradient.features.elements
    }
    let adjoint = try gradient(.adjoint)
    #expect(adjoint.contains { abs($0) > 1e-3 })
    #expect(maximumDifference(adjoint, try gradient(.generalShift)) < 1e-10)
    #expect(maximumDifference(adjoint, try gradient(.finiteDifferences(step: step))) < 1e-7)
  }

  @Test(arguments: 2...6, 0..<4)
  func probabilitiesAgree(_ qubits: Int, _ index: Int) throws {
    var source = RandomSource(seed: 61, stream: UInt64(qubits), index: UInt64(index))
    let model = RandomCircuit(.init(qubits: qubits, samples: 11), &source)
    let chosen = RandomFixtures.distinct(1 + source.integer(below: qubits), below: qubits, &source)
    try Self.compare(.probabilities(of: chosen, after: model.circuit), model, &source)
  }

  @Test(arguments: 2...6, 0..<4)
  func fidelitiesAgree(_ qubits: Int, _ index: Int) throws {
    var source = RandomSource(seed: 62, stream: UInt64(qubits), index: UInt64(index))
    let model = RandomCircuit(.init(qubits: qubits, samples: 11), &source)
    let target = RandomFixtures.state(qubitCount: qubits, &source)
    try Self.compare(.fidelity(of: model.circuit, with: target.amplitudes), model, &source)
  }

  /// F = sin^2(t/2) has slope 0 at F = 0, where a derivative by way of |overlap| divides by zero.
  @Test(arguments: Precision.allCases)
  func aFidelityOfZeroHasTheGradientZero(_ precision: Precision) throws {
    let circuit = Circuit(qubits: 3) {
      RY(.parameter(0), 1)
      RX(.feature(0), 2)
    }
    var target = [Complex<Double>](repeating: 0, count: 8)
    target[0b110] = 1
    let function = Fidelity(of: circuit, with: target, precision: precision)
    let (value, gradient) = try function.valueWithGradient(features: [[0.7], [0]], parameters: [0])
    #expect(value.elements == [0, 0] && gradient.parameters == [0] && gradient.features.elements == [0, 0])
    // Just beside it, F = sin^2(t/2) sin^2(x/2).
    let tolerance = precision == .float ? 1e-7 : 1e-15
    let (near, slope) = try function.valueWithGradient(features: [[0.7]], parameters: [1e-2])
    let other = Double.sin(0.35) * Double.sin(0.35)
    #expect(abs(near[0, 0] - Double.sin(5e-3) * Double.sin(5e-3) * other) < tolerance)
    #expect(abs(slope.parameters[0] - Double.sin(1e-2) / 2 * other) < tolerance)
  }

  @Test func probabilitiesOfZeroHaveTheGradientZero() throws {
    let circuit = Circuit(qubits: 2) { RX(.parameter(0), 0) }
    let (values, gradient) = try Probabilities(of: 0, 1, after: circuit).valueWithGradient(
      parameters: [0], cotangents: [[0, 1, 1, 1]])
    #expect(values.elements == [1, 0, 0, 0] && gradient.parameters == [0])
  }

  @Test(arguments: Precision.allCases)
  func observablesWithoutWordsAreConstants(_ precision: Precision) throws {
    let circuit = Circuit(qubits: 2) { RX(.parameter(0), 0) }
    let observables = [PauliSum([]), PauliSum(1.5, .identity)]
    let function = try CircuitFunction.expectation(of: observables, after: circuit, precision: precision)
    let (values, gradient) = try function.valueWithGradient(parameters: [0.4])
    #expect(maximumDifference(values.elements, [0, 1.5]) < 1e-6)
    #expect(maximumDifference(gradient.parameters, [0]) < 1e-6)
  }

  // MARK: - Amplitude encoding

  /// A register of encoded features beside one of gates, entangled afterwards; the encoded qubits are out of order.
  static func encoder(_ qubits: Int, imaginary: Bool, _ source: inout RandomSource) -> RandomCircuit {
    let model = RandomCircuit(.init(qubits: qubits, length: 5, samples: 19), &source)
    let order = Array(RandomFixtures.distinct(2, below: qubits, &source))
    let free = (0..<qubits).filter { !order.contains($0) }
    var circuit = Circuit(qubits: qubits)
    if let other = free.first { circuit.append(RX(.parameter(0), other)) }
    // Three amplitudes of four; an expression of features and parameters among them.
    let real: [Angle] = [.feature(3), .feature(4) * .parameter(0), 0.4 + .square(.feature(5))]
    let preparation = AmplitudePreparation(real: real, imaginary: imaginary ? [.feature(4), 0.3, .feature(6)] : [])
    circuit.append(Instruction(.preparation(preparation), targets: order))
    circuit.append(model.circuit)
    return RandomCircuit(
      circuit: circuit, observables: model.observables, parameters: model.parameters,
      features: RandomCircuit.matrix(19, circuit.featureCount, &source), cotangents: model.cotangents)
  }

  @Test(arguments: [2, 3, 4, 6, 12], [false, true])
  func amplitudeEncodingGivesTheReferenceAndItsGradient(_ qubits: Int, _ imaginary: Bool) throws {
    var source = RandomSource(seed: 63, stream: UInt64(qubits))
    let model = Self.encoder(qubits, imaginary: imaginary, &source)
    let function = try model.expectation()
    func evaluate(_ method: GradientMethod) throws -> (values: RealMatrix, gradient: CircuitGradient) {
      try function.valueWithGradient(
        features: model.features, parameters: model.parameters, cotangents: model.cotangents, method: method)
    }
    let adjoint = try evaluate(.adjoint), differences = try evaluate(.finiteDifferences(step: Self.step))
    for row in [0, 7, 18] {
      let state = ReferenceState(after: model.circuit, parameters: model.parameters, features: model.features.row(row))
      #expect(maximumDifference(adjoint.values.row(row), model.observables.map { state.expectation(of: $0) }) < 1e-11)
    }
    #expect(maximumDifference(adjoint.gradient.parameters, differences.gradient.parameters) < 1e-7)
    #expect(maximumDifference(adjoint.gradient.features.elements, differences.gradient.features.elements) < 1e-7)
    // A direction that only lengthens the vector changes nothing: checked by the encoded features alone.
    let plain = Circuit(qubits: 2) {
      AmplitudeEncoding(Features(4), on: 0, 1)
      CRY(0.3, 0, 1)
    }
    let sample: RealMatrix = [[0.3, -1.2, 0.5, 2]]
    let slopes = try Expectation(of: Z(1), after: plain).valueWithGradient(features: sample).gradient.features
    #expect(abs(zip(slopes.elements, sample.elements).reduce(0) { $0 + $1.0 * $1.1 }) < 1e-14)
  }

  /// The scale of a vector does not count, whether it is tiny or huge.
  @Test(arguments: [1e-300, 1e-160, 1, 1e160, 1e300])
  func amplitudeEncodingTakesVectorsOfAnyLength(_ scale: Double) throws {
    let circuit = Circuit(qubits: 2) { AmplitudeEncoding(Features(4), on: 0, 1) }
    let values = [0.5, -0.5, 0.1, 0.7]
    let function = Expectation(of: Z(0), X(1), after: circuit)
    let (_, unscaled) = try function.valueWithGradient(features: [values])
    let (found, gradient) = try function.valueWithGradient(features: [values.map { $0 * scale }])
    let norm = values.reduce(0) { $0 + $1 * $1 }
    #expect(abs(found[0, 0] - (0.25 - 0.25 + 0.01 - 0.49) / norm) < 1e-15)
    #expect(maximumDifference(gradient.features.elements.map { $0 * scale }, unscaled.features.elements) < 1e-14)
  }
}
