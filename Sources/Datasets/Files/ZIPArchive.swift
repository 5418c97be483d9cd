import CZlib

/// The files in a ZIP archive, found through its central directory.
///
/// Writers that stream, numpy among them, leave the sizes in the local headers open, so only the directory at the end counts.
/// Stored and deflated files are read, with the 64-bit extension.
///
/// Source: PKWARE, APPNOTE.TXT 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3.
struct ZIPArchive {
  let file: FileBytes
  let entries: [Entry]

  struct Entry {
    let name: String
    let flags: UInt64
    let method: UInt64
    let checksum: UInt64
    let compressedSize: Int
    let size: Int
    let headerOffset: Int
  }

  init(_ file: FileBytes) throws(DatasetError) {
    self.file = file
    let (count, offset) = try Self.directory(of: file)
    var cursor = Cursor(file: file, position: offset)
    var entries: [Entry] = []
    for _ in 0..<count { entries.append(try Self.entry(&cursor)) }
    self.entries = entries
  }

  /// The decompressed contents of a file, checked against the archive's checksum.
  func contents(of entry: Entry, limit: Int = FileBytes.decodedLimit) throws(DatasetError) -> FileBytes {
    let path = "\(file.path):\(entry.name)"
    guard entry.flags & 1 == 0 else {
      throw .unsupported(path: path, found: "the file is encrypted", advice: "Write the archive again without a password.")
    }
    guard entry.size <= limit else { throw .tooLarge(path: path, limit: limit) }
    var cursor = Cursor(file: file, position: entry.headerOffset)
    guard try cursor.number(4) == 0x0403_4B50 else { throw cursor.corrupt("no local header for \(entry.name)") }
    try cursor.skip(22)
    let (nameLength, extraLength) = (try cursor.count(2), try cursor.count(2))
    try cursor.skip(nameLength + extraLength)
    let stored = try cursor.bytes(entry.compressedSize)
    let contents: [UInt8]
    switch entry.method {
    case 0: contents = Array(stored)
    case 8: contents = try Inflation.deflate(stored, size: entry.size, path: path, limit: limit)
    default:
      throw .unsupported(
        path: path, found: "compression method \(entry.method)", advice: "Write the archive again stored or deflated.")
    }
    guard contents.count == entry.size, checksum(contents) == entry.checksum else {
      throw cursor.corrupt("the checksum or size of \(entry.name) is wrong")
    }
    return FileBytes(path: path, bytes: contents)
  }

  private func checksum(_ bytes: [UInt8]) -> UInt64 {
    bytes.withUnsafeBufferPointer { UInt64(crc32_z(0, $0.baseAddress, $0.count)) }
  }

  /// How many files the archive has and where their directory starts.
  private static func directory(of file: FileBytes) throws(DatasetError) -> (count: Int, offset: Int) {
    // The end record is 22 bytes and a comment of at most 65535.
    let bytes = file.bytes
    let earliest = max(0, bytes.count - 22 - 65535)
    guard bytes.count >= 22,
      let end = stride(from: bytes.count - 22, through: earliest, by: -1)
        .first(where: { bytes.littleEndian(at: $0, bytes: 4) == 0x0605_4B50 })
    else {
      throw .corruptArchive(path: file.path, reason: "no central directory at the end: not a ZIP archive, or truncated")
    }
    let (count, offset) = (bytes.littleEndian(at: end + 10, bytes: 2), bytes.littleEndian(at: end + 16, bytes: 4))
    guard count == 0xFFFF || offset == 0xFFFF_FFFF else { return (Int(count), Int(offset)) }
    var locator = Cursor(file: file, position: end - 20)
    guard try locator.number(4) == 0x0706_4B50 else { throw locator.corrupt("no 64-bit directory") }
    try locator.skip(4)
    var record = Cursor(file: file, position: try locator.count(8))
    guard try record.number(4) == 0x0606_4B50 else { throw record.corrupt("no 64-bit directory") }
    try record.skip(28)
    let longCount = try record.count(8)
    try record.skip(8)
    return (longCount, try record.count(8))
  }

  private static func entry(_ cursor: inout Cursor) throws(DatasetError) -> Entry {
    guard try cursor.number(4) == 0x0201_4B50 else { throw cursor.corrupt("the central directory is damaged") }
    try cursor.skip(4)
    let (flags, method) = (try cursor.number(2), try cursor.number(2))
    try cursor.skip(4)
    let checksum = try cursor.number(4)
    var compressedSize = try cursor.count(4)
    var size = try cursor.count(4)
    let (nameLength, extraLength, commentLength) = (try cursor.count(2), try cursor.count(2), try cursor.count(2))
    try cursor.skip(8)
    var headerOffset = try cursor.count(4)
    let name = String(decoding: try cursor.bytes(nameLength), as: UTF8.self)

    let extraEnd = cursor.position + extraLength
    while cursor.position + 4 <= extraEnd {
      let (kind, length) = (try cursor.number(2), try cursor.count(2))
      let next = cursor.position + length
      if kind == 1 {
        // Only the fields that do not fit in 32 bits are there, in this order.
        if size == 0xFFFF_FFFF { size = try cursor.count(8) }
        if compressedSize == 0xFFFF_FFFF { compressedSize = try cursor.count(8) }
        if headerOffset == 0xFFFF_FFFF { headerOffset = try cursor.count(8) }
      }
      cursor.position = next
    }
    cursor.position = extraEnd
    try cursor.skip(commentLength)
    return Entry(
      name: name, flags: flags, method: method, checksum: checksum, compressedSize: compressedSize, size: size,
      headerOffset: headerOffset)
  }

  /// A place in the archive; every read is checked against its end.
  private struct Cursor {
    let file: FileBytes
    var position: Int

    mutating func bytes(_ count: Int) throws(DatasetError) -> ArraySlice<UInt8> {
      guard position >= 0, count >= 0, count <= file.bytes.count - position else {
        throw corrupt("byte \(position) and the \(count) after it are not all there")
      }
      defer { position += count }
      return file.bytes[position..<position + count]
    }

    mutating func skip(_ count: Int) throws(DatasetError) { _ = try bytes(count) }

    mutating func number(_ width: Int) throws(DatasetError) -> UInt64 {
      try bytes(width).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    mutating func count(_ width: Int) throws(DatasetError) -> Int {
      guard let value = Int(exactly: try number(width)) else { throw corrupt("a size that is too large") }
      return value
    }

    func corrupt(_ reason: String) -> DatasetError { .corruptArchive(path: file.path, reason: reason) }
  }
}
