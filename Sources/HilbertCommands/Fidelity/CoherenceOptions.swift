import ArgumentParser
import FidelityBenchmarks

/// Settings of `coherence`.
struct CoherenceOptions: ProtocolOptions {
  static let word = CoherenceTimes.word
  static let abstract = "Coherence times: T1, T2 by Ramsey fringes with the detuning, and T2 by an echo, of every qubit."
  static let discussion = """
    Time is counted in identity gates: a noise model gives their duration by 'times: {id: 100}'. The asymptote of each decay is fitted, so \
    that readout errors do no harm.
    """

  @Option(help: "Number of qubits, 1 to 20.")
  var qubits = 1

  @Option(help: "Numbers of identity gates, ascending and even.")
  var delays = IntegerList(stride(from: 0, through: 200, by: 10).map { $0 })

  @Option(help: "Times that each circuit is run.")
  var shots = 2000

  func benchmark() throws -> any FidelityProtocol { try CoherenceTimes(qubits: qubits, delays: delays.values, shots: shots) }
}
