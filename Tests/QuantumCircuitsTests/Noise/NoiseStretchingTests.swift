import QuantumCircuits
import QuantumStates
import Testing

@Suite struct NoiseStretchingTests {
  /// Twice the noise is the noise twice: exact for damping and for mixing.
  @Test func twiceAsLongIsTwice() throws {
    let circuit = Circuit(qubits: 2) {
      H(0)
      RX(0.7, 1)
      CX(0, 1)
    }
    let model = NoiseModel(rules: [
      NoiseRule("decay", on: .oneQubit, .amplitudeDamping(0.1)),
      NoiseRule("mixing", on: .twoQubit, .depolarizing(mixing: 0.2, qubitCount: 2)),
    ])
    let stretched = try model.stretched(by: 2).applied(to: circuit).circuit.density()
    let twice = try model.applied(to: circuit).circuit.stretchingChannels(times: 2).density()
    for word: PauliSum in [1.0 * X(0) * X(1), 1.0 * Z(0) * Z(1), 1.0 * Z(0), 1.0 * Y(1)] {
      #expect(abs(stretched.expectation(of: word) - twice.expectation(of: word)) < 1e-12)
    }
    #expect(model.stretched(by: 1).rules.map(\.name) == model.rules.map(\.name))
  }

  @Test func timesGrowAndReadoutStays() throws {
    var model = NoiseModel(times: GateTimes(classes: [.oneQubit: 20], gates: [.cx: 300]), relaxation: Relaxation(t1: 100, t2: 80))
    model.readout = try ReadoutError(p01: 0.01, p10: 0.02, qubits: 0..<2)
    let stretched = model.stretched(by: 1.5)
    #expect(stretched.times.classes[.oneQubit] == 30 && stretched.times.gates[.cx] == 450)
    #expect(stretched.readout == model.readout && stretched.relaxation == model.relaxation)
  }
}
