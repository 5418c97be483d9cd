import NeuralNetworks
import QuantumCircuits
import QuantumLearning
import QuantumStates
import Randomness

extension NetworkBuilder {
  /// Circuits side by side and what is read from each; in the control, their classical counterparts.
  ///
  /// - Throws: `ConfigurationError` for circuits that are too large or lack a qubit that an observable names.
  func quantumPart(
    _ circuit: ModelCircuit, _ readout: CircuitReadout, at place: ConfigurationPlace, random: inout RandomSource
  ) throws(ConfigurationError) -> any Layer<Scalar> {
    let function: CircuitFunction
    do {
      function = try readout.function(after: circuit.circuit, precision: Scalar.self == Float.self ? .float : .double)
    } catch {
      throw place.error("\(error)", advice: "take fewer qubits")
    }
    switch kind {
    case .model, .control(.frozen):
      let layer = QuantumLayer<Scalar>(
        function, groups: circuit.circuits, isFrozen: kind == .control(.frozen), random: &random)
      guard case .probabilities(let shots) = readout, shots > 0 else { return layer }
      return Sequential<Scalar>([layer, ShotSampling<Scalar>(shots: shots, outcomes: function.outputCount)])
    case .control(.removed): preconditionFailure("NetworkBuilder: a circuit that is left out has no layer")
    case .control(.dense):
      let counterpart = ClassicalCounterpart(
        inputs: circuit.featureCount, outputs: function.outputCount, parameterCount: function.parameterCount)
      var parts: [any Layer<Scalar>] = []
      for _ in 0..<circuit.circuits { parts.append(counterpart.network(random: &random) as Sequential<Scalar>) }
      return Groups(inputs: circuit.featureCount, parts: parts)
    }
  }
}
