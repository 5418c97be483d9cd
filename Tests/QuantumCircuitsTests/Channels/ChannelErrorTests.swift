import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Testing

/// A channel that is none is refused, with the defect and the tolerance.
struct ChannelErrorTests {
  private func message(_ make: () throws -> some Any) -> String {
    do {
      _ = try make()
      return "no error"
    } catch { return "\(error)" }
  }

  @Test func operatorsMustKeepTheTrace() {
    #expect(
      message { try Channel(kraus: [.diagonal([1, Complex(0.5)])]) }
        == "The map does not keep the trace: Σ K†K differs from the identity by 0.75, the tolerance is 1e-08. "
        + "Check the scale of the operators, or add the one that is missing.")
  }

  @Test func theTransposeIsNotCompletelyPositive() {
    let transpose: RealMatrix = [[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, -1, 0], [0, 0, 0, 1]]
    #expect(
      message { try Channel(transfer: transpose) }.hasPrefix(
        "The map is not completely positive: its Choi matrix has the eigenvalue -"))
  }

  @Test func matricesMustFit() {
    #expect(message { try Channel(kraus: []) } == "A channel needs at least one operator, got none.")
    #expect(
      message { try Channel(kraus: [.identity(3)]) } == "A channel needs operators of one size, 2 x 2 to 16 x 16, got 3 x 3, 3 x 3."
    )
    #expect(
      message { try Channel(choi: .identity(2)) }
        == "A channel needs a Choi matrix of 4^k rows and columns, k from 1 to 4, got 2 x 2.")
    #expect(
      message { try Channel(mixing: [(0.5, .identity(2)), (0.4, .identity(2))]) }
        == "Probabilities must be at least 0 and add up to 1, these add up to 0.9 and the least is 0.4.")
  }

  @Test func strengthsAreCheckedWhenTheChannelEntersACircuit() {
    #expect(
      message { try Circuit(qubits: 1, instructions: [AmplitudeDamping(1.5, 0)]) }
        == "AmplitudeDamping(1.5, 0): AmplitudeDamping: gamma is 1.5, allowed are 0.0 to 1.0.")
    #expect(
      message { try Circuit(qubits: 1, instructions: [ThermalRelaxation(t1: 10, t2: 30, time: 1, 0)]) }
        .hasSuffix("t2 is 30.0, at most twice t1 = 10.0."))
    #expect(
      message { try Circuit(qubits: 2, instructions: [.channel(.bitFlip(0.1), on: 0, 1)]) }
        == "BitFlip(0.1, 0, 1): the gate acts on 1 qubits, got 2")
    #expect(
      message { try Circuit(qubits: 2, instructions: [BitFlip(0.1, 0).controlled(by: 1)]) }
        == "BitFlip(0.1, 0).controlled(by: [1: 1]): a channel is no unitary gate and takes no controls")
  }

  @Test func strengthsOfSymbolsAreCheckedWithTheirValues() {
    let channel = Channel.depolarizing(errorProbability: Parameters(1)[0])
    #expect(
      message { try channel.kraus(parameters: [-0.1]) } == "Depolarizing: errorProbability is -0.1, allowed are 0.0 to 1.0.")
  }
}
