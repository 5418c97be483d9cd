import NeuralNetworks
import Randomness

/// Relative frequencies in place of probabilities: what a device gives after so many shots.
///
/// Each group of `outcomes` inputs is a distribution p; the group's outputs are counts / shots with counts drawn from the
/// multinomial distribution of p: mean p, standard deviation sqrt(p (1 - p) / shots). Every training step draws anew, evaluation
/// always the same; draws depend on the pass's random key, the layer's place and the sample's number alone. The derivative is that
/// of the mean: cotangents pass unchanged.
///
/// - Shape: `[samples, groups * outcomes]` -> the same.
public struct ShotSampling<Scalar: TensorScalar>: Layer {
  /// Measurements of each sample and group.
  public let shots: Int
  /// How many probabilities make a distribution.
  public let outcomes: Int

  /// A layer of so many shots.
  public init(shots: Int, outcomes: Int) {
    precondition(shots > 0 && outcomes > 0, "ShotSampling: shots \(shots) and outcomes \(outcomes) must be positive")
    (self.shots, self.outcomes) = (shots, outcomes)
  }

  public var isRandom: Bool { true }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape.count == 1, inputShape[0] > 0, inputShape[0] % outcomes == 0 else {
      throw .shape(
        ShapeMismatch(layer: "ShotSampling", expected: "[samples, a multiple of \(outcomes)]", foundSample: inputShape))
    }
    return inputShape
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    _ = try outputShape(for: Array(input.shape.dropFirst()))
    let (samples, length) = (input.shape[0], input.shape[1])
    var frequencies = input.value.scalars
    for sample in 0..<samples {
      var random = pass.randomSource(sample: sample)
      for start in stride(from: sample * length, to: (sample + 1) * length, by: outcomes) {
        draw(&frequencies[start..<start + outcomes], using: &random)
      }
    }
    return input.tape.record("ShotSampling", Tensor(shape: input.shape, scalars: frequencies), from: [input]) { [$0] }
  }

  /// Outcome after outcome, the number of shots among those left is binomial.
  private func draw(_ group: inout ArraySlice<Scalar>, using random: inout RandomSource) {
    // Probabilities in single precision may miss 1 by rounding.
    var rest = group.reduce(0) { $0 + max(0, Double($1)) }
    var left = shots
    for place in group.indices {
      let probability = max(0, Double(group[place]))
      let count = rest > 0 ? random.binomial(trials: left, probability: min(1, probability / rest)) : 0
      group[place] = Scalar(Double(count) / Double(shots))
      left -= count
      rest -= probability
    }
  }
}
