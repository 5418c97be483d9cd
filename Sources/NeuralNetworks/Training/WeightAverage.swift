/// A moving average of a network's weights and running statistics, for use in place of the last step's.
///
/// After step t = 1, 2, ... every number of the average becomes `d average + (1 - d) newest`, with
/// `d = min(memory, (1 + t) / (10 + t))`, so that the start is forgotten fast however long the memory.
///
/// - Source: Polyak and Juditsky, Acceleration of stochastic approximation by averaging, 1992; exponential, with this
///   beginning, as in common libraries.
struct WeightAverage<Model: Layer>: Sendable {
  let memory: Double
  private(set) var model: Model

  /// An average that has seen one set of weights.
  init(of model: Model, memory: Double) { (self.model, self.memory) = (model, memory) }

  /// Takes in the weights after a step.
  ///
  /// - Parameter step: counted from 1 over the whole training.
  mutating func include(_ newest: Model, step: Int) {
    let decay = min(memory, Double(1 + step) / Double(10 + step))
    let (old, new) = (Model.Scalar(decay), Model.Scalar(1 - decay))
    let tensors = newest.tensors
    model.visitTensors { name, _, tensor in
      guard let next = tensors[name] else { preconditionFailure("WeightAverage: no tensor \(name)") }
      tensor = old * tensor + new * next
    }
  }
}
