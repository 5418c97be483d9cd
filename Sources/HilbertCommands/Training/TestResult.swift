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
    let evaluation = try network.evaluate(on: samples, loss: .crossEntropy(), loop: loop)
    var confusion = [[Int]](repeating: [Int](repeating: 0, count: classCount), count: classCount)
    let predicted = try network.outputs(for: samples.inputs, loop: loop).argmaxOfLastAxis()
    for (label, found) in zip(labels, predicted) { confusion[label][found] += 1 }
    self.init(loss: evaluation.loss, accuracy: evaluation.accuracy ?? 0, confusion: confusion)
  }
}
