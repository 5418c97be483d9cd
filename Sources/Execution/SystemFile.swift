#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Files of `/proc` in which the system answers with lines of `name: value`.
enum SystemFile {
  /// The value of the line that begins with `name:`, without spaces before it; nil where there is no such file or line.
  static func value(of name: String, in path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    while fgets(&line, Int32(line.count), file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix(name + ":") else { continue }
      return String(text.dropFirst(name.count + 1).drop { $0 == " " || $0 == "\t" }.prefix { !$0.isNewline })
    }
    return nil
  }
}
