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
    guard file >= 0 else { throw NetworkError.unwritable(path: path, reason: reason) }
    var written = 0
    var succeeded = true
    while succeeded, written < bytes.count {
      let count = bytes.withUnsafeBytes { writeSome(file, $0.baseAddress! + written, bytes.count - written) }
      if count > 0 { written += count } else { succeeded = count < 0 && errno == EINTR }
    }
    // close and unlink may overwrite errno, so the error is made first.
    var error = succeeded && fsync(file) == 0 ? nil : NetworkError.unwritable(path: path, reason: reason)
    if close(file) != 0, error == nil { error = NetworkError.unwritable(path: path, reason: reason) }
    if error == nil, rename(draft, path) != 0 { error = .unwritable(path: path, reason: reason) }
    if let error {
      unlink(draft)
      throw error
    }
  }

  /// The whole contents of a file.
  static func read(_ path: String) throws(NetworkError) -> [UInt8] {
    let file = open(path, O_RDONLY | O_CLOEXEC)
    guard file >= 0 else { throw .unreadable(path: path, reason: reason) }
    defer { _ = close(file) }
    let size = lseek(file, 0, SEEK_END)
    guard size >= 0, lseek(file, 0, SEEK_SET) == 0 else { throw .unreadable(path: path, reason: reason) }
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
        throw .unreadable(path: path, reason: reason)
      }
    }
    return Array(bytes[..<position])
  }

  private static var reason: String { String(cString: strerror(errno)) }

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
