import QuantumCircuits
import QuantumStates

/// What a layer of circuits reads from each of them.
enum CircuitReadout {
  case expectations([PauliSum])
  /// The probabilities of all outcomes; with shots, the relative frequencies of so many, else exact.
  case probabilities(shots: Int)

  /// The word of a configuration for probabilities, in place of a Pauli matrix.
  static let probabilitiesWord = "probabilities"

  /// - Throws: `CompilationError` for circuits that are too large or lack a qubit that an observable names.
  func function(after circuit: Circuit, precision: Precision) throws(CompilationError) -> CircuitFunction {
    switch self {
    case .expectations(let observables): try .expectation(of: observables, after: circuit, precision: precision)
    case .probabilities: try .probabilities(of: Array(0..<circuit.qubitCount), after: circuit, precision: precision)
    }
  }
}
