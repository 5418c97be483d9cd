import QuantumCircuits
import QuantumLearning

/// Everything that determines a kernel machine, as a YAML file or a preset says it.
///
/// ```yaml
/// data: {source: breast-cancer, test: 0.3, pca: 6}
/// scaling: standard                # none, or standard: mean 0 and variance 1, fitted on the training samples
/// featureMap: {name: second-order, repetitions: 2, connectivity: full, bandwidth: [0.1, 0.2, 0.4]}
/// kernel: {type: fidelity, shots: 1000, noise: noise.yaml, repair: clip}
/// machine: {regularization: [0.1, 1, 10, 100], folds: 5}
/// seed: 1
/// ```
/// Where bandwidths or regularizations are several, cross-validation on the training samples chooses.
struct KernelConfiguration: Hashable, Sendable {
  var data: DataSection
  var isStandardized = true
  var kernel = KernelDescription()
  var bandwidths = [1.0]
  var repair: GramRepair?
  var regularizations = [1.0]
  var folds = 5
  var seed: UInt64 = 1

  private static let keys = ["data", "scaling", "featureMap", "kernel", "machine", "seed"]

  private enum Scaling: String, CaseIterable { case standard, none }

  /// - Throws: `ConfigurationError` with the place of the first mistake; `Failure` for a noise file that cannot be read.
  init(_ text: ConfigurationText) throws {
    let root = try text.root()
    let section = try root.section(known: Self.keys)
    guard let data = section["data"] else {
      throw root.error("the configuration lacks the section 'data'", advice: "hilbert help kernel shows a complete one")
    }
    self.data = try DataSection(data)
    if let scaling = section["scaling"] { isStandardized = try scaling.choice(Scaling.self) == .standard }
    if let map = section["featureMap"] { try readMap(map) }
    if let kernel = section["kernel"] { try readKernel(kernel) }
    if let machine = section["machine"] {
      let keys = try machine.section(known: ["regularization", "folds"])
      if let values = keys["regularization"] { regularizations = try Self.numbers(values) }
      folds = try keys["folds"]?.integer(in: 2...100) ?? 5
    }
    seed = UInt64(try section["seed"]?.integer(in: 0...Int.max) ?? 1)
  }

  private mutating func readMap(_ node: ConfigurationNode) throws(ConfigurationError) {
    let keys = try node.section(known: ["name"] + FeatureMap.Setting.allCases.map(\.rawValue))
    if let name = keys["name"] {
      let word = try name.string(wanted: "the name of a feature map")
      guard let map = FeatureMap(named: word) else {
        throw name.unknown("value", word, known: FeatureMap.allCases.map(\.rawValue))
      }
      kernel.map = map
    }
    kernel.mapSettings.repetitions = try keys["repetitions"]?.integer(in: 1...100)
    if let connectivity = keys["connectivity"] { kernel.mapSettings.connectivity = try connectivity.choice(Connectivity.self) }
    if let bandwidth = keys["bandwidth"] { bandwidths = try Self.numbers(bandwidth) }
    if let patterns = keys["patterns"] {
      kernel.mapSettings.patterns = []
      for pattern in try patterns.list() {
        let word = try pattern.string(wanted: "a word of X, Y and Z")
        guard word.allSatisfy({ "XYZ".contains($0) }) else {
          throw pattern.error("'\(word)' is no word of X, Y and Z", advice: "write for example patterns: [Z, ZZ]")
        }
        kernel.mapSettings.patterns.append(word)
      }
    }
  }

  private mutating func readKernel(_ node: ConfigurationNode) throws {
    let keys = try node.section(known: ["type", "shots", "noise", "repair", "distance", "strength"])
    kernel.kind = try keys["type"]?.choice(KernelDescription.Kind.self) ?? .fidelity
    kernel.shots = try keys["shots"]?.integer(in: 1...1_000_000_000)
    if let noise = keys["noise"] {
      kernel.noise = try NoiseDescription(ConfigurationText(reading: noise.string(wanted: "the path of a noise file"))).model
    }
    repair = try keys["repair"]?.choice(GramRepair.self)
    for (key, isUsed) in [("distance", kernel.kind == .bitFlipTolerant), ("strength", kernel.kind == .projected)] where !isUsed {
      if let value = keys[key] {
        throw value.error("a \(kernel.kind.rawValue) kernel has no \(key)", advice: "leave the key out")
      }
    }
    kernel.distance = try keys["distance"]?.integer(in: 0...63) ?? 1
    kernel.strength = try keys["strength"]?.number(above: 0) ?? 1
  }

  /// A number or a list of numbers, all above 0.
  private static func numbers(_ node: ConfigurationNode) throws(ConfigurationError) -> [Double] {
    if node.scalar != nil { return [try node.number(above: 0)] }
    var result: [Double] = []
    for entry in try node.list() { result.append(try entry.number(above: 0)) }
    guard !result.isEmpty else { throw node.error("'\(node.path)' is an empty list", advice: "give at least one number") }
    return result
  }
}
