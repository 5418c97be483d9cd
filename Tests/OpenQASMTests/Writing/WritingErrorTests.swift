import OpenQASM
import QuantumCircuits
import QuantumStates
import Testing

/// What a format cannot hold is refused by name, in a whole sentence.
@Suite struct WritingErrorTests {
  private static func message(_ version: OpenQASMVersion, _ file: CircuitFile) -> String? {
    do {
      _ = try file.openQASM(version)
      return nil
    } catch {
      return error.description
    }
  }

  private static func circuit(bits: Int = 0, _ instruction: Instruction) -> CircuitFile {
    var circuit = Circuit(qubits: 3, bits: bits)
    circuit.append(instruction)
    return CircuitFile(circuit)
  }

  @Test(arguments: [
    (
      circuit(RX(.parameter(0), 0)),
      "OpenQASM 2 cannot hold the input w0: it has no inputs; bind parameters and features to numbers, or write OpenQASM 3"
    ),
    (
      circuit(GlobalPhase(0.5)),
      "OpenQASM 2 cannot hold GlobalPhase(0.5): it has no global phase; remove it where nothing sees it, or write OpenQASM 3"
    ),
    (
      circuit(U(0.1, 0.2, 0.3, 0)),
      "OpenQASM 2 cannot hold U(0.1, 0.2, 0.3, 0): its U is the rotation u3, without the phase; write the gate as U3, or write OpenQASM 3"
    ),
    (
      circuit(H(0).controlled(by: 1)),
      "OpenQASM 2 cannot hold H(0).controlled(by: [1: 1]): it has no controls but those of its gates; write OpenQASM 3"
    ),
    (
      circuit(PauliRotation(0.5, X(0), Z(1))),
      "OpenQASM 2 cannot hold PauliRotation(0.5, X(0), Z(1)): it has nothing of the kind; write OpenQASM 3"
    ),
    (circuit(Reset(0, 1)), "OpenQASM 2 cannot hold Reset(0, 1): it resets one qubit at a time; reset them one by one"),
    (
      circuit(bits: 2, If(ClassicalBit(0)) { H(0) }),
      "OpenQASM 2 cannot hold If(bit[0]): its conditions compare one register with a number, before one statement; write OpenQASM 3"
    ),
    (
      circuit(bits: 2, Instruction(.measurement(bits: [1, 0]), targets: [0, 2])),
      "OpenQASM 2 cannot hold Measure(0, 2, into: bit[1],bit[0]): it measures one qubit, or a whole register into a register; measure one by one"
    ),
  ])
  func version2(_ file: CircuitFile, _ message: String) {
    #expect(Self.message(.two, file) == message)
  }

  @Test(arguments: [
    (
      circuit(RX(.product(.feature(0), .constant(2)), 0)),
      "OpenQASM 3 cannot hold the angle x[0] * 2: it would be read as 2 * x[0]; write it with the operators of Angle, which fold constants"
    ),
    (
      circuit(RX(.sum(.feature(0), .constant(.infinity)), 0)),
      "OpenQASM 3 cannot hold the angle x[0] + inf: a number in it is not finite; give it a finite value"
    ),
    (
      circuit(Instruction(.gate(.cx, angles: []), targets: [1], controls: [Control(0, isOne: false)])),
      "OpenQASM 3 cannot hold CX(0, 1): a control of the gate's own stands on 0; write the gate without it, under an added control"
    ),
    (
      circuit(bits: 1, If(ClassicalExpression.integer(1)) { H(0) }),
      "OpenQASM 3 cannot hold If(1): its condition depends on no bit; put the block that is meant in its place"
    ),
    (
      circuit(bits: 2, Instruction(.assignment(bits: [0], .bits([0, 1])), targets: [])),
      "OpenQASM 3 cannot hold Assign({bit[0],bit[1]}, to: bit[0]): what is stored has another number of bits; store as many bits, or compare with a number"
    ),
  ])
  func version3(_ file: CircuitFile, _ message: String) {
    #expect(Self.message(.three, file) == message)
  }

  @Test(arguments: [
    ("h", "the language or its gates use it; rename it"), ("two words", "it is no identifier there; rename it, for example to q"),
    ("while", "the language or its gates use it; rename it"),
  ])
  func names(_ name: String, _ reason: String) {
    var file = Self.circuit(H(0))
    file.qubitRegisters = [QubitRegister(name, qubits: 0..<3)]
    #expect(Self.message(.three, file) == "OpenQASM 3 cannot hold the name \"\(name)\": \(reason)")
  }

  /// In JSON each symbol has one name, and observables speak of qubits that there are.
  @Test(arguments: [
    (
      #""inputs": []"#,
      "inputs: the circuit takes parameter 0, which has no name; give each of its parameters and features one, or leave inputs out"
    ),
    (
      #""inputs": [{"name": "a", "parameter": 0}]"#,
      "inputs: the circuit takes parameter 1, which has no name; give each of its parameters and features one, or leave inputs out"
    ),
    (
      #""inputs": [{"name": "a", "parameter": 0}, {"name": "b", "parameter": 1}, {"name": "c", "parameter": 1}]"#,
      "inputs[2]: \"c\" stands for parameter 1, which has a name already; give it one name"
    ),
    (
      #""inputs": [{"name": "a", "parameter": 0}, {"name": "a", "parameter": 1}]"#,
      "inputs[1]: there is an input \"a\" before; each has a name of its own"
    ),
    (#""observables": ["Z9"]"#, "observables[0]: Z9 speaks of qubit 9, the circuit has 1"),
  ])
  func documentsNameEachSymbolOnce(_ keys: String, _ expected: String) throws {
    let text = #"""
      {"schema": "hilbert.circuit/1", "qubits": [{"name": "q", "size": 1}], \#(keys),
       "instructions": [{"gate": "rx", "angles": [{"parameter": 0}], "qubits": [0]},
                        {"gate": "rx", "angles": [{"parameter": 1}], "qubits": [0]}]}
      """#
    let error = #expect(throws: CircuitFormatError.self) { try CircuitFile(json: text) }
    #expect(error?.description.contains(expected) == true, "\(error?.description ?? "no error")")
  }

  /// What a document asks for is checked before memory is taken for it.
  @Test(arguments: [
    (
      #"{"gate": "rx", "angles": [{"parameter": 1000000}], "qubits": [0]}"#,
      "instructions[0].angles[0]: there is no parameter 1000000; they are 0 to 999999"
    ),
    (
      #"{"gate": "rx", "angles": [{"feature": -1}], "qubits": [0]}"#,
      "instructions[0].angles[0]: there is no feature -1; they are 0 to 999999"
    ),
    (
      #"{"op": "if", "value": {"==": [{"bits": \#(Array(0..<65))}, 0]}, "then": []}"#,
      "65 bits are read as one number, which holds 64; read parts of them (ClassicalExpression.bits), and join conditions with && or ||"
    ),
  ])
  func documentsAreAsLargeAsCircuitsCanBe(_ instruction: String, _ expected: String) throws {
    let text = #"""
      {"schema": "hilbert.circuit/1", "qubits": [{"name": "q", "size": 1}], "bits": [{"name": "c", "size": 65}],
       "instructions": [\#(instruction)]}
      """#
    let error = #expect(throws: CircuitFormatError.self) { try CircuitFile(json: text) }
    #expect(error?.description.hasSuffix(expected) == true, "\(error?.description ?? "no error")")
  }
}
