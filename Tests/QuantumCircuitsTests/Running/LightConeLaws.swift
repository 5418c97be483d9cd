import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// A function of the light cone of its outputs has the values and gradients of the whole, wherever in the register the cone lies.
struct LightConeLaws {
  /// Gates on a few qubits with gaps between them, noise on any qubit.
  static func circuit(qubits: Int, isNoisy: Bool, _ source: inout RandomSource) -> Circuit {
    var circuit = Circuit(qubits: qubits)
    if source.bool(probability: 0.5) {
      circuit.append(GlobalPhase(.parameter(0)))
      circuit.append(AmplitudeEncoding([.feature(0), 0.5, .feature(1)], on: 2, 0))
      circuit.append(Snapshot("start", of: X(0)))
    }
    for place in 0..<4 * qubits {
      let order = source.permutation(of: qubits)
      switch source.integer(below: isNoisy ? 8 : 6) {
      case 0: circuit.append(RX(.parameter(place) + .feature(place % 3), order[0]))
      case 1: circuit.append(RY(.parameter(place), order[0]))
      case 2: circuit.append(CX(order[0], order[1]))
      case 3: circuit.append(RZZ(.feature(place % 3) * .parameter(place), order[0], order[1]))
      case 4: circuit.append(H(order[0]))
      case 5: circuit.append(Instruction(.barrier, targets: Array(order.prefix(2))))
      case 6: circuit.append(AmplitudeDamping(0.2, order[0]))
      default: circuit.append(Depolarizing(errorProbability: 0.1, order[0]))
      }
    }
    // Every symbol stands somewhere, mostly outside the cone.
    for index in 0..<4 * qubits { circuit.append(RZ(.parameter(index), qubits / 2)) }
    for index in 0..<3 { circuit.append(RX(.feature(index), qubits / 2)) }
    return circuit
  }

  @Test(arguments: 0..<20, [false, true])
  func theConeHasTheValuesOfTheWhole(_ seed: Int, _ isNoisy: Bool) throws {
    var source = RandomSource(seed: 77, stream: UInt64(seed))
    let qubits = 3 + source.integer(below: isNoisy ? 3 : 5)
    let circuit = Self.circuit(qubits: qubits, isNoisy: isNoisy, &source)
    let parameters = (0..<circuit.parameterCount).map { _ in source.normal() }
    let features = RandomCircuit.matrix(5, 3, &source)
    let observables = (0..<2).map { _ in
      let places = RandomFixtures.distinct(1 + source.integer(below: 2), below: qubits, &source)
      return PauliSum([PauliSum.Term(source.normal(), RandomCircuit.word(on: places, &source)), PauliSum.Term(0.5, .identity)])
    }
    let read = RandomFixtures.distinct(2, below: qubits, &source)
    let pairs = try [false, true].map { isLightCone -> [CircuitFunction] in
      [
        try .expectation(of: observables, after: circuit, isLightCone: isLightCone),
        try .expectation(of: [], after: circuit, isLightCone: isLightCone),
        try .expectation(of: [PauliSum(1.5, .identity)], after: circuit, isLightCone: isLightCone),
        try .probabilities(of: read, after: circuit, isLightCone: isLightCone),
      ]
    }
    for (whole, cone) in zip(pairs[0], pairs[1]) {
      #expect(cone.parameterCount == whole.parameterCount && cone.featureCount == whole.featureCount)
      let (values, gradient) = try whole.valueWithGradient(features: features, parameters: parameters)
      let (coneValues, coneGradient) = try cone.valueWithGradient(features: features, parameters: parameters)
      #expect(maximumDifference(values.elements, coneValues.elements) < 1e-12)
      #expect(maximumDifference(gradient.parameters, coneGradient.parameters) < 1e-11)
      #expect(maximumDifference(gradient.features.elements, coneGradient.features.elements) < 1e-11)
    }
  }

  /// A prepared state is no diagonal gate, though of it Z alone is read.
  @Test func preparedStatesStay() throws {
    let circuit = Circuit(qubits: 3) {
      AmplitudeEncoding(Features(4), on: 2, 0)
      CZ(0, 1)
    }
    let features: RealMatrix = [[0, 0.6, 0, 0.8]]
    let mean = try Expectation(of: Z(2), Z(0), after: circuit, isLightCone: true).values(features: features)
    #expect(abs(mean[0, 0] + 1) < 1e-15 && abs(mean[0, 1] + 0.28) < 1e-15)
    let shares = try Probabilities(of: 2, after: circuit, isLightCone: true).values(features: features)
    #expect(abs(shares[0, 1] - 1) < 1e-15)
  }

  /// Two neighbours in the middle of a row: a cone with a gap below and above, and parameters with no slope at all.
  @Test func whatDropsOutHasNoGradient() throws {
    var circuit = Circuit(qubits: 9)
    for qubit in 0..<9 { circuit.append(RY(.parameter(qubit), qubit)) }
    for qubit in stride(from: 0, to: 8, by: 2) { circuit.append(CX(qubit, qubit + 1)) }
    let parameters = (0..<9).map { 0.3 + 0.1 * Double($0) }
    let (values, gradient) = try Expectation(of: Z(5) * X(4), after: circuit, isLightCone: true)
      .valueWithGradient(parameters: parameters)
    // CX takes Z5 X4 to -Y4 Y5, whose mean is zero after rotations about Y, and Z5 to Z4 Z5.
    #expect(abs(values[0, 0]) < 1e-15)
    let (mean, slopes) = try Expectation(of: Z(5), after: circuit, isLightCone: true).valueWithGradient(parameters: parameters)
    #expect(abs(mean[0, 0] - Double.cos(parameters[4]) * Double.cos(parameters[5])) < 1e-14)
    for index in [0, 1, 2, 3, 6, 7, 8] { #expect(slopes.parameters[index] == 0 && gradient.parameters[index] == 0) }
    #expect(abs(slopes.parameters[4] + Double.sin(parameters[4]) * Double.cos(parameters[5])) < 1e-14)
  }

  /// A register that no state vector fits: only its cone is run. CZ is diagonal, so Z passes through the whole chain.
  @Test func onlyTheConeTakesMemory() throws {
    var circuit = Circuit(qubits: 50)
    for qubit in 0..<50 { circuit.append(RX(.parameter(qubit), qubit)) }
    for qubit in 0..<49 { circuit.append(CZ(qubit, qubit + 1)) }
    let parameters = (0..<50).map { 0.02 * Double($0) }
    let value = try Expectation(of: Z(30), after: circuit, isLightCone: true).values(parameters: parameters)
    #expect(abs(value[0, 0] - Double.cos(parameters[30])) < 1e-14)
    #expect(throws: CompilationError.self) { try CircuitFunction.expectation(of: [Z(30).pauliSum], after: circuit) }
  }

  @Test func aPurityIsThatOfTheWholeState() throws {
    let circuit = Circuit(qubits: 2) {
      H(0)
      Depolarizing(errorProbability: 0.1, 0)
    }
    let error = #expect(throws: CompilationError.self) {
      try CircuitFunction.expectation(of: [Z(0).pauliSum], after: circuit, isLightCone: true).purities()
    }
    #expect(
      error?.description == "CircuitFunction.purities cannot be used here: "
        + "the function runs the light cone of its outputs, not the whole state.")
  }
}
