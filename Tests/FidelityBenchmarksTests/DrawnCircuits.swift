import FidelityBenchmarks
import QuantumCircuits
import QuantumStates
import Randomness

/// Circuits with the probabilities of their outcomes: simulated once, counts of them are drawn again and again.
struct DrawnCircuits {
  private let circuits: [(name: String, probabilities: [Double])]

  /// Circuits whose final state is the ideal one with a given probability, and otherwise maximally mixed.
  init(_ circuits: [PlannedCircuit], fidelity: (PlannedCircuit) -> Double) throws {
    self.circuits = try circuits.map { circuit in
      let (ideal, fidelity) = (try circuit.circuit.removingFinalMeasurements.run().probabilities(), fidelity(circuit))
      return (circuit.name, ideal.map { fidelity * $0 + (1 - fidelity) / Double(ideal.count) })
    }
  }

  /// Circuits under a noise model, all of whose qubits are measured.
  init(_ circuits: [PlannedCircuit], under noise: NoiseModel) throws {
    self.circuits = try circuits.map { circuit in
      let bare = circuit.circuit.removingFinalMeasurements
      let function = try CircuitFunction.probabilities(of: Array(0..<bare.qubitCount), after: bare, under: noise).function
      return (circuit.name, try function.values().row(0))
    }
  }

  func data(shots: Int, _ source: inout RandomSource) -> BenchmarkData {
    var result: [String: OutcomeCounts] = [:]
    for (name, probabilities) in circuits {
      result[name] = OutcomeCounts(drawing: shots, from: probabilities, using: &source)
    }
    return BenchmarkData(result)
  }

  /// Draws data of each seed from 1 on, analyzes them, and counts the intervals of an estimate that hold the truth.
  ///
  /// - Parameter place: of the estimate in the report.
  func covered(by benchmark: some FidelityProtocol, repetitions: Int = 1000, place: Int = 0, truth: Double) throws -> Int {
    try (1...repetitions).count { repetition in
      var source = RandomSource(seed: UInt64(repetition), stream: 77)
      let estimate = try benchmark.analyze(data(shots: benchmark.shots, &source), seed: 1).estimates[place]
      return estimate.low <= truth && truth <= estimate.high
    }
  }
}
