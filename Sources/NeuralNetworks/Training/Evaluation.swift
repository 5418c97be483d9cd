import Execution

/// How good a network is on some samples.
public struct Evaluation: Hashable, Sendable {
  /// Mean over the samples.
  public let loss: Double
  /// The part of the samples whose largest score is the label's; nil without labels.
  public let accuracy: Double?
}

/// Samples that go through a network at once when nothing is recorded.
private let evaluationBatch = 256

extension Layer {
  /// Loss and accuracy in evaluation mode.
  public func evaluate(
    on samples: Samples<Scalar>, loss: Loss<Scalar>, loop: ParallelLoop = ParallelLoop()
  ) throws -> Evaluation {
    var sum = 0.0
    var correct: Int?
    for start in stride(from: 0, to: samples.count, by: evaluationBatch) {
      let batch = samples.rows(Array(start..<min(start + evaluationBatch, samples.count)))
      let tape = Tape<Scalar>(loop: loop, isRecording: false)
      let outputs = try forward(tape.constant(batch.inputs), in: ForwardPass(tape: tape, firstSample: start))
      sum += Double(try loss(outputs, batch.targets).value.scalar) * Double(batch.count)
      if let hits = batch.targets.hits(of: outputs.value) { correct = (correct ?? 0) + hits }
    }
    return Evaluation(loss: sum / Double(samples.count), accuracy: correct.map { Double($0) / Double(samples.count) })
  }

  /// The outputs in evaluation mode for any number of inputs, in batches that bound the memory.
  public func outputs(for inputs: Tensor<Scalar>, loop: ParallelLoop = ParallelLoop()) throws -> Tensor<Scalar> {
    let count = inputs.shape.first ?? 0
    guard count > evaluationBatch else { return try self(inputs, loop: loop) }
    return .concatenated(
      try stride(from: 0, to: count, by: evaluationBatch).map { start in
        let tape = Tape<Scalar>(loop: loop, isRecording: false)
        let batch = tape.constant(inputs.sliced(axis: 0, start..<min(start + evaluationBatch, count)))
        return try forward(batch, in: ForwardPass(tape: tape, firstSample: start)).value
      }, axis: 0)
  }
}

extension Targets {
  /// How many labels have the largest score; nil where targets are no labels or outputs no scores.
  func hits(of outputs: Tensor<Scalar>) -> Int? {
    guard case .labels(let labels) = self, outputs.shape.count == 2 else { return nil }
    return zip(outputs.argmaxOfLastAxis(), labels).count { $0 == $1 }
  }
}
