import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import Randomness

/// Circuits as a layer of a network: inputs are the features, outputs the numbers read from the final states.
///
/// `groups` copies of one circuit, each with weights of its own, take consecutive groups of the inputs, as in the parallel
/// circuits of Senokosov et al., "Quantum machine learning for image classification", 2024.
///
/// ```swift
/// let layer = QuantumLayer<Float>(Expectation(of: Y(0), Y(1), after: circuit, precision: .float), random: &random)
/// ```
/// - Shape: `[samples, groups * features]` -> `[samples, groups * outputs]`; weights `[groups, parameters]`.
///
/// Complexity: forward one run of each circuit; backward about two more, for all weights and inputs together; less for
/// a first layer, whose inputs need no gradient.
public struct QuantumLayer<Scalar: TensorScalar>: Layer {
  /// The circuit and its observables.
  public let function: CircuitFunction
  /// Angles in radians.
  public var weights: Tensor<Scalar>
  /// Whether the weights stay as they are: random circuits, to compare trained ones with.
  public var isFrozen: Bool

  /// A layer of given weights, one row for each copy of the circuit.
  public init(_ function: CircuitFunction, weights: Tensor<Scalar>, isFrozen: Bool = false) {
    precondition(
      weights.shape.count == 2 && weights.shape[0] > 0 && weights.shape[1] == function.parameterCount,
      "QuantumLayer: expected weights of shape [groups, \(function.parameterCount)], found \(weights.shape)")
    self.function = function
    self.weights = weights
    self.isFrozen = isFrozen
  }

  /// A layer whose weights are uniform in [0, 2 pi).
  public init(_ function: CircuitFunction, groups: Int = 1, isFrozen: Bool = false, random: inout RandomSource) {
    precondition(groups > 0, "QuantumLayer: groups is \(groups), must be positive")
    let count = groups * function.parameterCount
    self.init(
      function,
      weights: Tensor(
        shape: [groups, function.parameterCount], scalars: (0..<count).map { _ in Scalar(random.uniform(in: 0..<2 * Double.pi)) }),
      isFrozen: isFrozen)
  }

  /// Copies of the circuit.
  public var groups: Int { weights.shape[0] }

  public func outputShape(for inputShape: [Int]) throws(NetworkError) -> [Int] {
    guard inputShape == [groups * function.featureCount] else {
      throw .shape(
        ShapeMismatch(
          layer: "QuantumLayer", expected: "[samples, \(groups * function.featureCount)]", foundSample: inputShape))
    }
    return [groups * function.outputCount]
  }

  public func forward(_ input: Variable<Scalar>, in pass: ForwardPass<Scalar>) throws -> Variable<Scalar> {
    _ = try outputShape(for: Array(input.shape.dropFirst()))
    let weights = isFrozen || weights.count == 0 ? pass.tape.constant(weights) : pass.parameter("weights", weights)
    var function = function
    function.loop = input.tape.loop
    let evaluations = try (0..<groups).map { group in
      try function.evaluate(
        features: input.value.columns(group, of: groups),
        parameters: weights.value.scalars[group * function.parameterCount..<(group + 1) * function.parameterCount].map {
          Double($0)
        })
    }
    let needsInput = input.needsGradient
    return input.tape.record("QuantumLayer", Tensor(joiningColumns: evaluations.map(\.values)), from: [input, weights]) {
      cotangent in
      let gradients = try evaluations.enumerated().map { group, evaluation in
        try evaluation.gradient(cotangents: cotangent.columns(group, of: evaluations.count), ofFeatures: needsInput)
      }
      return [
        needsInput ? Tensor(joiningColumns: gradients.map(\.features)) : nil,
        Tensor(
          shape: [gradients.count, gradients[0].parameters.count],
          scalars: gradients.flatMap { $0.parameters.map { Scalar($0) } }),
      ]
    }
  }

  public mutating func visitTensors(_ visit: (String, TensorRole, inout Tensor<Scalar>) throws -> Void) rethrows {
    try visit("weights", isFrozen ? .buffer : .parameter, &weights)
  }
}

extension Tensor {
  /// Group `group` of `groups` equal groups of columns.
  fileprivate func columns(_ group: Int, of groups: Int) -> RealMatrix {
    let (rows, width) = (shape[0], shape[1] / groups)
    var elements: [Double] = []
    elements.reserveCapacity(rows * width)
    for row in 0..<rows {
      let start = row * shape[1] + group * width
      for column in start..<start + width { elements.append(Double(scalars[column])) }
    }
    return RealMatrix(rows: rows, columns: width, elements: elements)
  }

  /// Matrices of equally many rows, side by side.
  fileprivate init(joiningColumns parts: [RealMatrix]) {
    let rows = parts[0].rows
    let width = parts.reduce(0) { $0 + $1.columns }
    var scalars: [Scalar] = []
    scalars.reserveCapacity(rows * width)
    for row in 0..<rows {
      for part in parts {
        for column in 0..<part.columns { scalars.append(Scalar(part.elements[row * part.columns + column])) }
      }
    }
    self.init(shape: [rows, width], scalars: scalars)
  }
}
