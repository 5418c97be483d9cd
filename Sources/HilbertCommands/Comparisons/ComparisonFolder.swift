import Execution
import Reports

/// What a folder of a reproduction is for: written first, so that the same command can go on in it and another cannot.
struct ComparisonManifest: Codable, Hashable {
  var schema = "hilbert.reproduction/1"
  var version = Version.current
  /// The command without the options that change no number.
  let request: String
}

extension RunFolder {
  /// The folder for a reproduction: a new one, or the one in which the same request was broken off.
  ///
  /// - Parameter path: nil makes a new one in `runs/`.
  /// - Throws: `Failure` where the folder is another request's.
  init(comparing name: String, request: String, at path: String?) throws {
    if let path, WholeFile.exists("\(path)/\(RunFolder.manifest)") {
      try self.init(opening: path)
      let manifest = try value(ComparisonManifest.self, from: RunFolder.manifest)
      guard manifest.request == request else {
        throw Failure(
          .cannotWrite, "\(path) holds the results of: \(manifest.request)\ngo on with that, or name another folder with --output")
      }
      return
    }
    self = try path.map { try RunFolder(creatingAt: $0) } ?? RunFolder(creating: name)
    do {
      try WholeFile.makeFolder(file("results"))
    } catch {
      throw ReportError.cannotWrite(error)
    }
    try write(json: ComparisonManifest(request: request), to: RunFolder.manifest)
  }

  /// What comparisons have left here, seed by seed in the order of the contestants.
  func results(of contestants: [Contestant]) throws -> [ContestantResult] {
    var results: [ContestantResult] = []
    for seed in UInt64(1)... {
      let found = contestants.filter { contains($0.resultFile(seed: seed)) }
      if found.isEmpty { break }
      for contestant in found { results.append(try value(ContestantResult.self, from: contestant.resultFile(seed: seed))) }
    }
    return results
  }
}
