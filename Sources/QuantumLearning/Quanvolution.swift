import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import Randomness

/// A circuit slid over images: the pixels of every window are the features of one run, each output a channel of the new image.
///
/// Several filters are the same circuit with weights of their own; their channels stand one after another. All windows of a batch
/// go through the engine at once. Where each pixel turns the state once, the circuit is a trigonometric polynomial: for up to six
/// features (channels kernel^2), and batches of more windows than points that fix the polynomial, the engine runs those points
/// alone and windows cost what a convolution's do, equal to rounding. Frozen filters are random features, as in the first
/// quanvolutions; trained ones learn like any other layer.
///
/// ```swift
/// let function = try CircuitFunction.expectation(of: (0..<4).map { Z($0).pauliSum }, after: circuit)
/// let layer = Quanvolution<Float>(function, kernel: 2, stride: 2, random: &random)
/// ```
/// - Shape: `[samples, channels, height, width]` -> `[samples, filters outputs, h, w]` with
///   h = (height + 2 padding - kernel) / stride + 1; the circuit reads channels kernel^2 features, each channel's window in
///   reading order; weights `[filters, parameters]`.
///
/// - Complexity: samples h w filters runs of the circuit, backward about two more; folded, 3^features filters runs, and for each
///   window some products of cosines and sines.
///
/// Source: Henderson et al., "Quanvolutional neural networks", 2020 (frozen); Senokosov et al., "Quantum machine learning for image
/// classification", 2024 (trained).
public struct Quanvolution<Scalar: TensorScalar>: Layer {
  /// The circuit and its observables.
  public let function: CircuitFunction
  /// Angles in radians, one row a filter.
  public var weights: Tensor<Scalar>
  /// Whether the weights stay as they are.
  public let isFrozen: Bool
  /// Whether windows are computed by the circuit's trigonometric polynomial where that takes fewer runs; the same numbers to
  /// rounding.
  public var isFolded = true
  private let patches: Patches
  private let folded: FoldedCircuit?

  /// The side of a window.
  public var kernel: Int { patches.kernel }
  /// Distance of neighbouring windows.
  public var stride: Int { patches.stride }
  /// Zeros added on every side.
  public var padding: Int { patches.padding }
  /// How many filters.
  public var filters: Int { weights.shape[0] }

  /// A layer of given weights.
  public init(
    _ function: CircuitFunction, weights: Tensor<Scalar>, kernel: Int, stride: Int = 1, padding: Int = 0, isFrozen: Bool = false
  ) {
    precondition(
      weights.shape.count == 2 && weights.shape[0] > 0 && weights.shape[1] == function.parameterCount,
      "Quanvolution: expected weights of shape [filters, \(function.parameterCount)], found \(weights.shape)")
    precondition(
      kernel > 0 && stride > 0 && padding >= 0,
      "Quanvolution: kernel \(kernel) and stride \(stride) must be positive, padding \(padding) not negative")
    precondition(
      function.featureCount > 0 && function.featureCount % (kernel * kernel) == 0,
      "Quanvolution: the circuit reads \(function.featureCount) features, no multiple of \(kernel) x \(kernel) pixels")
    (self.function, self.weights, self.isFrozen) = (function, weights, isFrozen)
    patches = Patches(kernel: kernel, stride: stride, padding: padding)
    folded = FoldedCircuit(function)
  }

