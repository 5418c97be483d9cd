import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Every channel's derivative by every strength, as two channels, equals central differences of its Kraus operators' action.
struct ChannelDifferenceLaws {
  /// Channels of the table with their strengths as parameters, and the numbers of these.
  static let all: [(channel: Channel, strengths: [Double])] = ChannelLaws.all.map { channel in
    (channel, channel.strengths.map { $0.constantValue! })
  }

  /// By the shift rule on a density matrix, after a gate that leaves no component zero.
  @Test(arguments: all.indices)
  func theRuleEqualsCentralDifferences(_ index: Int) throws {
    let (channel, strengths) = Self.all[index]
    var source = RandomSource(seed: 71, index: UInt64(index))
    let gate = RandomFixtures.unitary(1 << channel.qubitCount, &source)
    let qubits = Array(0..<channel.qubitCount)
    let observables = (0..<3).map { _ in RandomCircuit.observable(qubits: channel.qubitCount, isDiagonal: false, &source) }
    let symbolic = channel.replacing(strengths.indices.map { Angle.parameter($0) })
    let circuit = Circuit(qubits: channel.qubitCount) {
      Instruction.unitary(gate, qubits: qubits)
      Instruction.channel(symbolic, qubits: qubits)
    }
    func value(_ values: [Double]) throws -> Double {
      let state = try ReferenceDensity(after: circuit, parameters: values)
      return observables.reduce(0) { $0 + state.expectation(of: $1) }
    }
    let function = try CircuitFunction.expectation(of: observables, after: circuit)
    let rule = try function.valueWithGradient(parameters: strengths, method: .generalShift).gradient
    let adjoint = try function.valueWithGradient(parameters: strengths).gradient
    for place in strengths.indices {
      var (high, low) = (strengths, strengths)
      high[place] += 1e-5
      low[place] -= 1e-5
      let difference = (try value(high) - value(low)) / 2e-5
      #expect(abs(rule.parameters[place] - difference) < 1e-7, "\(channel.name), \(channel.strengthNames[place])")
      #expect(abs(rule.parameters[place] - adjoint.parameters[place]) < 1e-10)
    }
  }

  @Test func whereAChannelHasNoSlopeTheErrorSaysSo() throws {
    let circuit = Circuit(qubits: 1) {
      H(0)
      AmplitudeDamping(.parameter(0), 0)
    }
    let error = #expect(throws: CompilationError.self) {
      try CircuitFunction.expectation(of: [X(0).pauliSum], after: circuit).valueWithGradient(parameters: [1], method: .generalShift)
    }
    #expect(
      error?.description
        == "Row 0: AmplitudeDamping: the derivative by gamma is not finite at 1.0; keep away from the end.")
  }
}

extension Channel {
  /// The channel with other strengths.
  func replacing(_ strengths: [Angle]) -> Channel {
    switch ChannelKind.allCases.first(where: { $0.row.word == name && $0.row.strengths.map(\.name) == strengthNames }) {
    case let kind?: Channel(kind, strengths, qubitCount: qubitCount)
    case nil:
      name == "Paulis"
        ? .paulis([(PauliWord([X(0), Z(1)]), strengths[0]), (PauliWord([Y(1)]), strengths[1])], qubitCount: 2)
        : .pauliLindblad(zip(ChannelLaws.rates, strengths).map { ($0.0, $1) }, qubitCount: 2)
    }
  }
}
