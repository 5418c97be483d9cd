import Datasets
import Execution
import Hilbert
import NeuralNetworks
import QuantumStates

/// A trained network, read from a run folder, that turns samples into class scores.
struct TrainedModel: Sendable {
  /// Which of a run's two networks.
  enum Part: Sendable {
    case model, control
  }

  let contents: RunContents
  let precision: Precision
  let network: AnyNetwork
  /// Epochs behind the weights, by their checkpoint: there may be one more than the metrics have rows, where the run was broken off
  /// before the other network had it too.
  let finishedEpochs: Int

  /// A network of either number type.
  enum AnyNetwork: Sendable {
    case float(Sequential<Float>)
    case double(Sequential<Double>)
  }

  /// - Parameter precision: the number type to compute in; nil takes the one it was trained in.
  /// - Throws: `NetworkError.checkpoint` for weights that are missing, damaged or another network's.
  init(_ contents: RunContents, part: Part = .model, precision: Precision? = nil) throws {
    self.contents = contents
    self.precision = precision ?? contents.configuration.training.precision
    switch self.precision {
    case .float:
      let (network, epochs) = try Self.network(contents, part, Float.self)
      (self.network, finishedEpochs) = (.float(network), epochs)
    case .double:
      let (network, epochs) = try Self.network(contents, part, Double.self)
      (self.network, finishedEpochs) = (.double(network), epochs)
    }
  }

  /// Loss, accuracy and confusion matrix on samples with labels, as they come from the source.
  func judge(_ samples: HeldOutSet, loop: ParallelLoop) throws -> TestResult {
    let prepared = contents.pipeline.applied(to: try matched(samples))
    let (labels, classCount) = (prepared.labels, contents.manifest.classNames.count)
    return switch network {
    case .float(let network):
      try TestResult(of: network, on: prepared.samples(), labels: labels, classCount: classCount, loop: loop)
    case .double(let network):
      try TestResult(of: network, on: prepared.samples(), labels: labels, classCount: classCount, loop: loop)
    }
  }

  /// One probability a class for each sample, as the samples come from the source.
  func probabilities(_ samples: HeldOutSet, loop: ParallelLoop) throws -> [[Double]] {
    try probabilities(features: try matched(samples).features, loop: loop)
  }

  /// One probability a class for each sample.
  ///
  /// - Parameter features: samples as the source gives them, one after the other.
  func probabilities(features: [Float], loop: ParallelLoop) throws -> [[Double]] {
    let manifest = contents.manifest
    let prepared = contents.pipeline.transforming(features, sampleShape: manifest.sourceShape)
    let count = features.count / manifest.sourceShape.reduce(1, *)
    let inputs = Tensor<Float>(shape: [count] + manifest.sampleShape, scalars: prepared)
    let scores: Tensor<Double> =
      switch network {
      case .float(let network): try network.outputs(for: inputs, loop: loop).converted()
      case .double(let network): try network.outputs(for: inputs.converted(), loop: loop)
      }
    let (values, classCount) = (scores.softmax().scalars, manifest.classNames.count)
    return (0..<count).map { Array(values[$0 * classCount..<($0 + 1) * classCount]) }
  }

  /// The trained weights of the circuit of a variational classifier.
  var circuitWeights: [Double] {
    func weights<Scalar: TensorScalar>(_ network: Sequential<Scalar>) -> [Double] {
      var (network, found) = (network, [Double]())
      network.visitTensors { name, _, tensor in
        if found.isEmpty, name.hasSuffix("weights") { found = tensor.scalars.map { Double($0) } }
      }
      return found
    }
    return switch network {
    case .float(let network): weights(network)
    case .double(let network): weights(network)
    }
  }

  /// The samples with their features in the order of the run's training samples.
  ///
  /// - Throws: `DatasetError` or `Failure` where they have other features, or another shape.
  func matched(_ samples: HeldOutSet) throws -> HeldOutSet {
    let samples = try samples.matching(featureNames: contents.manifest.featureNames ?? [])
    let wanted = contents.manifest.sourceShape
    guard samples.sampleShape != wanted else { return samples }
    throw Failure(
      .badInput,
      "\(samples.name): samples of shape \(samples.sampleShape), and the run was trained on \(wanted); give data of that shape")
  }

  private static func network<Scalar: TensorScalar>(
    _ contents: RunContents, _ part: Part, _: Scalar.Type
  ) throws -> (network: Sequential<Scalar>, epochs: Int) {
    let (configuration, manifest) = (contents.configuration, contents.manifest)
    let kind: NetworkBuilder<Scalar>.Kind =
      switch part {
      case .model: .model
      case .control: .control(configuration.control ?? .dense)
      }
    let builder = NetworkBuilder<Scalar>(kind: kind, seed: configuration.seed)
    var network = try builder.network(
      configuration.model, sampleShape: manifest.sampleShape, classCount: manifest.classNames.count)
    let words = try network.loadBestTensors(from: contents.folder.file(RunContents.checkpoint(of: part)))
    return (network, words["epoch"].flatMap { Int($0) } ?? 0)
  }
}
