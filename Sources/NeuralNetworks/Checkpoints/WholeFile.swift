#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files read and written as a whole.
enum WholeFile {
  /// Writes so that the path holds the old file or the new one, never a part: a file beside it is written, forced to the
  /// disk and renamed.
  static func write(_ bytes: [UInt8], to path: String) throws(NetworkError) {
    let draft = path + ".partial"
    let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard file >= 0 else { throw failure(path, "cannot be written") }
    var written = 0
    var succeeded = true
    while succeeded, written < bytes.count {
      let count = bytes.withUnsafeBytes { writeSome(file, $0.baseAddress! + written, bytes.count - written) }
      if count > 0 { written += count } else { succeeded = count < 0 && errno == EINTR }
    }
    // close and unlink may overwrite errno, so the error is made first.
    var error = succeeded && fsync(file) == 0 ? nil : failure(path, "cannot be written")
    if close(file) != 0, error == nil { error = failure(path, "cannot be written") }
    if error == nil, rename(draft, path) != 0 { error = failure(path, "cannot be replaced") }
    if let error {
      unlink(draft)
      throw error
    }
  }

  /// The whole contents of a file.
  static func read(_ path: String) throws(NetworkError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw failure(path, "cannot be read") }
    defer { _ = close(file) }
    let size = lseek(file, 0, SEEK_END)
    guard size >= 0, lseek(file, 0, SEEK_SET) == 0 else { throw failure(path, "cannot be read") }
    var bytes = [UInt8](repeating: 0, count: Int(size))
    var position = 0
    while position < bytes.count {
      let rest = bytes.count - position
      let count = bytes.withUnsafeMutableBytes { readSome(file, $0.baseAddress! + position, rest) }
      if count > 0 {
        position += count
      } else if count == 0 {
        break
      } else if errno != EINTR {
        throw failure(path, "cannot be read")
      }
    }
    return Array(bytes[..<position])
  }

  private static func failure(_ path: String, _ problem: String) -> NetworkError {
    .checkpoint(
      path: path, problem: "The file \(problem): \(String(cString: strerror(errno)))",
      remedy: "Check the path, the permissions and the free space")
  }

  // The C functions share their names with this type's, so they are called through these.
  private static func writeSome(_ file: Int32, _ start: UnsafeRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.write(file, start, count)
    #elseif canImport(Musl)
      Musl.write(file, start, count)
    #else
      Glibc.write(file, start, count)
    #endif
  }

  private static func readSome(_ file: Int32, _ start: UnsafeMutableRawPointer, _ count: Int) -> Int {
    #if canImport(Darwin)
      Darwin.read(file, start, count)
    #elseif canImport(Musl)
      Musl.read(file, start, count)
    #else
      Glibc.read(file, start, count)
    #endif
  }
}
