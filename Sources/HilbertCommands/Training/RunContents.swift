import Datasets
import Reports

/// What a run folder says about its run, read back.
struct RunContents: Sendable {
  let folder: RunFolder
  let configuration: TrainingConfiguration
  let manifest: RunManifest
  /// What was done to the features of the training samples, to be done to every later sample.
  let pipeline: FeaturePipeline

  /// The file of the weights of one of the run's networks.
  static func checkpoint(of part: TrainedModel.Part) -> String { part == .model ? modelCheckpoint : controlCheckpoint }

  static let checkpoints = "checkpoints"
  static let pipelineFile = "preprocessing.json"
  static let modelCheckpoint = "checkpoints/model.safetensors"
  static let controlCheckpoint = "checkpoints/control.safetensors"

  /// - Throws: `ReportError.cannotRead` for a folder that is not one of a run, `ConfigurationError` for one whose configuration
  ///   was changed into something else.
  init(opening path: String) throws {
    folder = try RunFolder(opening: path)
    // Folders of other commands have manifests too, with other keys.
    try FolderKind.training.check(folder, schema: RunManifest.schema)
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

extension RunContents {
  /// How other images are read for this run's networks: in their size, pictures with their channels.
  func arrays(readsLabels: Bool) -> ArrayOptions {
    let channels = manifest.sourceShape.count == 3 ? manifest.sourceShape[0] : nil
    return ArrayOptions(
      readsLabels: readsLabels, imageSize: configuration.data.imageSize,
      channels: channels.flatMap { [1, 3].contains($0) ? $0 : nil })
  }
}
