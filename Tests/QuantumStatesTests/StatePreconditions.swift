import LinearAlgebra
import QuantumStates
import Testing

/// A wrong program stops at the wall, before memory is touched.
@Suite struct StatePreconditions {
  @Test("A target outside the register stops")
  func targetOutside() async {
    await #expect(processExitsWith: .failure) {
      var state = try StateVector(qubits: 2)
      state.apply(.identity(2), targets: [2])
    }
  }

  @Test("A qubit that is target and control stops")
  func repeatedQubit() async {
    await #expect(processExitsWith: .failure) {
      var state = try StateVector(qubits: 2)
      state.apply(.identity(2), targets: [1], controls: [1])
    }
  }

  @Test("A matrix of the wrong size stops")
  func wrongSize() async {
    await #expect(processExitsWith: .failure) {
      var state = try StateVector(qubits: 2)
      state.apply(.identity(2), targets: [0, 1])
    }
  }

  @Test("A Pauli word beyond the register stops")
  func wordOutside() async {
    await #expect(processExitsWith: .failure) { _ = try StateVector(qubits: 2).expectation(of: PauliWord([X(5)])) }
    await #expect(processExitsWith: .failure) { _ = try DensityMatrix(qubits: 2).expectation(of: PauliWord([X(2)])) }
    await #expect(processExitsWith: .failure) { _ = try StateVector(qubits: 2).expectation(of: PauliSum(1, PauliWord([Z(2)]))) }
  }

  @Test("A qubit measured twice stops")
  func measuredTwice() async {
    await #expect(processExitsWith: .failure) { _ = try StateVector(qubits: 2).probabilities(of: [1, 1]) }
  }
}
