import LinearAlgebra
import QuantumCircuits
import QuantumStates
import TestSupport
import Testing

/// Single rules, on circuits small enough to see what must come out.
struct OptimizationExamples {
  private func optimized(_ circuit: Circuit) -> [String] { circuit.optimized().circuit.instructions.map(\.description) }

  @Test func rotationsAboutOneAxisAddUp() {
    let w = Parameters(3)
    #expect(
      optimized(
        Circuit(qubits: 1) {
          RX(w[0], 0); RX(2 * w[0] + 0.5, 0); RX(w[1], 0)
        }) == ["RX(3 * w[0] + w[1] + 0.5, 0)"])
    #expect(
      optimized(
        Circuit(qubits: 2) {
          RZZ(w[0], 0, 1); RZZ(w[1], 1, 0)
        }) == ["RZZ(w[0] + w[1], 0, 1)"])
    #expect(
      optimized(
        Circuit(qubits: 1) {
          T(0); T(0); S(0); P(w[0], 0); Z(0)
        }) == ["P(w[0] + 2π, 0)"])
    #expect(
      optimized(
        Circuit(qubits: 2) {
          SX(0); SX(0); CP(w[0], 0, 1); CS(1, 0)
        }) == ["X(0)", "CP(w[0] + π/2, 0, 1)"])
  }

  @Test func partnersAreFoundBeyondWhatCommutes() {
    let w = Parameters(3)
    let circuit = Circuit(qubits: 3) {
      CX(0, 1)
      RZ(w[0], 0)
      RX(w[1], 1)
      CX(0, 2)
      CX(0, 1)
      RZ(w[2], 0)
    }
    #expect(optimized(circuit) == ["RZ(w[0] + w[2], 0)", "RX(w[1], 1)", "CX(0, 2)"])
    #expect(circuit.optimized([.mergeRotations, .cancelInverses]).circuit == circuit)
    let words = Circuit(qubits: 2) {
      RXX(w[0], 0, 1); RYY(w[1], 0, 1); RZZ(0.3, 0, 1); RXX(w[2], 0, 1)
    }
    #expect(optimized(words) == ["RXX(w[0] + w[2], 0, 1)", "RYY(w[1], 0, 1)", "RZZ(0.3, 0, 1)"])
  }

  /// A pass that dropped parameters made gradients come back empty elsewhere (qulacs 632).
  @Test func noParameterIsLost() throws {
    let w = Parameters(3)
    let circuit = Circuit(qubits: 1) {
      RX(w[0], 0); RX(-w[0], 0); RY(w[2], 0); RZ(w[1], 0); RZ(w[1], 0); RZ(-w[1], 0)
    }
    let result = circuit.optimized()
    #expect(result.circuit.instructions.map(\.description) == ["RX(w[0], 0)", "RX(-w[0], 0)", "RY(w[2], 0)", "RZ(w[1], 0)"])
    #expect(result.report.keptSymbols == [.parameter(0)])
    let gradient = try Expectation(of: Z(0), after: result.circuit).valueWithGradient(parameters: [0.3, 0.4, 0.5]).gradient
    #expect(gradient.parameters.count == 3)
    #expect(gradient.parameters[0].magnitude < 1e-15)
  }

  @Test func measurementsBarriersAndBlocksAreWalls() {
    let circuit = Circuit(qubits: 2, bits: 2) {
      H(0)
      Barrier()
      H(0)
      CX(0, 1)
      Measure(0, into: 0)
      CX(0, 1)
      Reset(0)
      RZ(0.5, 1)
      Measure(1, into: 1)
      If(ClassicalBit(0)) {
        X(1)
        T(1)
        T(1)
        X(0)
        X(0)
      }
      X(1)
    }
    let result = circuit.optimized()
    #expect(result.report.before.operations == 14)
    #expect(result.report.after.operations == 11)
    guard case .conditional(_, let then, _) = result.circuit.instructions[9].kind else {
      Issue.record("the conditional stands elsewhere")
      return
    }
    #expect(then.map(\.description) == ["X(1)", "S(1)"])
  }

  @Test func phasesOfTheWholeStateAreKept() {
    let circuit = Circuit(qubits: 1) {
      RX(2 * .pi, 0); GlobalPhase(.parameter(0)); GlobalPhase(0.25); I(0); RZ(4 * .pi, 0)
    }
    let result = circuit.optimized().circuit
    #expect(result.instructions.map(\.name) == ["GlobalPhase"])
    #expect(maximumDifference(fullUnitary(circuit, parameters: [0.7]), fullUnitary(result, parameters: [0.7])) < 1e-14)
    // Under a control the phase shows: it is left alone.
    let controlled = Circuit(qubits: 2) { RX(2 * .pi, 0).controlled(by: 1) }
    #expect(controlled.optimized().circuit == controlled)
  }

  @Test func explicitMatrices() {
    let matrix: ComplexMatrix = [[0, 1], [Complex.i, 0]]
    let circuit = Circuit(qubits: 3) {
      Instruction.unitary(matrix, on: 0)
      Instruction.unitary(matrix.adjoint, on: 0)
      Instruction.permutation([1, 2, 3, 0], on: 1, 2)
      Instruction.permutation([3, 0, 1, 2], on: 1, 2)
      Instruction.diagonal([1, .i], on: 0)
      Instruction.diagonal([1, -Complex.i], on: 0)
    }
    #expect(circuit.optimized().circuit.instructions.isEmpty)
  }

  @Test func theReportCounts() {
    let circuit = Circuit(qubits: 2) {
      H(0); H(0); CX(0, 1); CX(0, 1); RX(0.5, 1); RX(0.25, 1); I(0)
    }
    let report = circuit.optimized().report
    #expect(report.before == CircuitSize(circuit))
    #expect((report.after.operations, report.after.depth, report.after.twoQubit) == (1, 1, 0))
    #expect(report.applied == [.mergeRotations: 1, .cancelInverses: 2, .removeIdentities: 1])
  }

  @Test func longCircuitsTakeLinearTime() {
    var circuit = Circuit(qubits: 16)
    for layer in 0..<400 {
      for qubit in 0..<16 { circuit.append(RZ(.parameter(layer * 16 + qubit), qubit)) }
      for qubit in stride(from: layer % 2, to: 15, by: 2) { circuit.append(CZ(qubit, qubit + 1)) }
    }
    // Everything is diagonal, so all comes together.
    let start = ContinuousClock.now
    let result = circuit.optimized()
    #expect(result.report.after.operations < result.report.before.operations)
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}
