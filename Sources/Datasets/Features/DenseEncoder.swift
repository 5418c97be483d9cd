import LinearAlgebra

/// Dense layers with ReLU behind each, `x -> relu(W_k ... relu(W_1 x + b_1) ... + b_k)`: what is kept of a network that learnt to
/// compress samples, such as the first half of an autoencoder.
///
/// - Shape: samples of any shape with as many numbers as the first layer reads -> `[outputs]`.
public struct DenseEncoder: FeatureTransform, Hashable, Codable {
  /// One layer of weights.
  public struct Layer: Hashable, Codable, Sendable {
    /// - Shape: outputs x inputs, row-major.
    public let weights: [Float]
    /// One number an output.
    public let biases: [Float]
    /// How many numbers the layer reads.
    public var inputs: Int { weights.count / biases.count }

    /// A layer of given weights.
    public init(weights: [Float], biases: [Float]) {
      precondition(
        !biases.isEmpty && !weights.isEmpty && weights.count % biases.count == 0,
        "DenseEncoder: \(weights.count) weights for \(biases.count) outputs")
      (self.weights, self.biases) = (weights, biases)
    }
  }

  /// The layers, first to last.
  public let layers: [Layer]

  /// Layers that fit each other.
  public init(layers: [Layer]) {
    precondition(!layers.isEmpty, "DenseEncoder: no layers")
    for (first, second) in zip(layers, layers.dropFirst()) {
      precondition(
        first.biases.count == second.inputs, "DenseEncoder: \(first.biases.count) outputs meet \(second.inputs) inputs")
    }
    self.layers = layers
  }

  public func outputShape(for sampleShape: [Int]) -> [Int] { [layers[layers.count - 1].biases.count] }

  /// - Complexity: O(weights) for each sample.
  public func transforming(_ features: [Float], sampleShape: [Int]) -> [Float] {
    requireSize(layers[0].inputs, sampleShape, of: "DenseEncoder")
    let samples = features.count / layers[0].inputs
    return layers.reduce(features) { inputs, layer in
      let (outputs, size) = (layer.biases.count, layer.inputs)
      var result = [Float](repeating: 0, count: samples * outputs)
      result.withUnsafeMutableBufferPointer { target in
        guard let c = target.baseAddress else { return }
        BLAS.gemm(
          transposeB: true, m: samples, n: outputs, k: size, a: inputs, lda: size, b: layer.weights, ldb: size, c: c, ldc: outputs)
        for sample in 0..<samples {
          for output in 0..<outputs {
            c[sample * outputs + output] = max(0, c[sample * outputs + output] + layer.biases[output])
          }
        }
      }
      return result
    }
  }
}