  /// A layer whose weights are uniform in [0, 2 pi).
  public init(
    _ function: CircuitFunction, filters: Int = 1, kernel: Int, stride: Int = 1, padding: Int = 0, isFrozen: Bool = false,
    random: inout RandomSource
  ) {
    precondition(filters > 0, "Quanvolution: filters is \(filters), must be positive")
    let count = filters * function.parameterCount
    let angles = (0..<count).map { _ in Scalar(random.uniform(in: 0..<2 * Double.pi)) }
    self.init(
      function, weights: Tensor(shape: [filters, function.parameterCount], scalars: angles), kernel: kernel, stride: stride,
      padding: padding, isFrozen: isFrozen)
  }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    let channels = function.featureCount / (kernel * kernel)
    let smallest = max(1, kernel - 2 * padding)
    guard inputShape.count == 3, inputShape[0] == channels, inputShape[1] >= smallest, inputShape[2] >= smallest else {
      throw .shape(
        ShapeMismatch(
          layer: "Quanvolution", expected: "[samples, \(channels), height (at least \(smallest)), width (at least \(smallest))]",
          foundSample: inputShape))
    }
    return [filters * function.outputCount, patches.outputLength(inputShape[1]), patches.outputLength(inputShape[2])]
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    let shape = [input.shape[0]] + (try outputShape(for: Array(input.shape.dropFirst())))
    let weights = isFrozen ? pass.tape.constant(weights) : pass.parameter("weights", weights)
    // Numbers that are not finite are for the circuit to refuse.
    if isFolded, let folded, shape[0] * shape[2] * shape[3] >= 2 * folded.runs, input.value.isFinite {
      return try forward(input, weights, by: folded, shape: shape)
    }
    var function = function
    function.loop = input.tape.loop
    let rows = patches.rows(of: input.value)
    let evaluations = try (0..<filters).map { filter in
      try function.evaluate(features: rows, parameters: angles(of: filter))
    }
    let output = Channels(samples: shape[0], outputs: function.outputCount, area: shape[2] * shape[3], filters: filters)
    let (inputShape, needsInput) = (input.shape, input.needsGradient)
    return input.tape.record("Quanvolution", output.image(of: evaluations.map(\.values), shape: shape), from: [input, weights]) {
      [patches] cotangent in
      let gradients = try evaluations.enumerated().map { filter, evaluation in
        try evaluation.gradient(cotangents: output.rows(of: cotangent, filter: filter), ofFeatures: needsInput)
      }
      return [
        needsInput ? patches.images(adding: gradients.map(\.features), shape: inputShape) : nil,
        Tensor(
          shape: [gradients.count, gradients[0].parameters.count],
          scalars: gradients.flatMap { $0.parameters.map { Scalar($0) } }),
      ]
    }
  }

  private func angles(of filter: Int) -> [Double] {
    weights.scalars[filter * function.parameterCount..<(filter + 1) * function.parameterCount].map { Double($0) }
  }

  private func forward(
    _ input: Variable<Scalar>, _ weights: Variable<Scalar>, by folded: FoldedCircuit, shape: [Int]
  ) throws -> Variable<Scalar> {
    let coefficients = try (0..<filters).map { try folded.coefficients(angles(of: $0)) }
    let windows = FoldedWindows<Scalar>(
      folded, coefficients: coefficients.map(\.values), patches: patches, shape: input.shape)
    let (images, needsInput, loop) = (input.value, input.needsGradient, input.tape.loop)
    let outputs = windows.outputs(images, shape: shape, loop: loop)
    return input.tape.record("Quanvolution", outputs, from: [input, weights]) { [weightShape = weights.shape] cotangent in
      let (sums, slopes) = windows.cotangents(cotangent, images: images, ofImages: needsInput, loop: loop)
      let gradients = try zip(coefficients, sums).flatMap { try folded.gradient(of: $0, cotangents: $1) }
      return [slopes, Tensor(shape: weightShape, scalars: gradients.map { Scalar($0) })]
    }
  }

  public mutating func visitTensors(_ visit: (String, TensorRole, inout Tensor<Scalar>) throws -> Void) rethrows {
    try visit("weights", isFrozen ? .buffer : .parameter, &weights)
  }
}

/// Between the rows that circuits give, (sample, position) x outputs, and images, sample x (filter, output) x position.
private struct Channels: Sendable {
  let samples, outputs, area, filters: Int

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func image<Scalar: TensorScalar>(of values: [RealMatrix], shape: [Int]) -> Tensor<Scalar> {
    Tensor(shape: shape) { target in
      for (filter, matrix) in values.enumerated() {
        matrix.elements.withUnsafeBufferPointer { source in
          forEachNumber(filter) { row, image in target[image] = Scalar(source[row]) }
        }
      }
    }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func rows<Scalar: TensorScalar>(of image: Tensor<Scalar>, filter: Int) -> RealMatrix {
    var elements = [Double](repeating: 0, count: samples * area * outputs)
    image.withBase { source in
      elements.withUnsafeMutableBufferPointer { target in
        forEachNumber(filter) { row, image in target[row] = Double(source[image]) }
      }
    }
    return RealMatrix(rows: samples * area, columns: outputs, elements: elements)
  }

  /// Calls `body(place in the filter's rows, place in the image)`.
  @inline(__always)
  private func forEachNumber(_ filter: Int, _ body: (Int, Int) -> Void) {
    for sample in 0..<samples {
      for position in 0..<area {
        for output in 0..<outputs {
          body(
            (sample * area + position) * outputs + output, ((sample * filters + filter) * outputs + output) * area + position)
        }
      }
    }
  }
}
