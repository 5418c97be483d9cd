/// Everything that determines a training run, as a YAML file, a preset or a run folder says it.
struct TrainingConfiguration: Hashable, Sendable {
  var data: DataSection
  var model: ModelSection
  var training: TrainingSection
  /// What is trained too, to compare the model with; nil for nothing.
  var control: ControlKind?
  var seed: UInt64

  static let keys = ["data", "model", "training", "control", "seed"]

  /// - Throws: `ConfigurationError` with the place of the first mistake.
  init(_ text: ConfigurationText) throws(ConfigurationError) {
    let root = try text.root()
    let section = try root.section(known: Self.keys)
    for key in ["data", "model"] where section[key] == nil {
      throw root.error("the configuration lacks the section '\(key)'", advice: "hilbert help train shows a complete one")
    }
    data = try DataSection(section["data"]!)
    model = try ModelSection(section["model"]!)
    training = try section["training"].map { node throws(ConfigurationError) in try TrainingSection(node) } ?? TrainingSection()
    control = try section["control"].map { node throws(ConfigurationError) in try ControlKind.read(node) } ?? .dense
    seed = UInt64(try section["seed"]?.integer(in: 0...Int.max) ?? 1)
  }
}
