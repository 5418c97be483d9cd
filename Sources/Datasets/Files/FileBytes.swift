#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The bytes of a file and the name that error messages give it.
struct FileBytes {
  let path: String
  let bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The bytes of a file as they stand on disk.
  ///
  /// The C library is used because it says why a file could not be read, in the system's own words.
  init(readingRaw path: String) throws(DatasetError) {
    guard let file = fopen(path, "rb") else { throw .unreadable(path: path, reason: systemReason()) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 20)
    while true {
      let read = fread(&chunk, 1, chunk.count, file)
      bytes.append(contentsOf: chunk[..<read])
      if read < chunk.count { break }
    }
    guard ferror(file) == 0 else { throw .unreadable(path: path, reason: systemReason()) }
    self.init(path: path, bytes: bytes)
  }

  /// The bytes of a file, decompressed where it is in gzip format.
  init(reading path: String, limit: Int = FileBytes.decodedLimit) throws(DatasetError) {
    self = try FileBytes(readingRaw: path).decompressed(limit: limit)
  }

  /// The bytes themselves, or what they decode to where they are in gzip format.
  func decompressed(limit: Int = FileBytes.decodedLimit) throws(DatasetError) -> FileBytes {
    guard bytes.starts(with: [0x1F, 0x8B]) else { return self }
    return FileBytes(path: path, bytes: try Inflation.gzip(bytes, path: path, limit: limit))
  }

  /// How large a compressed file may become: 2 GiB, so that a small malicious file cannot fill the memory.
  static let decodedLimit = 1 << 31
}

/// What the operating system says about the last failed call.
func systemReason() -> String { String(cString: strerror(errno)) }

/// Integers as files hold them.
extension [UInt8] {
  func bigEndian32(at offset: Int) -> UInt32 {
    self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  func littleEndian(at offset: Int, bytes width: Int) -> UInt64 {
    self[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
