import Datasets
import Execution
import Hilbert
import LinearAlgebra
import QuantumCircuits
import QuantumLearning

/// Kernels on data that nobody made for quantum circuits: each tuned by cross-validation on the training samples, then judged once.
struct RealDataExperiment: Encodable, Sendable {
  let data: String
  let features: Int
  let kernel: String
  /// Mean over divisions of the share of test samples classified right, and its standard error.
  let accuracy: Double
  let standardError: Double
  /// What cross-validation chose in each division.
  let bandwidths: [Double]
  let regularizations: [Double]

  /// A set, its principal components, and how many training samples are used at most.
  static let sets: [(data: String, components: Int, limit: Int)] = [
    ("breast-cancer", 6, 300), ("wine", 4, 300), ("digits-8x8", 6, 300),
  ]
  static let bandwidths = [0.05, 0.1, 0.2, 0.4, 0.8]
  static let regularizations = [0.1, 1, 10, 100]

  private static let maps: [FeatureMap] = [.secondOrder, .iqp, .angleY]

  /// Kernels of a table: the two classical ones, then each kind of quantum kernel on each map.
  static let candidates: [(kind: KernelDescription.Kind, map: FeatureMap)] =
    [(.linear, .secondOrder), (.gaussian, .secondOrder)]
    + [.fidelity, .projected].flatMap { kind in maps.map { (kind, $0) } }

  private struct Trial: Sendable {
    let accuracy: Double
    let choice: CrossValidation.Choice
  }

  static func all(_ plan: FeatureSpacesPlan, loop: ParallelLoop) throws -> [RealDataExperiment] {
    let jobs = sets.flatMap { set in plan.realDataSeeds.map { (set, $0) } }
    let trials = try loop.results(count: jobs.count) { try Self.trials(jobs[$0].0, seed: jobs[$0].1) }
    return sets.enumerated().flatMap { place, set in
      candidates.enumerated().map { column, candidate in
        let own = plan.realDataSeeds.indices.map { trials[place * plan.realDataSeeds.count + $0][column] }
        let (mean, error) = own.map(\.accuracy).meanWithError
        return RealDataExperiment(
          data: set.data, features: set.components, kernel: name(candidate), accuracy: mean, standardError: error,
          bandwidths: own.map { candidate.kind == .linear ? 1 : bandwidths[$0.choice.kernel] },
          regularizations: own.map(\.choice.regularization))
      }
    }
  }

  private static func name(_ candidate: (kind: KernelDescription.Kind, map: FeatureMap)) -> String {
    candidate.kind.isQuantum ? "\(candidate.kind.rawValue), \(candidate.map.rawValue)" : candidate.kind.rawValue
  }

  private static func trials(_ set: (data: String, components: Int, limit: Int), seed: UInt64) throws -> [Trial] {
    var section = DataSection(source: set.data)
    (section.test, section.limit, section.pca) = (.fraction(0.3), set.limit, set.components)
    let data = try PreparedData(section, seed: seed) { _, _, _ in preconditionFailure("RealDataExperiment: no autoencoder") }
    let (training, test) = (data.training.matrix, data.test.matrix)
    let validation = CrossValidation(labels: data.training.labels, folds: 5, seed: seed)
    return try candidates.map { kind, map in
      let widths = kind == .linear ? [1] : bandwidths
      let kernels = try widths.map { width in
        var description = KernelDescription(kind: kind)
        (description.map, description.mapSettings.bandwidth) = (map, width)
        return try description.kernel(features: set.components, seed: seed, loop: .serial)
      }
      let grams = try kernels.map { try $0.gramMatrix(training) }
      let choice = try validation.best(grams: grams, labels: data.training.labels, regularizations: regularizations)
      let machine = try SupportVectorClassifier(
        gram: grams[choice.kernel], labels: data.training.labels, regularization: choice.regularization)
      return Trial(
        accuracy: try machine.accuracy(kernels[choice.kernel].matrix(test, against: training), labels: data.test.labels),
        choice: choice)
    }
  }
}
