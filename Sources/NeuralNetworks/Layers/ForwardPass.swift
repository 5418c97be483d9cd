import Randomness

/// What surrounds one pass through a network: the tape, the mode, the randomness, and where in the network we are.
public struct ForwardPass<Scalar: TensorScalar> {
  /// Layers such as `Dropout` and `BatchNorm` behave differently in the two modes.
  public enum Mode: String, Hashable, Sendable, Codable {
    case training
    case evaluation
  }

  /// The record that operations of this pass go to.
  public let tape: Tape<Scalar>
  /// Training or evaluation.
  public let mode: Mode
  /// The key of this pass's randomness; training derives it from (seed, epoch, step), never from what ran before.
  public let randomKey: UInt64
  /// The number of the batch's first sample, so that a batch cut in two draws the same numbers.
  public let firstSample: Int
  /// The layer's place in the network, such as `"2.0"`; empty at the root.
  public private(set) var path = ""

  /// A pass that starts at the root of a network.
  public init(tape: Tape<Scalar>, mode: Mode = .evaluation, randomKey: UInt64 = 0, firstSample: Int = 0) {
    (self.tape, self.mode, self.randomKey, self.firstSample) = (tape, mode, randomKey, firstSample)
  }

  /// The same pass inside a part of the network.
  public func entering(_ name: String) -> ForwardPass {
    var inner = self
    inner.path = place(name)
    return inner
  }

  /// Puts a trainable tensor of the layer on the tape, under the name it has in `visitTensors`.
  ///
  /// Asking twice for one name gives the same variable, so shared weights collect one gradient.
  public func parameter(_ name: String, _ tensor: Tensor<Scalar>) -> Variable<Scalar> {
    tape.parameter(place(name), tensor)
  }

  /// Hands out the new value of a buffer, under the name it has in `visitTensors`; training stores it after the step.
  public func update(_ name: String, to tensor: Tensor<Scalar>) { tape.bufferUpdates[place(name)] = tensor }

  /// A generator for one sample of the batch in this layer: independent of threads, batches and other layers.
  public func randomSource(sample: Int) -> RandomSource {
    RandomSource(seed: randomKey, stream: FNV1a(path).value, index: UInt64(firstSample + sample))
  }

  private func place(_ name: String) -> String { path.isEmpty ? name : "\(path).\(name)" }
}
