import ArgumentParser

/// How `run` runs a circuit.
enum RunMethod: String, CaseIterable, ExpressibleByArgument {
  /// State vectors without noise; with it density matrices or trajectories, by cost; trajectories where measurements decide what
  /// follows.
  case automatic
  case stateVector = "state-vector"
  case densityMatrix = "density-matrix"
  case trajectories
  /// Clifford circuits with Pauli noise, on thousands of qubits.
  case stabilizer
}

/// What `run` is asked for.
struct RunRequest {
  var amplitudes = false
  var probabilities = false
  /// The observables as they were written, and what they mean.
  var observables: [ObservableRequest] = []
  var gradient = false
  var shots: Int?
  /// The file that takes every shot as packed bits, instead of counts.
  var bits: String?
  var seed: UInt64 = 0
  /// Only so many entries, the largest.
  var top: Int?
  /// The qubits whose probabilities are wanted; nil for all.
  var qubits: [Int]?
  var method = RunMethod.automatic

  /// Whether nothing is asked for.
  var isEmpty: Bool { !amplitudes && !probabilities && observables.isEmpty && shots == nil }
  /// Whether something is asked for that is no matter of chance.
  var wantsExact: Bool { amplitudes || probabilities || !observables.isEmpty }
}
