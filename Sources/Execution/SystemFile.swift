/// Files in which the system answers with lines of `name: value` or `name value`.
enum SystemFile {
  /// The lines of a file; nil where there is no such file.
  static func lines(of path: String) -> [Substring]? {
    guard let bytes = try? WholeFile.read(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
  }

  /// The value of the first line with that name, without blanks before it; nil where there is no such file or line.
  static func value(of name: String, in path: String) -> Substring? {
    lines(of: path)?.lazy.filter { $0.hasPrefix(name) }.map { $0.dropFirst(name.count) }
      .first { $0.first == ":" || $0.first == " " }
      .map { $0.drop { $0 == ":" || $0 == " " || $0 == "\t" } }
  }

  /// A value that begins with a whole number, without its unit.
  static func number(of name: String, in path: String) -> UInt64? { value(of: name, in: path).flatMap(number) }

  /// A file that is one whole number.
  static func number(in path: String) -> UInt64? { lines(of: path)?.first.flatMap(number) }

  private static func number(_ text: Substring) -> UInt64? { UInt64(text.prefix { $0.isNumber }) }
}
