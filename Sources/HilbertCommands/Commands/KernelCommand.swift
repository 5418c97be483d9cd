import ArgumentParser
import Execution
import QuantumCircuits
import QuantumLearning

/// `hilbert kernel`: Gram matrices, and support vector machines on them.
struct KernelCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "kernel",
    abstract: "Compute a kernel's Gram matrix; train and judge a support vector machine on it.",
    discussion: """
      Either a configuration (YAML file or preset) with data, or --feature-map and --points. Complete configuration, the preset \
      breast-cancer:

      \(KernelPreset.all[1].yaml)

      Kernels: \(KernelDescription.Kind.allCases.map(\.rawValue).joined(separator: ", ")); with shots: N and noise: FILE.yaml.
      Feature maps: \(FeatureMap.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: "; ")).
      Points are rows of numbers, a header is optional; a column called label, class or target holds classes, and then a machine is \
      trained too. --export writes FILE.npz (gram, points, labels), FILE.csv, or FILE.npy; a matrix beyond --memory goes to a .npy tile \
      by tile.
      """)

  @Argument(help: "Configuration file (YAML).")
  var config: String?

  @Option(help: "A configuration that is part of the program: \(KernelPreset.all.map(\.name).joined(separator: ", ")).")
  var preset: String?

  @Option(help: "Feature map, for --points.")
  var featureMap: String?

  @Option(help: "Points in a CSV file.")
  var points: String?

  @Option(help: "Label column of the points (default: label, class or target).")
  var label: String?

  @Option(help: "Repetitions of the feature map (default: the map's usual number).")
  var repetitions: Int?

  @Option(help: "Which qubits the map entangles: \(Connectivity.allCases.map(\.rawValue).joined(separator: ", ")).")
  var connectivity: Connectivity?

  @Option(help: "Factor of all features.")
  var bandwidth: Double?

  @Option(help: "Kernel of the points (default: fidelity).")
  var kernel: KernelDescription.Kind?

  @Option(help: "Shots for each pair (default: exact).")
  var shots: Int?

  @Option(help: "Where the Gram matrix goes: FILE.npz, .csv or .npy.")
  var export: String?

  @Option(help: "Memory that the matrix may take, in MiB (default: nine tenths of what is free).")
  var memory: Int?

  @OptionGroup var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard [config, preset, points].compactMap({ $0 }).count == 1 else {
      throw ValidationError("give one of a configuration file, --preset NAME, or --feature-map NAME --points FILE.csv")
    }
    if let preset, !KernelPreset.all.contains(where: { $0.name == preset }) {
      throw ValidationError("unknown preset '\(preset)'. Known presets: \(KernelPreset.all.map(\.name).joined(separator: ", "))")
    }
    let names = FeatureMap.allCases.map(\.rawValue)
    if let featureMap, FeatureMap(named: featureMap) == nil {
      let suggestion = nearestNames(to: featureMap, among: names).first.map { ", did you mean '\($0)'?" } ?? "."
      throw ValidationError("unknown feature map '\(featureMap)'\(suggestion) Known: \(names.joined(separator: ", "))")
    }
    if points != nil, featureMap == nil, kernel?.isQuantum ?? true {
      throw ValidationError("--points needs --feature-map; known: \(names.joined(separator: ", "))")
    }
    if let kernel, !kernel.isQuantum, featureMap != nil {
      throw ValidationError("a \(kernel.rawValue) kernel has no feature map; leave --feature-map out, or take --kernel fidelity")
    }
    let pointOptions: [(String, Bool)] = [
      ("--feature-map", featureMap != nil), ("--label", label != nil), ("--repetitions", repetitions != nil),
      ("--connectivity", connectivity != nil), ("--bandwidth", bandwidth != nil), ("--kernel", kernel != nil),
      ("--shots", shots != nil),
    ]
    if points == nil, let extra = pointOptions.first(where: \.1) {
      throw ValidationError("\(extra.0) goes with --points; a configuration has a key for it")
    }
    for (name, value) in [("--repetitions", repetitions), ("--shots", shots), ("--memory", memory)] {
      if let value, value < 1 { throw ValidationError("\(name) wants a whole number of at least 1, found \(value)") }
    }
    if let bandwidth, !(bandwidth > 0 && bandwidth.isFinite) {
      throw ValidationError("--bandwidth wants a number above 0, found \(bandwidth)")
    }
    if let export, ![".npz", ".npy", ".csv"].contains(where: export.hasSuffix) {
      throw ValidationError("--export wants a file name that ends in .npz, .npy or .csv, found \(export)")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    Interruption.endWithWord()
    defer { Interruption.stopListening() }
    let budget = memory.map { MemoryBudget(bytes: UInt64($0) << 20) } ?? .available
    let task = KernelTask(
      shared: shared, precision: numbers.precision ?? .double, export: export, budget: budget)
    let result: KernelResult
    let seed: UInt64
    if let points {
      seed = numbers.seed ?? 1
      result = try task.run(PointsFile(reading: points, label: label), described, seed: seed)
    } else {
      var configuration =
        if let config {
          try KernelConfiguration(ConfigurationText(reading: config))
        } else {
          try KernelPreset.all.first { $0.name == preset }!.configuration()
        }
      configuration.seed = numbers.seed ?? configuration.seed
      seed = configuration.seed
      result = try task.run(configuration)
    }
    try result.write(
      as: shared.format, shared.conditions(seed: seed, precision: numbers.precision ?? .double, stopwatch: stopwatch))
  }

  /// The kernel that the options describe.
  private var described: KernelDescription {
    var result = KernelDescription(kind: kernel ?? .fidelity)
    if let featureMap { result.map = FeatureMap(named: featureMap)! }
    result.mapSettings.repetitions = repetitions
    if let connectivity { result.mapSettings.connectivity = connectivity }
    if let bandwidth { result.mapSettings.bandwidth = bandwidth }
    result.shots = shots
    return result
  }
}

extension Connectivity: ExpressibleByArgument {}
extension KernelDescription.Kind: ExpressibleByArgument {}
