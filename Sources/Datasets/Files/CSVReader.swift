/// Splits comma-separated text into rows of cells (RFC 4180: quoted cells, doubled quotes, LF or CRLF, blank lines skipped, a byte
/// order mark ignored): the one reader of tables, whatever they hold.
///
/// Where the first line has no comma, semicolons or tabs separate, as spreadsheets write them; beside semicolons a number may have
/// a decimal comma.
package struct CSVReader {
  package let path: String
  private let separator: UInt8
  private let bytes: [UInt8]
  private var position: Int
  private var nextLine = 1
  /// The line on which the newest row began, from 1.
  package private(set) var line = 0
  /// The cells of the newest row.
  package private(set) var cells: [Cell] = []

  /// Where a cell's text stands; a quoted cell may hold doubled quotes.
  package struct Cell {
    let range: Range<Int>
    let isQuoted: Bool
  }

  init(_ file: FileBytes) { self.init(file.bytes, path: file.path) }

  /// The table in a file, which may be compressed.
  package init(reading path: String) throws(DatasetError) { self.init(try FileBytes(reading: path)) }

  /// - Parameter path: what errors call the text.
  package init(_ bytes: [UInt8], path: String) {
    self.path = path
    self.bytes = bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0  // byte order mark
    separator = Self.separator(of: bytes[position...])
  }

  /// What separates the cells of the first line that has any.
  private static func separator(of text: ArraySlice<UInt8>) -> UInt8 {
    var (isQuoted, isBlank, counts) = (false, true, [UInt8: Int]())
    for byte in text {
      if byte == quote { isQuoted.toggle() }
      if isQuoted { continue }
      if byte == newline || byte == UInt8(ascii: "\r") {
        if isBlank { continue }
        break
      }
      if byte != UInt8(ascii: " ") { isBlank = false }
      if [comma, semicolon, tab].contains(byte) { counts[byte, default: 0] += 1 }
    }
    if counts[comma] != nil { return comma }
    return counts[semicolon] ?? 0 >= counts[tab] ?? 0 ? (counts[semicolon] == nil ? comma : semicolon) : tab
  }

  /// Moves to the next row; false at the end of the file.
  package mutating func advance() throws(DatasetError) -> Bool {
    while position < bytes.count, isLineEnd(bytes[position]) { skipLineEnd() }
    guard position < bytes.count else { return false }
    line = nextLine
    cells.removeAll(keepingCapacity: true)
    while true {
      cells.append(try readCell())
      guard position < bytes.count else { return true }
      if bytes[position] == separator {
        position += 1
      } else {
        skipLineEnd()
        return true
      }
    }
  }

  /// A cell's text, without the blanks around it.
  package func text(_ cell: Cell) -> String {
    let text = String(decoding: bytes[cell.range], as: UTF8.self)
    return cell.isQuoted ? text.replacing("\"\"", with: "\"") : text
  }

  /// A cell's number, or nil where its whole text is not one.
  package func number(_ cell: Cell) -> Double? {
    if let value = shortDecimal(bytes[cell.range]) { return value }
    let text = text(cell)
    if let value = Double(text) { return value }
    return separator == Self.semicolon && !text.contains(".") ? Double(text.replacing(",", with: ".", maxReplacements: 1)) : nil
  }

  private mutating func readCell() throws(DatasetError) -> Cell {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    if position < bytes.count, bytes[position] == Self.quote { return try readQuotedCell() }
    let start = position
    while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) { position += 1 }
    var end = position
    while end > start, isBlank(bytes[end - 1]) { end -= 1 }
    return Cell(range: start..<end, isQuoted: false)
  }

  private mutating func readQuotedCell() throws(DatasetError) -> Cell {
    position += 1
    let start = position
    while true {
      guard position < bytes.count else {
        throw .malformed(path: path, problem: "line \(line): a quoted cell without its closing quote", expected: "\" at its end")
      }
      if bytes[position] == Self.quote {
        guard position + 1 < bytes.count, bytes[position + 1] == Self.quote else { break }
        position += 1
      }
      if bytes[position] == Self.newline { nextLine += 1 }
      position += 1
    }
    let end = position
    position += 1
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    guard position == bytes.count || bytes[position] == separator || isLineEnd(bytes[position]) else {
      throw .malformed(
        path: path, problem: "line \(line): text after the closing quote of a cell", expected: "a separator or the end of the line")
    }
    return Cell(range: start..<end, isQuoted: true)
  }

  private mutating func skipLineEnd() {
    if bytes[position] == Self.newline { nextLine += 1 }
    position += 1
  }

  private static let comma = UInt8(ascii: ",")
  private static let semicolon = UInt8(ascii: ";")
  private static let tab = UInt8(ascii: "\t")
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.newline || byte == UInt8(ascii: "\r") }
  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == Self.tab && separator != Self.tab }
}

/// The value of a plain decimal with at most 15 digits, else nil.
///
/// Digits and power of ten are then exact in double precision, so one division rounds correctly (Clinger, "How to read
/// floating point numbers accurately", 1990). Most cells are of this form, and this is many times faster than the general way.
private func shortDecimal(_ text: ArraySlice<UInt8>) -> Double? {
  var digits = 0
  var fraction = 0
  var value = 0
  var seenPoint = false
  var rest = text
  let isNegative = rest.first == UInt8(ascii: "-")
  if isNegative { rest = rest.dropFirst() }
  for byte in rest {
    if byte == UInt8(ascii: "."), !seenPoint {
      seenPoint = true
    } else if byte >= 0x30, byte <= 0x39, digits < 15 {
      value = 10 * value + Int(byte - 0x30)
      digits += 1
      if seenPoint { fraction += 1 }
    } else {
      return nil
    }
  }
  guard digits > 0 else { return nil }
  let magnitude = Double(value) / powersOfTen[fraction]
  return isNegative ? -magnitude : magnitude
}

private let powersOfTen: [Double] = (0...15).map { exponent in (0..<exponent).reduce(1) { power, _ in 10 * power } }
