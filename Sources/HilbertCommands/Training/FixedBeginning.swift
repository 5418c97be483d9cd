import Execution
import NeuralNetworks
import QuantumLearning

/// The first layers of a network up to its last circuits without trained weights: what they make of a sample is the same in every
/// pass, so it is computed once.
///
/// The network keeps its layers' places and tensors; those of the beginning let their inputs through, which are their outputs.
struct FixedBeginning<Scalar: TensorScalar> {
  /// The network for samples that have gone through the beginning.
  let network: Sequential<Scalar>
  private let beginning: Sequential<Scalar>

  /// - Parameter isMoving: whether training images are moved, which leaves nothing that is the same in every pass.
  init(of network: Sequential<Scalar>, isMoving: Bool) {
    let fixed = network.layers.prefix { $0.parameterCount == 0 && !$0.couplesSamples && !$0.isRandom }
    let last = fixed.lastIndex { $0 is QuantumLayer<Scalar> || $0 is Quanvolution<Scalar> }
    let count = isMoving ? 0 : last.map { $0 + 1 } ?? 0
    beginning = Sequential(Array(network.layers.prefix(count)))
    self.network = Sequential(
      network.layers.enumerated().map { $0 < count ? PassedLayer(layer: $1) as any Layer<Scalar> : $1 })
  }

  /// What the beginning makes of some samples.
  func applied(to samples: Samples<Scalar>, loop: ParallelLoop) throws -> Samples<Scalar> {
    guard !beginning.layers.isEmpty else { return samples }
    return try Samples(inputs: beginning.outputs(for: samples.inputs, loop: loop), targets: samples.targets)
  }
}

/// A layer that samples have gone through already.
private struct PassedLayer<Scalar: TensorScalar>: Layer {
  var layer: any Layer<Scalar>

  func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  func forward(_ input: Variable<Scalar>, in _: ForwardPass<Scalar>) -> Variable<Scalar> { input }

  mutating func visitTensors(_ visit: TensorVisitor<Scalar>) rethrows { try layer.visitTensors(visit) }
}
