#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Small text files of the user's: configurations.
enum TextFile {
  /// - Throws: `Failure` with status 74 for a file that cannot be read, 65 for one that is not UTF-8 text.
  static func read(_ path: String) throws(Failure) -> String {
    guard let file = fopen(path, "r") else { throw unreadable(path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    guard ferror(file) == 0 else { throw unreadable(path) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.badInput, "\(path) is not UTF-8 text; save it as UTF-8")
    }
    return text
  }

  private static func unreadable(_ path: String) -> Failure {
    Failure(.cannotRead, "cannot read \(path): \(String(cString: strerror(errno))); check the path")
  }
}
