/// A table of words and numbers, for the terminal and for the report.
///
/// ```
/// model      parameters   test accuracy
/// ---------  ----------   -------------
/// quantum          2410           0.873
/// ```
public struct Table: Sendable, Hashable {
  /// The heads of the columns.
  public var columns: [String]
  /// The rows, each with a cell for every column.
  public var rows: [[String]]

  /// - Parameter rows: each with as many cells as there are columns.
  public init(columns: [String], rows: [[String]]) {
    for row in rows { precondition(row.count == columns.count, "Table: \(row.count) cells \(row) for \(columns.count) columns") }
    self.columns = columns
    self.rows = rows
  }

  /// Lines for a terminal, without an end of line after the last: numbers flush right, words flush left.
  public var text: String {
    let widths = columns.indices.map { column in ([columns] + rows).map { $0[column].count }.max() ?? 0 }
    func line(_ cells: [String]) -> String {
      let padded = cells.indices.map { column in
        let blanks = String(repeating: " ", count: widths[column] - cells[column].count)
        return isNumeric(column) ? blanks + cells[column] : cells[column] + blanks
      }
      let joined = padded.joined(separator: "  ")
      return String(joined[..<(joined.lastIndex { $0 != " " }.map { joined.index(after: $0) } ?? joined.startIndex)])
    }
    let rule = widths.map { String(repeating: "-", count: $0) }
    return ([columns, rule] + rows).map(line).joined(separator: "\n")
  }

  /// The table as an HTML element.
  var html: String {
    func cells(_ row: [String], _ tag: String) -> String {
      row.enumerated().map { "<\(tag)\(isNumeric($0) ? " class=\"number\"" : "")>\(HTMLReport.escaped($1))</\(tag)>" }.joined()
    }
    let body = rows.map { "<tr>" + cells($0, "td") + "</tr>\n" }.joined()
    return "<table>\n<thead><tr>\(cells(columns, "th"))</tr></thead>\n<tbody>\n\(body)</tbody>\n</table>\n"
  }

  /// True for a column whose cells all begin like a number (a unit may follow) or are empty or a dash.
  private func isNumeric(_ column: Int) -> Bool {
    let cells = rows.map { $0[column] }.filter { !$0.isEmpty && $0 != "-" }
    return !cells.isEmpty
      && cells.allSatisfy { cell in
        let unsigned = cell.drop { "+-±<>~ ".contains($0) }
        return unsigned.first.map { $0.isNumber } ?? false
      }
  }
}

extension Double {
  /// The number with a fixed count of digits after the point, rounded half away from zero: `0.8731.fixed(3)` is "0.873".
  ///
  /// - Parameter digits: 0 to 12.
  public func fixed(_ digits: Int) -> String {
    precondition((0...12).contains(digits), "fixed: \(digits) digits, must be 0 to 12")
    guard isFinite, abs(self) < 1e15 else { return description }
    var scale: UInt64 = 1
    for _ in 0..<digits { scale *= 10 }
    let scaled = (magnitude * Double(scale)).rounded()
    guard scaled < 1.8e19 else { return description }
    let units = UInt64(scaled)
    let sign = self < 0 && units > 0 ? "-" : ""
    guard digits > 0 else { return sign + String(units) }
    let fraction = String(units % scale)
    return sign + String(units / scale) + "." + String(repeating: "0", count: digits - fraction.count) + fraction
  }
  /// A number with two digits and its power of ten: `0.000841.scientific` is "8.4e-4".
  public var scientific: String {
    guard isFinite, self != 0 else { return fixed(1) }
    var (digits, power) = (magnitude, 0)
    while digits < 1 { (digits, power) = (digits * 10, power - 1) }
    // What rounds to 10.0 has another power.
    while digits >= 9.95 { (digits, power) = (digits / 10, power + 1) }
    return (self < 0 ? "-" : "") + "\(digits.fixed(1))e\(power)"
  }
}
