/// A stretch of one line of a file: where something went wrong, with the line itself, so that a message can show it.
public struct SourcePlace: Sendable, Hashable {
  /// The file's name as it was given.
  public let file: String
  /// The line, from 1.
  public let line: Int
  /// The character within the line, from 1.
  public let column: Int
  /// The line as it stands in the file.
  public let text: String
  /// How many characters are meant.
  public let length: Int

  /// The widest piece of a line that a message shows.
  static let shownWidth = 120

  /// The place of the bytes from `offset` on.
  package init(file: String, bytes: [UInt8], offset: Int, length: Int) {
    let offset = min(offset, bytes.count)
    let start = bytes[..<offset].lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    var end = bytes[offset...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    let place = min(offset, end)
    self.file = file
    line = bytes[..<offset].count { $0 == UInt8(ascii: "\n") } + 1
    column = String(decoding: bytes[start..<place], as: UTF8.self).count + 1
    text = String(decoding: bytes[start..<end], as: UTF8.self)
    self.length = max(1, String(decoding: bytes[place..<min(end, place + max(length, 0))], as: UTF8.self).count)
  }
}

extension SourcePlace: CustomStringConvertible {
  /// For example `bell.qasm:3:5`.
  public var description: String { "\(file):\(line):\(column)" }

  /// The line with carets under the place, indented by two spaces; of a very long line the part around the place.
  public var excerpt: String {
    let characters = Array(text)
    let first = column - 1 < Self.shownWidth - 20 ? 0 : column - 1 - Self.shownWidth / 2
    let last = min(characters.count, first + Self.shownWidth)
    let lead = first > 0 ? "..." : ""
    let shown = lead + String(characters[first..<last]) + (last < characters.count ? "..." : "")
    // Tabs before the place are kept, so that the caret stands below it whatever their width.
    let margin = lead.map { _ in " " as Character } + characters[first..<min(column - 1, last)].map { $0 == "\t" ? "\t" : " " }
    let carets = String(repeating: "^", count: max(1, min(length, last - (column - 1))))
    return "  \(shown)\n  \(String(margin))\(carets)"
  }
}
