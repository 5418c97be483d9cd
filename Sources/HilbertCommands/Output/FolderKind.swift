import Reports

/// What made a folder, as its manifest says by `schema`: a stem and a number, which a version raises when older ones cannot read
/// it.
enum FolderKind: String {
  case training = "hilbert.run"
  case fidelity = "hilbert.fidelity-plan"
  case reproduction = "hilbert.reproduction"

  private struct Manifest: Decodable {
    let schema: String?
    /// The command of a reproduction.
    let request: String?
  }

  /// In a sentence.
  private var name: String {
    switch self {
    case .training: "a training run"
    case .fidelity: "a fidelity benchmark"
    case .reproduction: "a reproduction"
    }
  }

  /// Finds out whether a folder is of this kind. What is damaged beyond that is left to whoever reads the rest.
  ///
  /// - Parameter schema: what this version of Hilbert reads.
  /// - Throws: `Failure` that says what the folder is, and which command reads it.
  func check(_ folder: RunFolder, schema: String) throws(Failure) {
    guard let manifest = try? folder.value(Manifest.self, from: RunFolder.manifest), let found = manifest.schema, found != schema
    else { return }
    let (path, stem) = (folder.path, String(found.prefix { $0 != "/" }))
    guard let kind = FolderKind(rawValue: stem) else {
      throw Failure(.badInput, "\(path) is no folder of \(name): its manifest has the schema \(found), expected \(schema)")
    }
    guard kind != self else {
      throw Failure(
        .badInput,
        "\(path) was made by another version of Hilbert: its manifest has the schema \(found), this version reads \(schema)\n"
          + "read it with the version that made it")
    }
    let reader =
      switch kind {
      case .training: "hilbert evaluate, predict and resume read it"
      case .fidelity: "hilbert benchmark fidelity analyze reads it"
      case .reproduction:
        "the command that made it reads it and goes on: \(manifest.request.map { "\($0) " } ?? "")--output \(path)"
      }
    throw Failure(.badInput, "\(path) is the folder of \(kind.name), not of \(name)\n\(reader)")
  }
}
