import Datasets
import LinearAlgebra
import NeuralNetworks

// Where data meet learning: neither library knows the other, whoever imports both finds the way from one to the other here.

extension SampleSet {
  /// The features as circuits and variational classifiers take them.
  ///
  /// - Shape: samples x `sampleSize`.
  public var matrix: RealMatrix { RealMatrix(rows: count, columns: sampleSize, elements: features.map { Double($0) }) }

  /// The features as a network takes them.
  ///
  /// - Shape: `[count] + sampleShape`.
  public func inputs<Scalar: TensorScalar>(_: Scalar.Type = Scalar.self) -> Tensor<Scalar> {
    Tensor<Float>(shape: [count] + sampleShape, scalars: features).converted()
  }

  /// Features and class labels as a network takes them.
  ///
  /// - Throws: `NetworkError.data` where there are no samples, or no labels, or features that are not finite.
  public func samples<Scalar: TensorScalar>(_: Scalar.Type = Scalar.self) throws(NetworkError) -> Samples<Scalar> {
    try Samples(inputs: inputs(), targets: .labels(labels))
  }
}

extension DenseEncoder {
  /// The first half of a trained autoencoder, to prepare samples with.
  public init(_ autoencoder: Autoencoder<Float>) {
    self.init(
      layers: autoencoder.encoder.layers.compactMap { $0 as? Dense<Float> }.map { layer in
        Layer(
          weights: layer.weight.scalars, biases: layer.bias?.scalars ?? [Float](repeating: 0, count: layer.weight.shape[0]))
      })
  }
}
