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
  private let network: AnyNetwork

  /// A network in the precision it was trained in.
  private enum AnyNetwork: Sendable {
    case float(Sequential<Float>)
    case double(Sequential<Double>)
  }

  /// - Throws: `NetworkError.checkpoint` for weights that are missing, damaged or another network's.
  init(_ contents: RunContents, part: Part = .model) throws {
    self.contents = contents
    switch contents.configuration.training.precision {
    case .float: network = .float(try Self.network(contents, part))
    case .double: network = .double(try Self.network(contents, part))
    }
  }

  /// Loss, accuracy and confusion matrix on samples with labels, as they come from the source.
  func judge(_ samples: HeldOutSet, loop: ParallelLoop) throws -> TestResult {
    let prepared = try prepare(samples)
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
    let prepared = try prepare(samples)
    switch network {
    case .float(let network): return rows(try network.outputs(for: prepared.inputs(), loop: loop).converted().softmax())
    case .double(let network): return rows(try network.outputs(for: prepared.inputs(), loop: loop).softmax())
    }
  }

  /// - Throws: `Failure` where samples are shaped otherwise than the run's training samples.
  private func prepare(_ samples: HeldOutSet) throws -> HeldOutSet {
    let wanted = contents.manifest.sourceShape
    guard samples.sampleShape == wanted else {
      throw Failure(
        .badInput,
        "\(samples.name): samples of shape \(samples.sampleShape), and the run was trained on \(wanted); give data of that shape")
    }
    return contents.pipeline.applied(to: samples)
  }

  private func rows(_ tensor: Tensor<Double>) -> [[Double]] {
    let width = tensor.shape[1]
    return (0..<tensor.shape[0]).map { Array(tensor.scalars[$0 * width..<($0 + 1) * width]) }
  }

  private static func network<Scalar: TensorScalar>(_ contents: RunContents, _ part: Part) throws -> Sequential<Scalar> {
    let (configuration, manifest) = (contents.configuration, contents.manifest)
    let builder = NetworkBuilder<Scalar>(kind: part == .model ? .model : .control, seed: configuration.seed)
    var network = try builder.network(
      configuration.model, sampleShape: manifest.sampleShape, classCount: manifest.classNames.count)
    try network.loadTensors(
      from: contents.folder.file(part == .model ? RunContents.modelCheckpoint : RunContents.controlCheckpoint))
    return network
  }
}
