import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Testing

struct CircuitBuilderTests {
  @Test func builderAndAppendingAreEqual() {
    let features = Features(2)
    let weights = Parameters(4)
    let entangles = true
    let inner = Circuit(qubits: 2) { CX(0, 1) }
    let built = Circuit(qubits: 3) {
      H(0)
      X(1)
      for qubit in 0..<2 {
        RY(weights[qubit], qubit)
        P(2 * features[qubit], qubit)
      }
      if entangles {
        inner
      } else {
        SWAP(0, 1)
      }
      if !entangles { Z(2) }
      [RZ(weights[2], 2), RZ(weights[3], 0)]
      CU(0.1, 0.2, 0.3, weights[3], 0, 1).controlled(by: [2: 0])
    }
    var appended = Circuit(qubits: 3)
    appended.append(H(0))
    appended.append(X(1))
    for qubit in 0..<2 {
      appended.append(RY(weights[qubit], qubit))
      appended.append(P(2 * features[qubit], qubit))
    }
    appended.append(inner)
    appended.append([RZ(weights[2], 2), RZ(weights[3], 0)])
    appended.append(CU(0.1, 0.2, 0.3, weights[3], 0, 1).controlled(by: [2: 0]))
    #expect(built == appended)
    #expect(built.parameterCount == 4)
    #expect(built.featureCount == 2)
    #expect(built.instructions.count == 10)
  }

  @Test func instructionsKnowTheirLine() {
    let first = #line + 2
    let circuit = Circuit(qubits: 2) {
      H(0)
      for _ in 0..<2 {
        CX(0, 1)
      }
      Z(1)
    }
    #expect(circuit.instructions.map { $0.source?.line } == [first, first + 2, first + 2, first + 4])
    #expect("\(circuit.instructions[0].source!)" == "QuantumCircuitsTests/CircuitBuilderTests.swift:\(first)")
    var other = Circuit(qubits: 2)
    other.append(circuit)
    other.append(H(1))
    #expect(other.instructions.map { $0.source?.line } == [first, first + 2, first + 2, first + 4, #line - 1])
  }

  @Test func circuitsAreEqualWhateverTheirLines() {
    #expect(Circuit(qubits: 1) { H(0) } == Circuit(qubits: 1) { H(0) })
    #expect(Circuit(qubits: 1) { H(0) } != Circuit(qubits: 2) { H(0) })
    #expect(Circuit(qubits: 1) { RX(0.5, 0) } != Circuit(qubits: 1) { RX(0.6, 0) })
  }

  @Test func aWrongInstructionStopsTheProgramWithItsMessage() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      _ = Circuit(qubits: 2) { CX(1, 1) }
    }
    let message = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(message.contains("CX(1, 1) at QuantumCircuitsTests/CircuitBuilderTests.swift:\(#line - 4): qubit 1 is named twice"))
  }

  @Test func countsAndDepth() {
    let circuit = Circuit(qubits: 3) {
      H(0)
      CX(0, 1)
      CX(1, 2)
      RZ(0.3, 0)
      Barrier()
      CCX(0, 1, 2)
      X(2).controlled(by: 0)
      GlobalPhase(0.5)
    }
    #expect(circuit.operationCount == 7)
    #expect(circuit.countsByName == ["H": 1, "CX": 2, "RZ": 1, "CCX": 1, "X": 1, "GlobalPhase": 1])
    #expect(circuit.twoQubitCount == 3)
    #expect(circuit.depth == 5)
  }
}
