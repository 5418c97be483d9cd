import Foundation

/// The files of this repository, as they stand on disk.
enum Repository {
  /// The folder that holds Package.swift.
  static let root = URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  struct File: Sendable {
    /// From the root, with slashes.
    let path: String
    let text: String

    var lines: [Substring] { text.split(separator: "\n", omittingEmptySubsequences: false) }

    /// "Sources/Reports/Runs/RunFolder.swift" is of the target Reports.
    var target: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
  }

  /// Source and text files below the folders that people write in, and at the root.
  static let files: [File] = {
    let folders = ["Sources", "Tests", "Examples", "Documentation", "Scripts", ".ci", "Circuits", "Benchmarks"]
    var paths = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    for folder in folders {
      let below = FileManager.default.enumerator(atPath: root.appending(path: folder).path)
      while let path = below?.nextObject() as? String {
        if path.split(separator: "/").contains(where: { $0.hasPrefix(".build") }) { continue }
        paths.append(folder + "/" + path)
      }
    }
    let endings = ["swift", "c", "h", "inc", "md", "modulemap", "yaml", "py", "qasm"]
    return paths.sorted().compactMap { path in
      let isScript = path.hasPrefix("Scripts/") || path.hasPrefix(".ci/")
      guard isScript || endings.contains(where: { path.hasSuffix("." + $0) }) else { return nil }
      guard let text = try? String(contentsOf: root.appending(path: path), encoding: .utf8) else { return nil }
      return File(path: path, text: text)
    }
  }()

  static func files(under folder: String, ending: String = "") -> [File] {
    files.filter { $0.path.hasPrefix(folder) && $0.path.hasSuffix(ending) }
  }

  static func text(of path: String) throws -> String {
    try String(contentsOf: root.appending(path: path), encoding: .utf8)
  }

  static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: root.appending(path: path).path) }
}
