import NeuralNetworks
import Randomness

/// The dense network that stands in for a circuit in the classical control: as many features in, as many numbers out, as
/// nearly as many parameters as dense layers allow.
///
/// Two dense layers with tanh between, `inputs -> hidden -> outputs`; the hidden width and the biases are chosen so that the
/// count comes closest to the circuit's. With 5 qubits and 45 angles: 5 -> 4 without bias, 4 -> 5 with bias, 45 weights.
struct ClassicalCounterpart: Hashable, Sendable {
  let inputs: Int
  let outputs: Int
  let hidden: Int
  let hasHiddenBias: Bool
  let hasOutputBias: Bool

  /// The counterpart whose parameter count is nearest to `parameterCount`; of equally near ones the widest.
  init(inputs: Int, outputs: Int, parameterCount: Int) {
    precondition(
      inputs > 0 && outputs > 0 && parameterCount >= 0,
      "ClassicalCounterpart: \(inputs) to \(outputs), \(parameterCount) parameters")
    let widest = max(1, parameterCount / (inputs + outputs) + 1)
    var best: ClassicalCounterpart?
    for hidden in (1...widest).reversed() {
      for (hiddenBias, outputBias) in [(true, true), (false, true), (true, false), (false, false)] {
        let candidate = ClassicalCounterpart(
          inputs: inputs, outputs: outputs, hidden: hidden, hasHiddenBias: hiddenBias, hasOutputBias: outputBias)
        if best.map({ abs(candidate.parameterCount - parameterCount) < abs($0.parameterCount - parameterCount) }) ?? true {
          best = candidate
        }
      }
    }
    self = best!
  }

  private init(inputs: Int, outputs: Int, hidden: Int, hasHiddenBias: Bool, hasOutputBias: Bool) {
    (self.inputs, self.outputs, self.hidden) = (inputs, outputs, hidden)
    (self.hasHiddenBias, self.hasOutputBias) = (hasHiddenBias, hasOutputBias)
  }

  var parameterCount: Int {
    hidden * (inputs + outputs) + (hasHiddenBias ? hidden : 0) + (hasOutputBias ? outputs : 0)
  }

  func network<Scalar: TensorScalar>(random: inout RandomSource) -> Sequential<Scalar> {
    Sequential([
      Dense<Scalar>(inputs: inputs, outputs: hidden, hasBias: hasHiddenBias, random: &random),
      Activation<Scalar>(.tanh),
      Dense<Scalar>(inputs: hidden, outputs: outputs, hasBias: hasOutputBias, random: &random),
    ])
  }
}
