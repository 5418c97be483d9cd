#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Folders and whole files on disk, by the C library, which says why something failed.
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

  /// True where a file or folder of this path can be seen.
  static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  /// Makes a folder and those above it where they are missing.
  static func create(_ path: String) throws(DatasetError) {
    var ends = path.indices.dropFirst().filter { path[$0] == "/" }
    ends.append(path.endIndex)
    for end in ends {
      let part = String(path[..<end])
      guard mkdir(part, 0o777) == 0 || errno == EEXIST else { throw .unwritable(path: part, reason: systemReason()) }
    }
  }

  /// Writes a file so that it appears whole or not at all.
  static func write(_ bytes: [UInt8], to path: String) throws(DatasetError) {
    let partial = path + ".partial"
    guard let file = fopen(partial, "wb") else { throw .unwritable(path: path, reason: systemReason()) }
    let written = fwrite(bytes, 1, bytes.count, file)
    let flushed = fclose(file)
    guard written == bytes.count, flushed == 0, rename(partial, path) == 0 else {
      let reason = systemReason()
      unlink(partial)
      throw .unwritable(path: path, reason: reason)
    }
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
