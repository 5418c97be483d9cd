import Datasets
import Execution
import Hilbert
import LinearAlgebra
import QuantumCircuits
import QuantumLearning

/// The kernel method on one data set: a machine on the exact Gram matrix, and one on a Gram matrix of shots.
struct KernelExperiment: Encodable, Sendable {
  let seed: UInt64
  /// Mean share of points classified right over the test sets.
  let exact: Double
  /// The same with shots, the matrix repaired where it was indefinite.
  let sampled: Double
  let supportVectors: Int
  let trainAccuracy: Double
  let dualityGap: Double
  /// Of the sampled matrix.
  let leastEigenvalue: Double
  /// Of the exact matrix: eigenvalues above a billionth of the largest.
  let rank: Int

  init(seed: UInt64, plan: FeatureSpacesPlan) throws {
    let problem = AdHocProblem(seed: seed, gap: FeatureSpacesPlan.gap)
    let training = try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: 0)
    let map = Circuit.secondOrderFeatureMap(Features(2))
    let kernel = try FidelityKernel(featureMap: map, loop: .serial)
    let measured = try MeasuredKernel(featureMap: map, shots: FeatureSpacesPlan.kernelShots, seed: seed, loop: .serial)
    let (gram, noisy) = (try kernel.gramMatrix(training.matrix), try measured.gramMatrix(training.matrix))
    let machine = try SupportVectorClassifier(
      gram: gram, labels: training.labels, regularization: FeatureSpacesPlan.regularization,
      settings: SupportVectorSettings(gapTolerance: 1e-8))
    let sampledMachine = try SupportVectorClassifier(
      gram: noisy.repaired(by: .clip), labels: training.labels, regularization: FeatureSpacesPlan.regularization)
    var (right, sampledRight) = (0.0, 0.0)
    for draw in 1...plan.kernelTests {
      let test = try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: UInt64(draw))
      right += try machine.accuracy(kernel.matrix(test.matrix, against: training.matrix), labels: test.labels)
      sampledRight += try sampledMachine.accuracy(
        measured.matrix(test.matrix, against: training.matrix), labels: test.labels)
    }
    self.seed = seed
    exact = right / Double(plan.kernelTests)
    sampled = sampledRight / Double(plan.kernelTests)
    supportVectors = machine.machines[0].supportVectors.count
    trainAccuracy = try machine.accuracy(gram, labels: training.labels)
    dualityGap = machine.machines[0].dualityGap
    leastEigenvalue = try noisy.symmetricEigen().values.first ?? 0
    let values = try gram.symmetricEigen().values
    rank = values.count { $0 > 1e-9 * (values.last ?? 1) }
  }

  /// The experiment on every data set of a plan.
  static func all(_ plan: FeatureSpacesPlan, loop: ParallelLoop) throws -> [KernelExperiment] {
    try loop.results(count: plan.seeds.count) { try KernelExperiment(seed: plan.seeds[$0], plan: plan) }
  }
}
