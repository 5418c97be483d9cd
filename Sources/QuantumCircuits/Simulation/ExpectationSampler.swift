import Execution
import LinearAlgebra
import QuantumStates
import Randomness

/// Estimates expectation values after circuits without symbols, by trajectories or from shots.
struct ExpectationSampler: Sendable {
  let method: SimulationMethod
  let sampling: ExpectationSampling
  let readout: ReadoutError?
  let precision: Precision
  let loop: ParallelLoop
  let level: SIMDLevel

  /// Correlated readout depends on the bases of other words in a group: then each word is measured by itself.
  private var grouping: PauliGrouping { readout?.blocks.contains { $0.qubits.count > 1 } == true ? .none : .qubitWise }

  /// - Parameter source: its own for each call, so that calls can come in any order.
  func estimates(
    of observables: [PauliSum], after circuit: Circuit, using source: inout RandomSource
  ) throws(CompilationError) -> [Estimate] {
    var run = circuit
    if method == .pauliTwirled {
      do { run = try circuit.pauliTwirled() } catch { throw .channel(error, row: 0) }
    }
    var settings = TrajectorySettings(
      method: method == .stateVector ? .sampling : .trajectories, readout: readout, precision: precision, loop: loop, level: level)
    guard let shots = sampling.shots else {
      settings.method = .trajectories
      return try run.estimates(of: observables, trajectories: sampling.draws, using: &source, settings: settings)
    }
    var result: [Estimate] = []
    for observable in observables {
      if method == .densityMatrix {
        result.append(
          try run.removingFinalMeasurements.estimate(of: observable, shots: shots, grouping: grouping) {
            (turned, shots) throws(CompilationError) in
            try densityOutcomes(of: turned, shots: shots, using: &source)
          })
      } else {
        result.append(try run.estimate(of: observable, shots: shots, grouping: grouping, using: &source, settings: settings))
      }
    }
    return result
  }

  /// Outcomes of all qubits, drawn from the diagonal of the exact density matrix.
  private func densityOutcomes(
    of circuit: Circuit, shots: Int, using source: inout RandomSource
  ) throws(CompilationError) -> OutcomeCounts {
    let qubits = Array(0..<circuit.qubitCount)
    let evaluator = try MixedEvaluator(
      circuit, readout: .probabilities(of: qubits), precision: precision, loop: loop, level: level)
    let batch = try evaluator.batch(parameters: [], features: CircuitFunction.noFeatures, loop: loop)
    var probabilities = try evaluator.values(batch)
    if let readout {
      _ = try Confusion.all(of: readout, measured: qubits.map { ($0, $0) }, at: "The circuit")
      probabilities = readout.applied(to: probabilities, of: qubits)
    }
    return OutcomeCounts(drawing: shots, from: probabilities, using: &source)
  }
}
