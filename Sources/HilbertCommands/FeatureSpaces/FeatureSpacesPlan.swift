import Execution
import QuantumCircuits

/// How much of the paper's experiments is run, and with which numbers.
///
/// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019.
struct FeatureSpacesPlan: Sendable {
  /// Data sets: each is an ad hoc problem whose unitary is drawn by the seed.
  var seeds: [UInt64] = Array(1...12)
  /// Fresh sets of 40 points on which a kernel machine is judged.
  var kernelTests = 10
  /// Fresh sets of 40 points on which a trained circuit is judged.
  var variationalTests = 20
  /// Entanglers of the variational classifier.
  var depths = [0, 1, 2, 3, 4]
  /// Steps of its training.
  var iterations = 250
  /// Circuits without noise, with noise, and with noise extrapolated away.
  var conditions = Condition.allCases
  /// Seeds of the divisions of real data.
  var realDataSeeds: [UInt64] = Array(1...5)

  static let gap = 0.3
  static let perClass = 20
  static let kernelShots = 50_000
  static let trainingShots = 2000
  static let testShots = 10_000
  /// In place of a hard margin.
  static let regularization = 1e4
  static let stretches = [1, 1.5]

  /// A minute's worth: three sets, short trainings.
  static let quick: FeatureSpacesPlan = {
    var plan = FeatureSpacesPlan()
    (plan.seeds, plan.kernelTests, plan.variationalTests, plan.iterations) = ([1, 2, 3], 3, 3, 60)
    (plan.depths, plan.conditions, plan.realDataSeeds) = ([0, 2, 4], [.ideal], [1])
    return plan
  }()

  /// What the variational circuits are run with.
  enum Condition: String, CaseIterable, Sendable {
    case ideal, noisy, mitigated

    var noise: NoiseModel? { self == .ideal ? nil : FeatureSpacesPlan.noise }
    var stretches: [Double] { self == .mitigated ? FeatureSpacesPlan.stretches : [1] }
  }

  /// A small device of our own choice, not the paper's: errors of gates, and decay towards |0>, which biases parities.
  static let noise = NoiseModel(
    name: "two qubits",
    rules: [
      NoiseRule("one-qubit error", on: .oneQubit, except: [.phase], .depolarizing(errorProbability: 0.001)),
      NoiseRule("two-qubit error", on: .twoQubit, .depolarizing(errorProbability: 0.02, qubitCount: 2)),
      NoiseRule("decay", on: .oneQubit, except: [.phase], .amplitudeDamping(0.003)),
      NoiseRule("decay of pairs", on: .twoQubit, .amplitudeDamping(0.015)),
    ])
}

/// What the paper and independent simulations of it report.
enum FeatureSpacesReference {
  /// Kernel method, mean of ten test sets on the paper's three data sets.
  static let kernel = "1.000, 1.000, 0.9475 (sets I, II, III, on the device)"
  /// Variational classifier without noise by depth: eight data sets of an independent simulation with the paper's settings.
  static let variational = [0.810, 0.965, 0.969, 0.9986, 0.9995]
  /// The same simulation's mean of twelve kernel machines.
  static let kernelSimulation = 0.995
}
