import Datasets

/// One network of a comparison: what it is called, and how it is built and trained.
struct Contestant: Sendable {
  let name: String
  var configuration: TrainingConfiguration
  /// nil: the model itself; else what the configuration's circuits become.
  let replacement: ControlKind?

  init(_ name: String, _ configuration: TrainingConfiguration, replacement: ControlKind? = nil) {
    (self.name, self.configuration, self.replacement) = (name, configuration, replacement)
  }

  /// The name of its files.
  func fileName(seed: UInt64) -> String {
    let letters = name.lowercased().map { $0.isLetter || $0.isNumber ? $0 : "-" }
    return "\(String(letters).split(separator: "-").joined(separator: "-"))-\(seed)"
  }

  /// A checksum of all that it is made and trained by, but for the seed.
  var settings: String { sha256(Array("\(configuration.yaml)\(replacement?.rawValue ?? "")".utf8)) }

  /// Where its result stands in the folder of a comparison.
  func resultFile(seed: UInt64) -> String { "results/\(fileName(seed: seed)).json" }
}

/// How a contestant did with one seed.
struct ContestantResult: Codable, Hashable, Sendable {
  let name: String
  let seed: UInt64
  /// The contestant's; nil in folders of earlier versions.
  let settings: String?
  let parameterCount: Int
  let epochs: Int
  let trainingSamples: Int
  let testSamples: Int
  let trainLoss: Double
  let testLoss: Double
  let testAccuracy: Double
  /// The test accuracy after each epoch.
  let accuracies: [Double]
  /// `confusion[actual][predicted]` on the test samples.
  let confusion: [[Int]]
  /// Wall time of the training; nil where it was interrupted.
  let seconds: Double?
}

extension [ContestantResult] {
  /// The contestants in the order in which they first stand.
  var names: [String] { reduce(into: []) { if !$0.contains($1.name) { $0.append($1.name) } } }

  func of(_ name: String) -> [ContestantResult] { filter { $0.name == name } }
}
