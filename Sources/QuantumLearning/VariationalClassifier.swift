import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumStates
import Randomness

/// A circuit with trained angles that tells classes apart: one observable a class, whose scaled expectation is its score.
///
/// p(class k | x) = softmax_k(scale * <O_k> + bias_k), with scale, biases and the circuit's parameters trained together on the
/// cross-entropy.
///
/// ```swift
/// var classifier = VariationalClassifier(circuit, observables: [Z(0), Z(1)], seed: 1)
/// try classifier.fit(features, labels: labels, settings: TrainingSettings(epochs: 40))
/// let accuracy = try classifier.accuracy(testFeatures, labels: testLabels)
/// ```
/// - Shape: features are samples x `circuit.featureCount`; probabilities samples x classes.
///
/// Source: Schuld, Bocharov, Svore, Wiebe, "Circuit-centric quantum classifiers", 2020; the softmax over observables is
/// the usual extension to several classes.
public struct VariationalClassifier: Sendable {
  /// The circuit and the head, as a network.
  public private(set) var network: Sequential<Double>
  /// The classes, one for each observable.
  public let classCount: Int

  /// A classifier with random angles.
  ///
  /// - Parameters:
  ///   - observables: one for each class, at least two.
  ///   - scale: the head's starting scale: how far apart scores can be at first.
  ///   - parameters: where the circuit's parameters start; nil draws angles uniformly from [0, 2 pi). Give them where some
  ///     parameters are no angles, such as factors of features in data re-uploading.
  ///   - seed: of the starting angles.
  public init(
    _ circuit: Circuit, observables: [any PauliExpression], precision: Precision = .double, scale: Double = 3,
    startingAt parameters: [Double]? = nil, seed: UInt64 = 0
  ) {
    precondition(observables.count >= 2, "VariationalClassifier: \(observables.count) observables; give one for each class")
    classCount = observables.count
    network = Self.network(
      circuit, observables: observables, precision: precision, scale: scale, startingAt: parameters, seed: seed)
  }

  /// The layer of circuits and the head, for a classifier and for a regressor.
  static func network(
    _ circuit: Circuit, observables: [any PauliExpression], precision: Precision, scale: Double,
    startingAt parameters: [Double]?, seed: UInt64
  ) -> Sequential<Double> {
    var random = RandomSource(seed: seed)
    let function: CircuitFunction
    do {
      function = try .expectation(of: observables.map(\.pauliSum), after: circuit, precision: precision)
    } catch {
      // Not preconditionFailure: its message is lost in release builds.
      fatalError(error.description)
    }
    let layer =
      parameters.map { QuantumLayer(function, weights: Tensor<Double>(shape: [1, $0.count], scalars: $0)) }
      ?? QuantumLayer(function, random: &random)
    return Sequential([
      layer, ExpectationHead<Double>(outputs: observables.count, scale: scale),
    ])
  }

  /// Trains on the given samples, going on from the present weights.
  ///
  /// - Parameters:
  ///   - labels: classes counted from 0.
  ///   - observer: hears of every step and epoch, and may stop the training.
  /// - Returns: the metrics of every epoch.
  /// - Throws: `NetworkError` for samples and labels that do not fit, and for values that are no longer finite.
  @discardableResult
  public mutating func fit(
    _ features: RealMatrix, labels: [Int], optimizer: any Optimizer = Adam(learningRate: 0.05),
    settings: TrainingSettings = TrainingSettings(epochs: 30, batchSize: 32),
    observer: (TrainingEvent) throws -> TrainingDecision = { _ in .proceed }
  ) throws -> [EpochMetrics] {
    if let sample = labels.firstIndex(where: { !(0..<classCount).contains($0) }) {
      throw NetworkError.data(
        "Sample \(sample) has label \(labels[sample]), the classifier has \(classCount) classes",
        remedy: "Give labels from 0 to \(classCount - 1)")
    }
    var trainer = Trainer(model: network, optimizer: optimizer, loss: .crossEntropy(), settings: settings)
    try trainer.fit(Samples(inputs: features.tensor, targets: .labels(labels)), observer: observer)
    network = trainer.bestModel
    return trainer.history
  }

  /// The classifier with its weights on another circuit: trained without noise and run with it, for example.
  ///
  /// - Parameter circuit: with the same parameters and features.
  /// - Throws: `CompilationError` for a circuit that cannot be run.
  public func running(_ circuit: Circuit) throws(CompilationError) -> VariationalClassifier {
    guard let layer = network.layers[0] as? QuantumLayer<Double> else {
      preconditionFailure("VariationalClassifier: the first layer is a \(type(of: network.layers[0]))")
    }
    precondition(
      circuit.parameterCount == layer.function.parameterCount && circuit.featureCount == layer.function.featureCount,
      "VariationalClassifier.running: a circuit of \(circuit.parameterCount) parameters and \(circuit.featureCount) features in "
        + "place of \(layer.function.parameterCount) and \(layer.function.featureCount)")
    var result = self
    result.network.layers[0] = QuantumLayer(try layer.function.replacing(circuit), weights: layer.weights)
    return result
  }

  /// The probability of each class: samples x classes.
  public func probabilities(_ features: RealMatrix) throws -> RealMatrix {
    let scores = try network(features.tensor)
    return RealMatrix(
      (0..<features.rows).map { row in
        let row = scores.scalars[row * classCount..<(row + 1) * classCount]
        let highest = row.max() ?? 0
        let weights = row.map { Double.exp($0 - highest) }
        return weights.map { $0 / weights.reduce(0, +) }
      })
  }

  /// The most probable class of each sample; the lower number where two are equal.
  public func predict(_ features: RealMatrix) throws -> [Int] {
    let scores = try network(features.tensor)
    return (0..<features.rows).map { row in
      (0..<classCount).reduce(0) { scores[row, $1] > scores[row, $0] ? $1 : $0 }
    }
  }

  /// The part of the samples whose class is predicted right, in [0, 1].
  public func accuracy(_ features: RealMatrix, labels: [Int]) throws -> Double {
    precondition(labels.count == features.rows, "accuracy: \(features.rows) samples, \(labels.count) labels")
    let right = zip(try predict(features), labels).count { $0 == $1 }
    return Double(right) / Double(max(1, labels.count))
  }
}

extension RealMatrix {
  /// The same numbers as a tensor of samples.
  var tensor: Tensor<Double> { Tensor(shape: [rows, columns], scalars: elements) }
}
