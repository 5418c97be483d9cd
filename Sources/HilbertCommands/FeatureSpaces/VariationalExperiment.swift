import Datasets
import Execution
import Hilbert
import LinearAlgebra
import QuantumCircuits
import QuantumLearning

/// The variational classifier of one depth on one data set, under one condition.
struct VariationalExperiment: Encodable, Sendable {
  let seed: UInt64
  let depth: Int
  let condition: String
  /// Mean share of points classified right over the test sets.
  let success: Double
  /// The empirical risk at the end of training, of shots.
  let risk: Double
  /// Root of the mean squared error of the training points' probabilities against a device without noise.
  let probabilityError: Double

  init(seed: UInt64, depth: Int, condition: FeatureSpacesPlan.Condition, plan: FeatureSpacesPlan) throws {
    let problem = AdHocProblem(seed: seed, gap: FeatureSpacesPlan.gap)
    let training = try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: 0)
    let map = Circuit.secondOrderFeatureMap(Features(2))
    var classifier = try ParityClassifier(
      featureMap: map, entanglers: depth, noise: condition.noise, stretches: condition.stretches, loop: .serial)
    let history = try classifier.fit(
      training.matrix, labels: training.labels,
      settings: ParityClassifier.Settings(iterations: plan.iterations, shots: FeatureSpacesPlan.trainingShots),
      seed: seed &* 100 &+ UInt64(depth))
    var right = 0.0
    for draw in 1...plan.variationalTests {
      // Other points than those of the kernel machines.
      let test = try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: 1000 + UInt64(draw))
      right += try classifier.accuracy(
        test.matrix, labels: test.labels, shots: FeatureSpacesPlan.testShots, seed: seed &* 1000 &+ UInt64(draw))
    }
    var source = RandomSource(seed: seed, stream: 0x5052_4F42)
    let found = try classifier.evenProbabilities(
      training.matrix, parameters: classifier.parameters, shots: FeatureSpacesPlan.trainingShots, using: &source)
    let perfect = try ParityClassifier(featureMap: map, entanglers: depth, loop: .serial)
    let expected = try perfect.evenProbabilities(training.matrix, parameters: classifier.parameters, using: &source)
    (self.seed, self.depth, self.condition) = (seed, depth, condition.rawValue)
    success = right / Double(plan.variationalTests)
    risk = history[history.count - 1]
    probabilityError =
      (zip(found, expected).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) } / Double(found.count)).squareRoot()
  }

  /// Every depth and condition on one data set.
  static func all(seed: UInt64, _ plan: FeatureSpacesPlan, loop: ParallelLoop) throws -> [VariationalExperiment] {
    let jobs = plan.conditions.flatMap { condition in plan.depths.map { (condition, $0) } }
    return try loop.results(count: jobs.count) { job in
      // The dearest first, so that no thread is left with one at the end.
      let (condition, depth) = jobs[jobs.count - 1 - job]
      return try VariationalExperiment(seed: seed, depth: depth, condition: condition, plan: plan)
    }.reversed()
  }
}

extension [VariationalExperiment] {
  /// Mean and standard error of the success of one depth and condition over data sets.
  func success(_ depth: Int, _ condition: String, seeds: [UInt64]? = nil) -> (mean: Double, error: Double) {
    let values = filter { $0.depth == depth && $0.condition == condition && seeds?.contains($0.seed) ?? true }.map(\.success)
    return values.meanWithError
  }
}
