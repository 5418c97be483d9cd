import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness

extension NetworkBuilder {
  /// Circuits side by side and the expectation values of each; in the control, their classical counterparts.
  ///
  /// - Throws: `ConfigurationError` for circuits that are too large or lack a qubit that an observable names.
  func quantumPart(
    _ circuit: ModelCircuit, _ observables: [PauliSum], at place: ConfigurationPlace, random: inout RandomSource
  ) throws(ConfigurationError) -> any Layer<Scalar> {
    let function: CircuitFunction
    do {
      function = try .expectation(
        of: observables, after: circuit.circuit, precision: Scalar.self == Float.self ? .float : .double)
    } catch {
      // Only an observable beside the circuit is mended by other observables; a register too large is not.
      guard case .qubitOutOfRange = error else { throw place.error("\(error)", advice: "take fewer qubits") }
      throw place.error("\(error)", advice: "take fewer qubits, or observables on qubits 0 to \(circuit.qubits - 1)")
    }
    switch kind {
    case .model, .control(.frozen):
      return QuantumLayer<Scalar>(function, groups: circuit.circuits, isFrozen: kind == .control(.frozen), random: &random)
    case .control(.removed): preconditionFailure("NetworkBuilder: a circuit that is left out has no layer")
    case .control(.dense):
      let counterpart = ClassicalCounterpart(
        inputs: circuit.featureCount, outputs: observables.count, parameterCount: function.parameterCount)
      var parts: [any Layer<Scalar>] = []
      for _ in 0..<circuit.circuits { parts.append(counterpart.network(random: &random) as Sequential<Scalar>) }
      return Groups(inputs: circuit.featureCount, parts: parts)
    }
  }
}
