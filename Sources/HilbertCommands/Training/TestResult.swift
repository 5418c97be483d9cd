import Execution
import NeuralNetworks

/// How a trained network does on held-out samples.
struct TestResult: Hashable, Sendable {
  /// Mean cross-entropy in nats.
  let loss: Double
  /// Share of the samples whose highest score is their class.
  let accuracy: Double
  /// `confusion[actual][predicted]`: how often each class was taken for each.
  let confusion: [[Int]]
}

extension TestResult {
  /// Judges a network by samples that have labels.
  init<Model: Layer>(of network: Model, on samples: Samples<Model.Scalar>, labels: [Int], classCount: Int, loop: ParallelLoop)
    throws
  {
    let outputs = try network.outputs(for: samples.inputs, loop: loop)
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
    for (label, found) in zip(labels, outputs.argmaxOfLastAxis()) { confusion[label][found] += 1 }
    let hits = (0..<classCount).reduce(0) { $0 + confusion[$1][$1] }
    // The sum of a large set is not one of single numbers.
    let tape = Tape<Double>(loop: loop, isRecording: false)
    let loss = try Loss<Double>.crossEntropy()(tape.constant(outputs.converted()), .labels(labels)).value.scalar
    self.init(loss: loss, accuracy: Double(hits) / Double(labels.count), confusion: confusion)
  }
}
