#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are whole or absent: a disk that fills up and a process that is killed leave the previous contents in place.
package enum OutputFile {
  /// Puts `bytes` at `path`, in one step as seen from outside.
  ///
  /// The bytes go to `path.partial` first, reach the disk, and are renamed; on failure the partial file is removed.
  package static func replace(_ path: String, with bytes: [UInt8]) throws(ReportError) {
    let partial = path + ".partial"
    let file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(path) }
    let isWritten = writeAll(bytes, to: file) && fsync(file) == 0
    let reason = errno
    guard close(file) == 0, isWritten, rename(partial, path) == 0 else {
      let renameReason = errno
      unlink(partial)
      throw failure(path, isWritten ? renameReason : reason)
    }
  }

  /// Puts `text` at `path`, in one step as seen from outside.
  package static func replace(_ path: String, with text: String) throws(ReportError) {
    try replace(path, with: Array(text.utf8))
  }

  /// Adds `text` at the end of `path`; on failure the file has its old length again.
  package static func append(_ text: String, to path: String) throws(ReportError) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    let length = lseek(file, 0, SEEK_END)
    guard writeAll(Array(text.utf8), to: file) else {
      let reason = errno
      _ = ftruncate(file, max(0, length))
      throw failure(path, reason)
    }
  }

  /// Cuts `path` back to `length` bytes.
  package static func truncate(_ path: String, to length: Int) throws(ReportError) {
    guard systemTruncate(path, off_t(length)) == 0 else { throw failure(path) }
  }

  /// Makes the folder and those above it; one that is there already is left as it is.
  package static func makeFolder(_ path: String) throws(ReportError) {
    var built = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      built += part
      if mkdir(built, 0o755) != 0 {
        let code = errno
        guard isFolder(built) else { throw failure(built, code == EEXIST ? ENOTDIR : code) }
      }
      built += "/"
    }
  }

  /// Makes one new folder: false when something with that name is there already.
  package static func makeNewFolder(_ path: String) throws(ReportError) -> Bool {
    if mkdir(path, 0o755) == 0 { return true }
    guard errno == EEXIST else { throw failure(path) }
    return false
  }

  /// The bytes at `path`.
  package static func read(_ path: String) throws(ReportError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .cannotRead(path: path, reason: reason(errno)) }
    defer { close(file) }
    var bytes: [UInt8] = []
    var block = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = systemRead(file, &block, block.count)
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { throw .cannotRead(path: path, reason: reason(errno)) }
      guard count > 0 else { return bytes }
      bytes += block[..<count]
    }
  }

  /// True when `path` is a folder (or a link to one).
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True when something is there.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
    bytes.withUnsafeBytes { buffer in
      var done = 0
      while done < buffer.count {
        let count = write(file, buffer.baseAddress! + done, buffer.count - done)
        if count < 0 && errno == EINTR { continue }
        guard count >= 0 else { return false }
        done += count
      }
      return true
    }
  }

  private static func failure(_ path: String, _ code: Int32 = errno) -> ReportError {
    .cannotWrite(path: path, reason: reason(code))
  }

  private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}

// Inside the enum these names mean its own members.
private func systemTruncate(_ path: String, _ length: off_t) -> Int32 { truncate(path, length) }
private func systemRead(_ file: Int32, _ block: inout [UInt8], _ count: Int) -> Int { read(file, &block, count) }
