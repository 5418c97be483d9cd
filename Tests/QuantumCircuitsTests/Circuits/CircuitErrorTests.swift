import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Testing

/// Each mistake has one whole message, which names the instruction, its line and what to do.
struct CircuitErrorTests {
  static let here = SourceLocation(fileID: "Classifier/main.swift", line: 12)
  static let halved: ComplexMatrix = Complex(0.5) * .identity(2)

  static let mistakes: [(Instruction, String)] = [
    (H(2), "H(2) at Classifier/main.swift:12: there is no qubit 2 in a circuit of 2; qubits are 0...1"),
    (CX(0, -1), "CX(0, -1) at Classifier/main.swift:12: there is no qubit -1 in a circuit of 2; qubits are 0...1"),
    (
      RX(0.5, 1).controlled(by: 1),
      "RX(0.5, 1).controlled(by: [1: 1]) at Classifier/main.swift:12: qubit 1 is named twice; controls and targets must all differ"
    ),
    (
      .gate(.u, 0.5, 0.25, on: 0),
      "U(0.5, 0.25, 0) at Classifier/main.swift:12: the gate takes 3 angles (theta, phi, lambda), got 2"
    ),
    (.gate(.cx, on: 0), "CX(0) at Classifier/main.swift:12: the gate acts on 2 qubits, got 1"),
    (.gate(.h, on: 0, 1), "H(0, 1) at Classifier/main.swift:12: the gate acts on 1 qubits, got 2"),
    (
      RX(.asin(1.5), 0),
      "RX(nan, 0) at Classifier/main.swift:12: the angle nan is not a finite number; check the value that went into it"
    ),
    (
      .unitary(.identity(2), on: 0, 1),
      "Unitary(0, 1) at Classifier/main.swift:12: a matrix on 2 qubits must have 4 rows and columns, got 2 x 2"
    ),
    (
      .unitary(halved, on: 0),
      "Unitary(0) at Classifier/main.swift:12: the matrix is not unitary: U†U differs from the identity by 0.75, the tolerance is 1e-08"
    ),
    (
      .diagonal([1, 0], on: 0),
      "Diagonal(0) at Classifier/main.swift:12: the matrix is not unitary: U†U differs from the identity by 1.0, the tolerance is 1e-08"
    ),
    (.diagonal([1, 1, 1], on: 0), "Diagonal(0) at Classifier/main.swift:12: a diagonal on 1 qubits must have 2 entries, got 3"),
    (.permutation([0], on: 0), "Permutation(0) at Classifier/main.swift:12: a permutation on 1 qubits must have 2 images, got 1"),
    (
      .permutation([1, 1], on: 0),
      "Permutation(0) at Classifier/main.swift:12: the images are no permutation: 1 is out of range or occurs twice"
    ),
    (
      AmplitudeEncoding(Features(3), on: 0),
      "AmplitudeEncoding(3 amplitudes, 0) at Classifier/main.swift:12: 3 amplitudes do not fit 1 qubits, which hold 1 to 2"
    ),
    (
      AmplitudeEncoding(Features(2), on: 1),
      "AmplitudeEncoding(2 amplitudes, 1) at Classifier/main.swift:12: a state is prepared from |0...0>, "
        + "but an earlier instruction acts on qubit 1; prepare first"
    ),
    (
      AmplitudeEncoding(Features(2), on: 0).controlled(by: 1),
      "AmplitudeEncoding(2 amplitudes, 0).controlled(by: [1: 1]) at Classifier/main.swift:12: "
        + "a state preparation is no unitary gate and takes no controls"
    ),
  ]

  @Test(arguments: mistakes)
  func saysWhatIsWrong(_ instruction: Instruction, _ message: String) {
    var located = instruction
    located.source = Self.here
    let circuit = Circuit(qubits: 2) { H(1) }
    let error = #expect(throws: CircuitError.self) { try circuit.check(located) }
    #expect(error?.description == message)
  }

  @Test func aMatrixOfNoNumbersIsNotUnitary() {
    let circuit = Circuit(qubits: 1)
    let wrong = Instruction.unitary([[Complex(.nan, 0), 0], [0, 1]], on: 0)
    #expect(throws: CircuitError.self) { try circuit.check(wrong) }
    #expect(throws: CircuitError.self) { try circuit.check(.diagonal([Complex(.nan, 0), 1], on: 0)) }
  }

  /// More targets than a number has bits: lists for them have no length, and amplitudes that are left out are zero.
  @Test func wideRegistersAreChecked() throws {
    for count in [63, 64, 65] {
      let (all, circuit) = (Array(0..<count), Circuit(qubits: count))
      let prepared = try Circuit(
        qubits: count, instructions: [Instruction(.preparation(AmplitudePreparation(real: [1])), targets: all)])
      #expect(throws: CompilationError.self) { _ = try prepared.run() }
      for kind in [Instruction.Kind.diagonal([]), .permutation([])] {
        #expect(throws: CircuitError.self) { try circuit.check(Instruction(kind, targets: all)) }
      }
    }
  }

  /// A phase of the whole state is no earlier instruction on a qubit.
  @Test func statesArePreparedAfterAGlobalPhase() throws {
    let circuit = Circuit(qubits: 2) {
      GlobalPhase(.parameter(0))
      AmplitudeEncoding(Features(2), on: 0)
    }
    let amplitudes = try circuit.run(parameters: [0.3], features: [0.6, 0.8]).amplitudes(.littleEndian)
    for (found, real) in zip(amplitudes, [0.6, 0.8, 0, 0]) { #expect((found - Complex(length: real, phase: 0.3)).length < 1e-15) }
    let (values, gradient) = try Expectation(of: X(0), after: circuit).valueWithGradient(features: [[0.6, 0.8]], parameters: [0.3])
    #expect(abs(values[0, 0] - 0.96) < 1e-15 && abs(gradient.parameters[0]) < 1e-15)
  }

  @Test func instructionsFromElsewhereAreRefusedWithoutALine() {
    let error = #expect(throws: CircuitError.self) { try Circuit(qubits: 1, instructions: [H(0), CX(0, 1)]) }
    #expect(error?.description == "CX(0, 1): there is no qubit 1 in a circuit of 1; qubits are 0...0")
  }

  @Test func amplitudesAreNormalisedOrRefused() throws {
    let preparation = AmplitudePreparation(real: [.feature(0), .feature(1), 0.5])
    let amplitudes = try preparation.amplitudes(targetCount: 2, features: [3e-200, 4e-200])
    #expect(amplitudes == [0, 0, 1, 0].map { Complex($0) } || amplitudes[2].length == 1)
    let tiny = try AmplitudePreparation(real: [.feature(0), .feature(1)]).amplitudes(targetCount: 2, features: [3e-200, -4e-200])
    #expect((tiny[0] - Complex(0.6)).length < 1e-15 && (tiny[1] + Complex(0.8)).length < 1e-15 && tiny.count == 4)
    let zero = #expect(throws: PreparationError.self) {
      try AmplitudePreparation(real: [.feature(0)]).amplitudes(targetCount: 1, features: [0], sample: 17)
    }
    #expect(
      zero?.description
        == "amplitude encoding: sample 17 is the zero vector, which is no state; remove the row or add a constant feature")
    let missing = #expect(throws: PreparationError.self) {
      try AmplitudePreparation(real: [.feature(0)]).amplitudes(targetCount: 1, features: [.nan], sample: 3)
    }
    #expect(
      missing?.description
        == "amplitude encoding: sample 3 has a value that is not finite; remove the row or fill in the value")
  }
}
