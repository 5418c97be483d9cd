import QuantumStates

extension NoiseModel {
  /// A chain of transmons with the figures of a good cloud device: T1 150 us, T2 100 us, one-qubit error 6e-4, two-qubit error
  /// 6e-3, readout error 1e-2; times in nanoseconds.
  ///
  /// Gate errors are depolarizing, on top of the relaxation during gates; gates about Z are virtual, without error and without
  /// time. Gates on three or more qubits have the error of a Toffoli gate made of six CX, on each qubit by itself.
  public static func transmonChain(qubits: Int) -> NoiseModel {
    preset(
      "transmon chain", qubits: qubits, oneQubitError: 6e-4, twoQubitError: 6e-3, p01: 0.005, p10: 0.015,
      times: GateTimes(classes: [.oneQubit: 35, .phase: 0, .twoQubit: 300, .manyQubit: 900, .measurement: 1000, .reset: 1000]),
      relaxation: Relaxation(t1: 150_000, t2: 100_000, excitedPopulation: 0.01))
  }

  /// Trapped ions, every pair coupled: T1 of minutes, T2 1 s, one-qubit error 1e-4, two-qubit error 3e-3, readout error 3e-3; times
  /// in microseconds. Gates on three or more qubits have the error of a Toffoli gate made of six CX, on each qubit by itself.
  public static func trappedIon(qubits: Int) -> NoiseModel {
    preset(
      "trapped ion", qubits: qubits, oneQubitError: 1e-4, twoQubitError: 3e-3, p01: 0.002, p10: 0.004,
      times: GateTimes(classes: [.oneQubit: 10, .phase: 0, .twoQubit: 200, .manyQubit: 600, .measurement: 120, .reset: 20]),
      relaxation: Relaxation(t1: 100_000_000, t2: 1_000_000))
  }

  private static func preset(
    _ name: String, qubits: Int, oneQubitError: Double, twoQubitError: Double, p01: Double, p10: Double, times: GateTimes,
    relaxation: Relaxation
  ) -> NoiseModel {
    // Of a Toffoli gate's six CX each qubit sees four, and of the error of one CX the mixing 16/15 p of the pair.
    let manyQubitMixing = Angle.lost(Angle(16.0 / 15 * twoQubitError), times: 4)
    var rules = [
      NoiseRule("one-qubit error", on: .oneQubit, except: [.phase], .depolarizing(errorProbability: Angle(oneQubitError))),
      NoiseRule("two-qubit error", on: .twoQubit, .depolarizing(errorProbability: Angle(twoQubitError), qubitCount: 2)),
      NoiseRule("many-qubit error", on: .manyQubit, .depolarizing(mixing: manyQubitMixing)),
    ]
    for index in rules.indices { rules[index].warnsAtRest = false }
    return NoiseModel(
      name: name, rules: rules, times: times, relaxation: relaxation,
      readout: ReadoutError(checked: (0..<qubits).map { ([$0], [[1 - p01, p10], [p01, 1 - p10]]) }))
  }
}
