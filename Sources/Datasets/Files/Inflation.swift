import CZlib

/// Decompression by zlib, with a limit on what may come out.
package enum Inflation {
  /// Decodes a file in gzip format, which may consist of several members.
  ///
  /// - Throws: `DatasetError.corruptArchive`, `.tooLarge`.
  package static func gzip(_ bytes: [UInt8], path: String, limit: Int) throws(DatasetError) -> [UInt8] {
    // The last four bytes hold the decoded size of the last member: a hint, not a promise.
    let hint = bytes.count >= 18 ? Int(bytes.littleEndian(at: bytes.count - 4, bytes: 4)) : 0
    return try inflate(
      bytes[...], windowBits: 15 + 16, members: true, hint: hint, path: path, limit: limit)
  }

  /// Decodes one raw deflate stream of known decoded size, as ZIP archives hold them.
  static func deflate(_ bytes: ArraySlice<UInt8>, size: Int, path: String, limit: Int) throws(DatasetError) -> [UInt8] {
    try inflate(bytes, windowBits: -15, members: false, hint: size, path: path, limit: limit)
  }

  private static func inflate(
    _ bytes: ArraySlice<UInt8>, windowBits: Int32, members: Bool, hint: Int, path: String, limit: Int
  ) throws(DatasetError) -> [UInt8] {
    var stream = z_stream()
    let start = inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size))
    precondition(start == Z_OK, "zlib: inflateInit2 returned \(start)")
    defer { inflateEnd(&stream) }

    // Deflate gains at most a factor of 1032, so a hint beyond that is not believed.
    var output = [UInt8](repeating: 0, count: min(limit, max(min(hint, 1032 * bytes.count), 1 << 12)) + 1)
    var produced = 0
    try bytes.withUnsafeBufferPointer { (input) throws(DatasetError) in
      var consumed = 0
      while true {
        if produced == output.count { output.append(contentsOf: repeatElement(0, count: output.count)) }
        let offered = min(input.count - consumed, 1 << 30)
        let room = min(output.count - produced, 1 << 30)
        stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + consumed })
        stream.avail_in = UInt32(offered)
        let status = output.withUnsafeMutableBufferPointer { target in
          stream.next_out = target.baseAddress! + produced
          stream.avail_out = UInt32(room)
          return CZlib.inflate(&stream, Z_NO_FLUSH)
        }
        consumed += offered - Int(stream.avail_in)
        produced += room - Int(stream.avail_out)
        guard produced <= limit else { throw .tooLarge(path: path, limit: limit) }
        switch status {
        case Z_STREAM_END:
          guard members, consumed < input.count else { return }
          guard input[consumed] == 0x1F else {
            throw .corruptArchive(path: path, reason: "unexpected bytes after the end of the stream")
          }
          inflateReset(&stream)
        case Z_OK where consumed < input.count || stream.avail_out == 0:
          continue
        case Z_OK, Z_BUF_ERROR:
          throw .corruptArchive(path: path, reason: "the stream ends early, after \(produced) decoded bytes")
        default:
          let reason = stream.msg.map { String(cString: $0) } ?? "zlib status \(status)"
          throw .corruptArchive(path: path, reason: "\(reason), after \(produced) decoded bytes")
        }
      }
    }
    output.removeLast(output.count - produced)
    return output
  }
}
