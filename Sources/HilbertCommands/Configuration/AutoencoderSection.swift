/// How samples are compressed before a network sees them: the value of `data.autoencoder`, a number of latents or all settings.
struct AutoencoderSection: Hashable, Sendable {
  /// How many numbers a sample becomes.
  var latents: Int
  /// The width of the layers between samples and latents.
  var hidden = 128
  var epochs = 20
  var batch = 256
  var learningRate = 0.001

  static let keys = ["latents", "hidden", "epochs", "batch", "learningRate"]

  init(_ node: ConfigurationNode) throws(ConfigurationError) {
    let range = 1...65_536
    guard node.scalar == nil else {
      latents = try node.integer(in: range)
      return
    }
    let section = try node.section(known: Self.keys)
    guard let latents = section["latents"] else {
      throw node.error("'\(node.path)' lacks the key 'latents'", advice: "write autoencoder: 64, or {latents: 64, epochs: 20}")
    }
    self.latents = try latents.integer(in: range)
    if let hidden = section["hidden"] { self.hidden = try hidden.integer(in: range) }
    if let epochs = section["epochs"] { self.epochs = try epochs.integer(in: TrainingSection.epochCounts) }
    if let batch = section["batch"] { self.batch = try batch.integer(in: TrainingSection.batchSizes) }
    if let rate = section["learningRate"] { learningRate = try rate.number(above: 0, upTo: 100) }
  }

  /// The value that reads back as the same section.
  var yaml: String {
    "{latents: \(latents), hidden: \(hidden), epochs: \(epochs), batch: \(batch), learningRate: \(learningRate)}"
  }
}
