import Datasets
import Execution
import Hilbert
import LinearAlgebra
import QuantumCircuits
import QuantumLearning

/// How far a Gram matrix of shots lies from the exact one, against what theory promises.
///
/// An entry of R shots has a standard deviation of at most 1 / (2 sqrt R), so the spectral norm of the error, no larger than its
/// Frobenius norm, is at most `T / (2 sqrt R)` on average for T samples: an error of ε costs R T^2 / 2 = O(T^4 / ε^2) shots in all.
struct ShotExperiment: Encodable, Sendable {
  let shots: Int
  /// ||K' - K|| in the spectral norm, mean over data sets.
  let error: Double
  /// T / (2 sqrt R).
  let bound: Double
  /// Mean success of the machine of the repaired matrix.
  let success: Double

  init(shots: Int, plan: FeatureSpacesPlan) throws {
    let map = Circuit.secondOrderFeatureMap(Features(2))
    let kernel = try FidelityKernel(featureMap: map, loop: .serial)
    var (errors, successes): ([Double], [Double]) = ([], [])
    for seed in plan.seeds {
      let problem = AdHocProblem(seed: seed, gap: FeatureSpacesPlan.gap)
      let training = try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: 0)
      let test = try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: 1)
      let measured = try MeasuredKernel(featureMap: map, shots: shots, seed: seed &+ 7777, loop: .serial)
      let gram = try measured.gramMatrix(training.matrix)
      let values = try (gram - kernel.gramMatrix(training.matrix)).symmetricEigen().values
      errors.append(max(-(values.first ?? 0), values.last ?? 0))
      let machine = try SupportVectorClassifier(
        gram: gram.repaired(by: .clip), labels: training.labels, regularization: FeatureSpacesPlan.regularization)
      successes.append(
        try machine.accuracy(measured.matrix(test.matrix, against: training.matrix), labels: test.labels))
    }
    self.shots = shots
    (error, success) = (errors.meanWithError.mean, successes.meanWithError.mean)
    bound = Double(2 * FeatureSpacesPlan.perClass) / (2 * Double(shots).squareRoot())
  }

  static func all(_ plan: FeatureSpacesPlan, loop: ParallelLoop) throws -> [ShotExperiment] {
    let shots = [100, 300, 1000, 3000, 10_000, 50_000, 200_000, 1_000_000]
    return try loop.results(count: shots.count) { try ShotExperiment(shots: shots[$0], plan: plan) }
  }
}
