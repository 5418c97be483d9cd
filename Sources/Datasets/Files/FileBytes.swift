import Execution

/// The bytes of a file and the name that error messages give it.
struct FileBytes {
  let path: String
  let bytes: [UInt8]

  init(path: String, bytes: [UInt8]) {
    self.path = path
    self.bytes = bytes
  }

  /// The bytes of a file as they stand on disk.
  init(readingRaw path: String) throws(DatasetError) {
    do {
      self.init(path: path, bytes: try WholeFile.read(path))
    } catch {
      throw .unreadable(error)
    }
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

/// Integers as files hold them.
extension [UInt8] {
  func bigEndian32(at offset: Int) -> UInt32 {
    self[offset..<offset + 4].reduce(0) { $0 << 8 | UInt32($1) }
  }

  func littleEndian(at offset: Int, bytes width: Int) -> UInt64 {
    self[offset..<offset + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
