import Datasets
import Reports

/// What a run folder says about its run, read back.
struct RunContents: Sendable {
  let folder: RunFolder
  let configuration: TrainingConfiguration
  let manifest: RunManifest
  /// What was done to the features of the training samples, to be done to every later sample.
  let pipeline: FeaturePipeline

  /// Epochs whose metrics are written; fewer than the configuration's where the run was broken off.
  var finishedEpochs: Int { (try? MetricsLog(reading: folder))?.rows.count ?? 0 }

  private struct Schema: Decodable { let schema: String? }

  static let checkpoints = "checkpoints"
  static let pipelineFile = "preprocessing.json"
  static let modelCheckpoint = "checkpoints/model.safetensors"
  static let controlCheckpoint = "checkpoints/control.safetensors"

  /// - Throws: `ReportError.cannotRead` for a folder that is not one of a run, `ConfigurationError` for one whose configuration
  ///   was changed into something else.
  init(opening path: String) throws {
    folder = try RunFolder(opening: path)
    // Folders of other commands have manifests too, with other keys.
    let schema = try folder.value(Schema.self, from: RunFolder.manifest).schema
    guard schema == RunManifest.schema else {
      throw Failure(
        .badInput,
        "\(path) is no training run: the schema of its manifest is \(schema ?? "missing"), expected \(RunManifest.schema)\n"
          + "name a folder that hilbert train made, or use the version of Hilbert that made this one")
    }
    manifest = try folder.value(RunManifest.self, from: RunFolder.manifest)
    configuration = try TrainingConfiguration(ConfigurationText(reading: folder.file(RunFolder.configuration)))
    pipeline = try folder.value(FeaturePipeline.self, from: Self.pipelineFile)
  }

  /// Writes down what determines a new run.
  init(creating folder: RunFolder, configuration: TrainingConfiguration, manifest: RunManifest, pipeline: FeaturePipeline) throws {
    (self.folder, self.configuration, self.manifest, self.pipeline) = (folder, configuration, manifest, pipeline)
    try folder.write(configuration.yaml, to: RunFolder.configuration)
    try folder.write(json: pipeline, to: Self.pipelineFile)
    // Last, because a folder counts as a run's from its manifest on.
    try folder.write(json: manifest, to: RunFolder.manifest)
  }
}
