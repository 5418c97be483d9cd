#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files that are read and written as a whole, by the C library, which says why something failed.
package enum WholeFile {
  /// The bytes at `path`, which may also be a pipe or a file of `/proc`, whose size is not known before.
  package static func read(_ path: String) throws(FileFailure) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw FileFailure(path) }
    defer { _ = close(file) }
    var status = stat()
    // One byte more than there should be, so that the end is seen without a second, larger buffer.
    let expected = fstat(file, &status) == 0 ? Int(status.st_size) : 0
    var bytes = [UInt8](repeating: 0, count: max(4096, expected + 1))
    var filled = 0
    while true {
      let count = bytes.withUnsafeMutableBytes { systemRead(file, $0.baseAddress! + filled, $0.count - filled) }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw FileFailure(path) }
      if count == 0 { break }
      filled += count
      if filled == bytes.count { bytes += [UInt8](repeating: 0, count: bytes.count) }
    }
    bytes.removeLast(bytes.count - filled)
    return bytes
  }

  /// Puts `bytes` at `path`, in one step as seen from outside: a full disk or a killed process leaves what was there before.
  ///
  /// The bytes go to `path.partial`, reach the disk, and are renamed; on failure the partial file is removed.
  package static func write(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    try write(to: path) { write throws(FileFailure) in
      // The array's own method knows no typed errors.
      try bytes.withUnsafeBytes { bytes in Result { () throws(FileFailure) in try write(bytes) } }.get()
    }
  }

  /// The same for bytes that come in parts.
  ///
  /// - Parameter body: hands the parts to the function it gets.
  package static func write(
    to path: String, _ body: (_ write: (UnsafeRawBufferPointer) throws(FileFailure) -> Void) throws(FileFailure) -> Void
  ) throws(FileFailure) {
    let partial = path + ".partial"
    let file = open(partial, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw FileFailure(path) }
    // What follows a failure may overwrite errno, so that each failure is noted before the next call.
    var failure: FileFailure?
    do {
      try body { bytes throws(FileFailure) in
        guard writeAll(bytes, to: file) else { throw FileFailure(path) }
      }
      if fsync(file) != 0 { failure = FileFailure(path) }
    } catch {
      failure = error
    }
    if close(file) != 0, failure == nil { failure = FileFailure(path) }
    if failure == nil, rename(partial, path) != 0 { failure = FileFailure(path) }
    if let failure {
      unlink(partial)
      throw failure
    }
  }

  /// Adds `bytes` at the end of a file; on failure it has its old length again.
  package static func append(_ bytes: [UInt8], to path: String) throws(FileFailure) {
    let file = open(path, O_WRONLY | O_APPEND | O_CLOEXEC)
    guard file >= 0 else { throw FileFailure(path) }
    defer { _ = close(file) }
    let length = lseek(file, 0, SEEK_END)
    guard bytes.withUnsafeBytes({ writeAll($0, to: file) }) else {
      let failure = FileFailure(path)
      _ = ftruncate(file, max(0, length))
      throw failure
    }
  }

  /// Makes a folder and those above it; one that is there already is left as it is.
  package static func makeFolder(_ path: String) throws(FileFailure) {
    var built = path.hasPrefix("/") ? "/" : ""
    for part in path.split(separator: "/") {
      built += part
      if mkdir(built, 0o755) != 0 {
        let code = errno
        guard isFolder(built) else { throw FileFailure(built, code: code == EEXIST ? ENOTDIR : code) }
      }
      built += "/"
    }
  }

  /// True when `path` is a folder, or a link to one.
  package static func isFolder(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
  }

  /// True when something is there.
  package static func exists(_ path: String) -> Bool { access(path, F_OK) == 0 }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to file: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = systemWrite(file, bytes.baseAddress! + done, bytes.count - done)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return false }
      done += count
    }
    return true
  }
}

// Inside the enum these names mean its own members.
private func systemRead(_ file: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int { read(file, start, count) }
private func systemWrite(_ file: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int { write(file, start, count) }
