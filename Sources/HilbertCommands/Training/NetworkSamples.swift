import Datasets
import NeuralNetworks

extension SampleSet {
  /// The features as a network takes them.
  ///
  /// - Shape: `[count] + sampleShape`.
  func inputs<Scalar: TensorScalar>(_: Scalar.Type = Scalar.self) -> Tensor<Scalar> {
    Tensor<Float>(shape: [count] + sampleShape, scalars: features).converted()
  }

  /// Features and class labels as a network takes them.
  func samples<Scalar: TensorScalar>(_: Scalar.Type = Scalar.self) throws(NetworkError) -> Samples<Scalar> {
    try Samples(inputs: inputs(), targets: .labels(labels))
  }
}
