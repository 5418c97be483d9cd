import Datasets
import Reports

/// The autoencoders of a comparison: one for each seed and each way of training it, kept in the folder so that every network with
/// the same latents reads the same ones, and a comparison that was broken off goes on with them.
final class ComparisonEncoders {
  /// An autoencoder, what it was asked to be, and how it compares.
  struct Entry: Codable {
    let seed: UInt64
    /// The settings it was trained with.
    let settings: String
    let autoencoder: FittedAutoencoder
    /// The mean squared error of as many principal components on the same test samples.
    let componentsError: Double
  }

  private let folder: RunFolder
  private let shared: SharedOptions
  private var entries: [Entry] = []

  init(folder: RunFolder, shared: SharedOptions) { (self.folder, self.shared) = (folder, shared) }

  /// The source of encoders for samples of a section with a seed.
  func source(_ data: DataSection, seed: UInt64) -> EncoderSource {
    { [self] section, training, test in
      if let known = try known(section, data, seed: seed) { return known.autoencoder.encoder }
      let autoencoder = try FittedAutoencoder(
        section, training: training, test: test, seed: seed, advice: "go on with the same command and --output \(folder.path)",
        shared: shared)
      let components = try PrincipalComponents(fitting: training, count: min(section.latents, training.sampleSize))
      let entry = Entry(
        seed: seed, settings: Self.settings(section, data), autoencoder: autoencoder,
        componentsError: components.reconstructionError(of: test))
      try folder.write(json: entry, to: Self.file(section, seed: seed))
      entries.append(entry)
      return autoencoder.encoder
    }
  }

  /// One line for each autoencoder behind the samples of some contestants.
  func summary(of contestants: [Contestant], seeds: [UInt64]) throws -> [String] {
    var lines: [String] = []
    for seed in seeds {
      for data in contestants.map(\.configuration.data) {
        guard let section = data.autoencoder, let entry = try known(section, data, seed: seed) else { continue }
        let line =
          "autoencoder, seed \(seed): mean squared error \(entry.autoencoder.testError.fixed(5)) on test samples, "
          + "\(entry.componentsError.fixed(5)) with \(entry.autoencoder.latents) principal components of the pixels"
        if !lines.contains(line) { lines.append(line) }
      }
    }
    return lines
  }

  /// The autoencoder that was trained so before.
  private func known(_ section: AutoencoderSection, _ data: DataSection, seed: UInt64) throws -> Entry? {
    let settings = Self.settings(section, data)
    if let entry = entries.first(where: { $0.seed == seed && $0.settings == settings }) { return entry }
    let file = Self.file(section, seed: seed)
    guard folder.contains(file) else { return nil }
    let entry = try folder.value(Entry.self, from: file)
    guard entry.settings == settings else { return nil }
    entries.append(entry)
    return entry
  }

  private static func settings(_ section: AutoencoderSection, _ data: DataSection) -> String {
    "\(data.limit.map { "\($0) samples" } ?? "all samples"), \(section.yaml)"
  }

  private static func file(_ section: AutoencoderSection, seed: UInt64) -> String {
    "results/autoencoder-\(section.latents)-\(seed).json"
  }
}
