import Randomness

/// The kinds of layers that descriptions may name: one row a kind.
///
/// A module that brings layers of its own adds rows:
/// ```swift
/// let catalogue = LayerCatalogue<Float>.standard.adding("scale") { options, shape, random in Scale() }
/// ```
public struct LayerCatalogue<Scalar: TensorScalar>: Sendable {
  /// Makes a layer for inputs of a given sample shape.
  public typealias Maker =
    @Sendable (
      _ options: inout LayerOptions, _ inputShape: [Int], _ random: inout RandomSource
    ) throws -> any Layer<Scalar>

  private var makers: [String: Maker]

  /// The names of all kinds.
  public var kinds: [String] { makers.keys.sorted() }

  /// The same catalogue with one row more; a known name is replaced.
  public func adding(_ kind: String, _ maker: @escaping Maker) -> LayerCatalogue {
    var result = self
    result.makers[kind] = maker
    return result
  }

  /// Makes the described layer.
  ///
  /// - Throws: `NetworkError.description` for an unknown kind or option, `.shape` for inputs that the layer cannot take.
  public func layer(
    _ description: LayerDescription, inputShape: [Int], random: inout RandomSource
  ) throws -> any Layer<Scalar> {
    guard let maker = makers[description.kind] else {
      throw NetworkError.description(
        "There is no layer \"\(description.kind)\"", remedy: suggestion(for: description.kind, among: kinds))
    }
    var options = LayerOptions(description)
    let layer = try maker(&options, inputShape, &random)
    try options.finish()
    return layer
  }

  /// The layers of this module.
  public static var standard: LayerCatalogue {
    var makers: [String: Maker] = [
      "dense": { options, shape, random in
        Dense<Scalar>(
          inputs: try only(shape, of: "dense"), outputs: try options.integer("outputs"),
          hasBias: try options.flag("bias", default: true), random: &random)
      },
      "conv2d": { options, shape, random in
        Conv2D<Scalar>(
          channels: try image(shape, of: "conv2d"), filters: try options.integer("filters"),
          kernel: try options.integer("kernel"), stride: try options.integer("stride", default: 1),
          padding: try options.integer("padding", default: 0, minimum: 0), hasBias: try options.flag("bias", default: true),
          random: &random)
      },
      "maxPool2d": { options, _, _ in
        let window = try options.integer("window")
        return MaxPool2D<Scalar>(window: window, stride: try options.integer("stride", default: window))
      },
      "avgPool2d": { options, _, _ in
        let window = try options.integer("window")
        return AvgPool2D<Scalar>(window: window, stride: try options.integer("stride", default: window))
      },
      "batchNorm": { options, shape, _ in
        guard let channels = shape.first else { throw shapeError("batchNorm", "[samples, channels, ...]", shape) }
        return BatchNorm<Scalar>(
          channels: channels, momentum: try options.number("momentum", default: 0.1, in: 0..<1.0.nextUp),
          epsilon: try options.number("epsilon", default: 1e-5, in: .leastNormalMagnitude..<1))
      },
      "layerNorm": { options, shape, _ in
        LayerNorm<Scalar>(shape: shape, epsilon: try options.number("epsilon", default: 1e-5, in: .leastNormalMagnitude..<1))
      },
      "dropout": { options, _, _ in Dropout<Scalar>(rate: try options.number("rate", default: 0.5, in: 0..<1)) },
      "embedding": { options, _, random in
        Embedding<Scalar>(
          vocabulary: try options.integer("vocabulary"), dimension: try options.integer("dimension"), random: &random)
      },
      "affine": { options, _, _ in
        let range = -1e6..<1e6
        return Affine<Scalar>(
          factor: try options.number("factor", in: range), shift: try options.number("shift", default: 0, in: range))
      },
      "first": { options, _, _ in Leading<Scalar>(count: try options.integer("count")) },
      "pad2d": { options, _, _ in ZeroPad2D<Scalar>(border: try options.integer("border", minimum: 0)) },
      "flatten": { _, _, _ in Flatten<Scalar>() },
      "softmax": { _, _, _ in Softmax<Scalar>() },
    ]
    for function in ElementwiseFunction.allCases { makers[function.rawValue] = { _, _, _ in Activation<Scalar>(function) } }
    return LayerCatalogue(makers: makers)
  }

  private static func only(_ shape: [Int], of kind: String) throws -> Int {
    guard shape.count == 1 else { throw shapeError(kind, "[samples, inputs] (put flatten before it)", shape) }
    return shape[0]
  }

  private static func image(_ shape: [Int], of kind: String) throws -> Int {
    guard shape.count == 3 else { throw shapeError(kind, "[samples, channels, height, width]", shape) }
    return shape[0]
  }

  private static func shapeError(_ kind: String, _ expected: String, _ shape: [Int]) -> NetworkError {
    .shape(ShapeMismatch(layer: kind, expected: expected, foundSample: shape))
  }
}

extension Sequential {
  /// A network from descriptions: every layer takes its input sizes from the one before.
  ///
  /// ```swift
  /// let model = try Sequential<Float>(
  ///   inputShape: [1, 28, 28],
  ///   layers: [.conv2D(16, kernel: 5, padding: 2), .batchNorm, .relu, .maxPool2D(2), .flatten, .dense(10)], seed: 7)
  /// ```
  /// - Parameters:
  ///   - inputShape: One sample's shape, without the batch axis.
  ///   - seed: Equal seeds give equal weights; a layer's weights depend on the seed and its position alone.
  /// - Throws: `NetworkError.description` or `.shape`, before any work is done with data.
  public init(
    inputShape: [Int], layers: [LayerDescription], seed: UInt64, catalogue: LayerCatalogue<Scalar> = .standard
  ) throws {
    var (shape, built): ([Int], [any Layer<Scalar>]) = (inputShape, [])
    for (index, description) in layers.enumerated() {
      var random = RandomSource(seed: seed, stream: FNV1a("weights").value, index: UInt64(index))
      let layer = try catalogue.layer(description, inputShape: shape, random: &random)
      shape = try layer.outputShape(for: shape)
      built.append(layer)
    }
    self.init(built)
  }
}
