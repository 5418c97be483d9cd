#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Folders of data sets on disk.
enum Folder {
  /// The sorted names in a folder, or nil where the path is no folder.
  static func names(in path: String) -> [String]? {
    guard let folder = opendir(path) else { return nil }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
        tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// Where data sets that are not shipped are looked for: `HILBERT_DATA`, then the user's data folder.
  static var searched: [String] {
    [environment("HILBERT_DATA"), userData].compactMap { $0 }
  }

  /// Where fetched sets go unless the user names a folder.
  static var userData: String? {
    environment("XDG_DATA_HOME").map { $0 + "/hilbert" } ?? environment("HOME").map { $0 + "/.local/share/hilbert" }
  }

  private static func environment(_ name: String) -> String? {
    getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 }
  }
}
