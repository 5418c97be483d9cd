/// A training configuration that is part of the program: the same YAML a user would write, under a name.
struct Preset: Sendable {
  let name: String
  /// One line for listings.
  let summary: String
  let yaml: String

  static let defaultName = hybridFashion.name

  static let all =
    [hybridFashion, hqnnParallel, hqnnParallelClassical, hqnnParallelColour, hqnnQuanv] + creepIn
    + [transferV1, transferV2, transferReuploading]

  init(name: String, summary: String, yaml: String) {
    self.name = name
    self.summary = summary
    self.yaml = yaml
  }

  init?(name: String) {
    guard let preset = Self.all.first(where: { $0.name == name }) else { return nil }
    self = preset
  }

  func configuration() throws(ConfigurationError) -> TrainingConfiguration {
    try TrainingConfiguration(ConfigurationText(name: "preset \(name)", yaml: yaml))
  }
}
