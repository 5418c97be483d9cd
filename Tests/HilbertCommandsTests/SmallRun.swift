/// A run of a second or two with everything in it: convolution, batch statistics, dropout, circuits and the control.
enum SmallRun {
  static let yaml = """
    data: {source: fashion-mnist-2.5k, limit: 200}
    model:
      layers:
        - conv2d: {filters: 4, kernel: 5, stride: 2}
        - batchNorm
        - relu
        - flatten
        - dropout: 0.1
        - dense: 6
        - quantum: {qubits: 3, circuits: 2, layers: 2, observable: Y}
        - dense: 10
    training: {epochs: 12, batch: 32}
    seed: 5

    """

  /// What has to be equal byte for byte in equal runs.
  static let files = [
    "config.yaml", "metrics.csv", "metrics.jsonl", "preprocessing.json", "checkpoints/model.safetensors",
    "checkpoints/control.safetensors",
  ]
}

extension TemporaryFolder {
  /// A folder that holds `small.yaml`.
  static func withSmallRun() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(SmallRun.yaml, to: "small.yaml")
    return folder
  }

  /// The files of two run folders that differ.
  func differences(_ first: String, _ second: String) throws -> [String] {
    try SmallRun.files.filter { try data("\(first)/\($0)") != data("\(second)/\($0)") }
  }
}
