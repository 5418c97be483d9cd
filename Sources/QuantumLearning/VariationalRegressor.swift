import LinearAlgebra
import NeuralNetworks
import QuantumCircuits
import QuantumStates

/// A circuit with trained angles that predicts numbers: y_k = scale * <O_k> + bias_k, trained on the mean squared error.
///
/// - Shape: features are samples x `circuit.featureCount`; targets and predictions samples x observables.
///
/// Source: Mitarai, Negoro, Kitagawa, Fujii, "Quantum circuit learning", 2018.
public struct VariationalRegressor: Sendable {
  /// The circuit and the head, as a network.
  public private(set) var network: Sequential<Double>
  /// Numbers predicted for a sample.
  public let outputCount: Int

  /// A regressor with random angles; see `VariationalClassifier.init`.
  public init(
    _ circuit: Circuit, observables: [any PauliExpression], precision: Precision = .double, scale: Double = 1,
    startingAt parameters: [Double]? = nil, seed: UInt64 = 0
  ) {
    precondition(!observables.isEmpty, "VariationalRegressor: give an observable for each number to predict")
    outputCount = observables.count
    network = VariationalClassifier.network(
      circuit, observables: observables, precision: precision, scale: scale, startingAt: parameters, seed: seed)
  }

  /// Trains on the given samples, going on from the present weights.
  ///
  /// - Returns: the metrics of every epoch.
  /// - Throws: `NetworkError` for samples and targets that do not fit, and for values that are no longer finite.
  @discardableResult
  public mutating func fit(
    _ features: RealMatrix, targets: RealMatrix, optimizer: any Optimizer = Adam(learningRate: 0.05),
    settings: TrainingSettings = TrainingSettings(epochs: 50, batchSize: 32),
    observer: (TrainingEvent) throws -> TrainingDecision = { _ in .proceed }
  ) throws -> [EpochMetrics] {
    var trainer = Trainer(model: network, optimizer: optimizer, loss: .meanSquaredError, settings: settings)
    try trainer.fit(Samples(inputs: features.tensor, targets: .values(targets.tensor)), observer: observer)
    network = trainer.bestModel
    return trainer.history
  }

  /// The predictions: samples x observables.
  public func predict(_ features: RealMatrix) throws -> RealMatrix {
    RealMatrix(rows: features.rows, columns: outputCount, elements: try network(features.tensor).scalars)
  }
}
