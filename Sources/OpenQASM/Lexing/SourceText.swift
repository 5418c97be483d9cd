/// The bytes of one file and its name.
final class SourceText: Sendable {
  let name: String
  let bytes: [UInt8]

  init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }

  /// The bytes from `start` to `end` as text.
  func text(_ start: Int, _ end: Int) -> String { String(decoding: bytes[start..<end], as: UTF8.self) }

  func text(of token: Token) -> String { text(token.start, token.end) }

  /// An error with its place in this file.
  func error(_ reason: OpenQASMError.Reason, _ start: Int, _ end: Int) -> OpenQASMError {
    OpenQASMError(reason, at: SourcePlace(file: name, bytes: bytes, offset: start, length: end - start))
  }
}
