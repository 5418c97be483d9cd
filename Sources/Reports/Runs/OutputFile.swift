import Execution

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The files of a run folder, whole or absent, with the errors of this module.
package enum OutputFile {
  /// Puts `bytes` at `path`, in one step as seen from outside.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(ReportError) {
    try writing { () throws(FileFailure) in try WholeFile.write(bytes, to: path) }
  }

  /// Puts `text` at `path`, in one step as seen from outside.
  package static func replace(_ path: String, with text: String) throws(ReportError) {
    try replace(path, with: Array(text.utf8))
  }

  /// Adds `text` at the end of `path`; on failure the file has its old length again.
  package static func append(_ text: String, to path: String) throws(ReportError) {
    try writing { () throws(FileFailure) in try WholeFile.append(Array(text.utf8), to: path) }
  }

  /// Cuts `path` back to `length` bytes.
  package static func truncate(_ path: String, to length: Int) throws(ReportError) {
    guard systemTruncate(path, off_t(length)) == 0 else { throw .cannotWrite(FileFailure(path)) }
  }

  /// Makes the folder and those above it; one that is there already is left as it is.
  package static func makeFolder(_ path: String) throws(ReportError) {
    try writing { () throws(FileFailure) in try WholeFile.makeFolder(path) }
  }

  /// Makes one new folder: false when something with that name is there already.
  package static func makeNewFolder(_ path: String) throws(ReportError) -> Bool {
    if mkdir(path, 0o755) == 0 { return true }
    guard errno == EEXIST else { throw .cannotWrite(FileFailure(path)) }
    return false
  }

  /// The bytes at `path`.
  package static func read(_ path: String) throws(ReportError) -> [UInt8] {
    do {
      return try WholeFile.read(path)
    } catch {
      throw .cannotRead(error)
    }
  }

  private static func writing(_ body: () throws(FileFailure) -> Void) throws(ReportError) {
    do {
      try body()
    } catch {
      throw .cannotWrite(error)
    }
  }
}

// Inside the enum this name means its own member.
private func systemTruncate(_ path: String, _ length: off_t) -> Int32 { truncate(path, length) }
