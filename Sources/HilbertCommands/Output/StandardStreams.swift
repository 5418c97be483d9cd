#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Standard output holds data only; everything meant for the person at the terminal goes to standard error.
enum StandardStreams {
  /// Writes data, and says so when it cannot: a result lost on a full disk must not end with status 0.
  static func writeOutput(_ text: String) throws(Failure) {
    try write(text, to: STDOUT_FILENO)
  }

  /// Writes a message. One that cannot be written has no other place to go, so it is dropped.
  static func writeMessage(_ text: String) {
    try? write(text, to: STDERR_FILENO)
  }

  private static func write(_ text: String, to descriptor: Int32) throws(Failure) {
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { systemWrite(descriptor, $0.baseAddress, $0.count) }
      if written < 0 && errno == EINTR { continue }
      guard written >= 0 else {
        throw Failure(.cannotWrite, "cannot write to standard output: \(String(cString: strerror(errno))); send it elsewhere")
      }
      bytes = bytes.dropFirst(written)
    }
  }

  /// The system's `write`, under a name that the methods above do not shadow.
  private static func systemWrite(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, bytes, count)
    #elseif canImport(Musl)
      Musl.write(descriptor, bytes, count)
    #else
      Darwin.write(descriptor, bytes, count)
    #endif
  }
}
