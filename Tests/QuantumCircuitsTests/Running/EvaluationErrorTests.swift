import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

/// Wrong inputs of an evaluation and settings that a method cannot honour, each with its whole message.
struct EvaluationErrorTests {
  static let circuit = Circuit(qubits: 2) {
    RX(.parameter(0), 0)
    CRX(.parameter(1), 0, 1)
    RY(.feature(0) + .feature(1), 1)
  }
  static let function = Expectation(of: Z(0) * Z(1), after: circuit)
  static let good: RealMatrix = [[0.1, 0.2], [0.3, 0.4]]

  static func message(_ body: () throws -> Void) -> String? {
    #expect(throws: CompilationError.self, performing: body)?.description
  }

  @Test func countsAreNamed() {
    #expect(
      Self.message { _ = try Self.function.values(features: Self.good, parameters: [1]) }
        == "The circuit takes 2 parameters, got 1.")
    #expect(
      Self.message { _ = try Self.function.values(features: [[1], [2]], parameters: [1, 2]) }
        == "The circuit takes 2 features a sample, the batch has 1.")
    #expect(
      Self.message { _ = try Self.circuit.run(parameters: [1, 2]) }
        == "The circuit takes 2 features a sample, the batch has 0.")
    #expect(Self.message { _ = try Self.circuit.run(features: [1, 2]) } == "The circuit takes 2 parameters, got 0.")
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func valuesThatAreNotFiniteAreNamedWithTheirPlace(_ value: Double) {
    let expected = "A feature in row 1, column 0 is not a finite number: remove the row or fill in the value."
    let features: RealMatrix = [[0.1, 0.2], [value, 0.4]]
    #expect(Self.message { _ = try Self.function.values(features: features, parameters: [1, 2]) } == expected)
    #expect(Self.message { _ = try Self.function.valueWithGradient(features: features, parameters: [1, 2]) } == expected)
    #expect(Self.message { _ = try Self.function.evaluate(features: features, parameters: [1, 2]) } == expected)
    #expect(
      Self.message { _ = try Self.function.values(features: Self.good, parameters: [1, value]) }
        == "A parameter in row 0, column 1 is not a finite number: remove the row or fill in the value.")
  }

  /// Finite features outside the domain of a function, or where its slope is infinite: never a silent not-a-number.
  @Test(arguments: [2, 13])
  func anglesWithoutAValueAreNamed(_ qubits: Int) throws {
    let circuit = Circuit(qubits: qubits) {
      H(0)
      RX(.asin(.feature(0)) + .parameter(0), 0)
      CRY(.sqrt(.feature(1)), 0, 1)
    }
    let function = Expectation(of: Z(0), Z(1), after: circuit)
    let outside: RealMatrix = [[0.5, 1], [1.5, 2]], steep: RealMatrix = [[0.5, 1], [0.25, 0]]
    let value = "The angle asin(x[0]) + w[0] has no finite value for row 1: "
    let slope = "The angle sqrt(x[1]) has no finite derivative by x[1] for row 1: "
    let advice = "keep its features and parameters inside the domains of its functions."
    #expect(Self.message { _ = try function.values(features: outside, parameters: [0.1]) } == value + advice)
    #expect(Self.message { _ = try function.evaluate(features: outside, parameters: [0.1]) } == value + advice)
    for method in [GradientMethod.adjoint, .generalShift, .finiteDifferences(), .spsa(draws: 2, seed: 1)] {
      let refusal = Self.message { _ = try function.valueWithGradient(features: outside, parameters: [0.1], method: method) }
      #expect(refusal == value + advice, "\(method)")
    }
    for method in [GradientMethod.adjoint, .generalShift] {
      let refusal = Self.message { _ = try function.valueWithGradient(features: steep, parameters: [0.1], method: method) }
      #expect(refusal == slope + advice, "\(method)")
    }
    #expect(try function.values(features: steep, parameters: [0.1]).rows == 2)
    let single = value.replacing("row 1", with: "row 0") + advice
    #expect(Self.message { _ = try circuit.run(parameters: [0.1], features: outside.row(1)) } == single)
    if qubits == 2 { #expect(Self.message { _ = try circuit.metricTensor(parameters: [0.1], features: outside.row(1)) } == single) }
  }

  @Test func theZeroVectorHasNoState() {
    let circuit = Circuit(qubits: 2) { AmplitudeEncoding(Features(3), on: 0, 1) }
    let features: RealMatrix = [[1, 0, 0], [0, 1, 0], [0, 0, 0], [0, 0, 0]]
    let expected =
      "amplitude encoding: sample 2 is the zero vector, which is no state; remove the row or add a constant feature"
    let function = Expectation(of: Z(0), after: circuit)
    #expect(Self.message { _ = try function.values(features: features) } == expected)
    #expect(Self.message { _ = try function.valueWithGradient(features: features) } == expected)
    #expect(Self.message { _ = try circuit.run(features: [0, 0, 0]) } == expected.replacing("sample 2", with: "sample 0"))
  }

  @Test func methodsRefuseWhatTheyCannotDo() {
    func refusal(_ circuit: Circuit, _ method: GradientMethod, features: RealMatrix, parameters: [Double] = []) -> String? {
      Self.message {
        _ = try Expectation(of: Z(0), after: circuit).valueWithGradient(features: features, parameters: parameters, method: method)
      }
    }
    #expect(
      refusal(Self.circuit, .twoTermShift, features: Self.good, parameters: [1, 2])
        == "The two-term shift rule cannot be used here: "
        + "the angle w[1] has the frequencies [0.5, 1.0]; use the general rule.")
    let encoder = Circuit(qubits: 1) { AmplitudeEncoding(Features(2), on: 0) }
    for method in [GradientMethod.twoTermShift, .generalShift] {
      #expect(
        refusal(encoder, method, features: [[1, 2]])
          == "The parameter-shift rule cannot be used here: amplitude encoding is no rotation; use the adjoint method.")
    }
    #expect(
      refusal(Self.circuit, .finiteDifferences(step: 0), features: Self.good, parameters: [1, 2])
        == "Central differences cannot be used here: the step is 0.0, must be positive.")
    #expect(
      refusal(Self.circuit, .spsa(draws: 0, seed: 1), features: Self.good, parameters: [1, 2])
        == "SPSA cannot be used here: draws are 0 and the step 0.001, both must be positive.")
  }

  @Test func readoutsStayInsideTheCircuit() {
    #expect(
      Self.message { _ = try CircuitFunction.expectation(of: [Z(0).pauliSum, X(2).pauliSum], after: Self.circuit) }
        == "The observable X2 reads qubit 2, the circuit has 2: use qubits 0 to 1.")
    #expect(
      Self.message { _ = try CircuitFunction.probabilities(of: [0, 5], after: Self.circuit) }
        == "The list [0, 5] reads qubit 5, the circuit has 2: use qubits 0 to 1.")
    #expect(
      Self.message { _ = try CircuitFunction.fidelity(of: Self.circuit, with: [1, 0]) }
        == "The target state has 2 amplitudes, the circuit's has 4: give one for each basis state.")
    #expect(
      Self.message { _ = try CircuitFunction.fidelity(of: Self.circuit, with: [1, 1, 0, 0]) }
        == "The squared norm (or trace) is 2.0, not 1 within 1e-06: normalize the input first.")
    #expect(
      Self.message { _ = try CircuitFunction.fidelity(of: Self.circuit, with: [1, 0, Complex(.nan, 0), 0]) }
        == "Entry 2 is not a finite number: remove or replace it.")
    #expect(
      Self.message { _ = try CircuitFunction.probabilities(of: [1, 0, 1], after: Self.circuit) }
        == "The list [1, 0, 1] names qubit 1 twice: name each once.")
  }

  /// The message names bytes and the largest register, which depend on the machine: their places are checked.
  @Test(arguments: [40, 62, 63, 64, 100])
  func tooManyQubitsAreRefusedBeforeMemoryIsTaken(_ qubits: Int) throws {
    let circuit = Circuit(qubits: qubits) { H(0) }
    let pattern = /(.+) needs ([0-9.]+) [KMGTPE]iB, and [0-9.]+ [KMGT]iB are free; (.+)/
    let advice = /the largest register that fits has [0-9]+ qubits\. Use fewer qubits, single precision or a smaller batch\./
    let running = try #require(Self.message { _ = try circuit.run() })
    let match = try #require(running.wholeMatch(of: pattern), "\(running)")
    #expect(match.3.wholeMatch(of: advice) != nil, "\(running)")
    #expect(match.1 == "A state vector of \(qubits) qubits")
    if qubits == 40 { #expect(match.2 == "16.0") }
    let evaluating = try #require(
      Self.message { _ = try CircuitFunction.expectation(of: [Z(0).pauliSum], after: circuit, loop: ParallelLoop(threads: 1)) })
    let second = try #require(evaluating.wholeMatch(of: pattern), "\(evaluating)")
    #expect(second.3.wholeMatch(of: advice) != nil, "\(evaluating)")
    #expect(second.1 == "A circuit of \(qubits) qubits with its gradient")
    if qubits == 40 { #expect(second.2 == "32.0") }
  }

  @Test func emptyBatchesGiveNothing() throws {
    let (values, gradient) = try Self.function.valueWithGradient(features: RealMatrix(rows: 0, columns: 2), parameters: [1, 2])
    #expect(values.rows == 0 && gradient.parameters == [0, 0] && gradient.features.rows == 0)
    for method in [GradientMethod.generalShift, .finiteDifferences(), .spsa(draws: 3, seed: 1)] {
      let (_, gradient) = try Self.function.valueWithGradient(
        features: RealMatrix(rows: 0, columns: 2), parameters: [1, 2], method: method)
      #expect(gradient.parameters == [0, 0], "\(method)")
    }
  }
}
