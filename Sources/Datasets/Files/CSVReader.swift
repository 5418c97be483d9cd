/// Splits comma-separated text into rows of cells (RFC 4180: quoted cells, doubled quotes, LF or CRLF, blank lines skipped).
struct CSVReader {
  let path: String
  private let bytes: [UInt8]
  private var position: Int
  private var nextLine = 1
  /// The line on which the newest row began, from 1.
  private(set) var line = 0
  /// The cells of the newest row.
  private(set) var cells: [Cell] = []

  /// Where a cell's text stands; a quoted cell may hold doubled quotes.
  struct Cell {
    let range: Range<Int>
    let isQuoted: Bool
  }

  init(_ file: FileBytes) {
    path = file.path
    bytes = file.bytes
    position = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0  // byte order mark
  }

  /// Moves to the next row; false at the end of the file.
  mutating func advance() throws(DatasetError) -> Bool {
    while position < bytes.count, isLineEnd(bytes[position]) { skipLineEnd() }
    guard position < bytes.count else { return false }
    line = nextLine
    cells.removeAll(keepingCapacity: true)
    while true {
      cells.append(try readCell())
      guard position < bytes.count else { return true }
      if bytes[position] == Self.comma {
        position += 1
      } else {
        skipLineEnd()
        return true
      }
    }
  }

  /// A cell's text, without the blanks around it.
  func text(_ cell: Cell) -> String {
    let text = String(decoding: bytes[cell.range], as: UTF8.self)
    return cell.isQuoted ? text.replacing("\"\"", with: "\"") : text
  }

  /// A cell's number, or nil where its whole text is not one.
  func number(_ cell: Cell) -> Double? {
    shortDecimal(bytes[cell.range]) ?? Double(text(cell))
  }

  private mutating func readCell() throws(DatasetError) -> Cell {
    while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    if position < bytes.count, bytes[position] == Self.quote { return try readQuotedCell() }
    let start = position
    while position < bytes.count, bytes[position] != Self.comma, !isLineEnd(bytes[position]) { position += 1 }
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
    guard position == bytes.count || bytes[position] == Self.comma || isLineEnd(bytes[position]) else {
      throw .malformed(
        path: path, problem: "line \(line): text after the closing quote of a cell", expected: "a comma or the end of the line")
    }
    return Cell(range: start..<end, isQuoted: true)
  }

  private mutating func skipLineEnd() {
    if bytes[position] == Self.newline { nextLine += 1 }
    position += 1
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == Self.newline || byte == UInt8(ascii: "\r") }
  private func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
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
