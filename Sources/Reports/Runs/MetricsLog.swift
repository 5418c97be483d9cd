import Execution

/// One cell of a metrics file.
public enum MetricValue: Sendable, Hashable {
  /// A count, such as the epoch.
  case integer(Int)
  /// A measured number, written so that reading it gives the same bits.
  case number(Double)
  /// A word without commas, quotes or line ends.
  case text(String)
  /// Nothing was measured.
  case missing
}

extension MetricValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, ExpressibleByStringLiteral {
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .text(value) }
}

extension MetricValue {
  /// The value as a number; nan where there is none.
  public var asNumber: Double {
    switch self {
    case .integer(let value): Double(value)
    case .number(let value): value
    case .text, .missing: .nan
    }
  }

  var csv: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): value.description
    case .text(let value): value
    case .missing: ""
    }
  }

  /// JSON has no nan and no infinity: both become null.
  var json: String {
    switch self {
    case .integer(let value): String(value)
    case .number(let value): value.isFinite ? value.description : "null"
    case .text(let value): "\"\(value)\""
    case .missing: "null"
    }
  }

  init(csv text: Substring) {
    if text.isEmpty {
      self = .missing
    } else if let integer = Int(text) {
      self = .integer(integer)
    } else if let number = Double(text) {
      self = .number(number)
    } else {
      self = .text(String(text))
    }
  }
}

/// The metrics of a run, in `metrics.csv` and `metrics.jsonl` together: the same rows in both, or in neither.
///
/// ```swift
/// var metrics = try MetricsLog(starting: ["epoch", "trainLoss", "testAccuracy"], in: folder)
/// try metrics.append([1, 0.693, 0.52])
/// metrics.series("testAccuracy")   // [0.52]
/// ```
/// Values that differ between equal runs (times, rates) do not belong here.
public struct MetricsLog: Sendable {
  /// The names of the values, in file order.
  public let columns: [String]
  /// The rows so far.
  public private(set) var rows: [[MetricValue]]
  private let csvPath: String
  private let jsonPath: String

  /// Starts both files anew.
  public init(starting columns: [String], in folder: RunFolder) throws(ReportError) {
    precondition(!columns.isEmpty && columns.allSatisfy(Self.isPlain), "MetricsLog: columns \(columns) must be plain words")
    self.init(columns: columns, rows: [], folder: folder)
    try writeAll()
  }

  /// Goes on after the first `rowCount` rows of an interrupted run; later rows, written after its last checkpoint, are dropped.
  ///
  /// - Throws: `ReportError.cannotRead` when the file has other columns or fewer rows.
  public init(continuing columns: [String], after rowCount: Int, in folder: RunFolder) throws(ReportError) {
    let (found, rows) = try Self.parse(try folder.text(of: "metrics.csv"))
    guard found == columns, rows.count >= rowCount else {
      throw Self.damage(
        folder.file("metrics.csv"), "it has \(rows.count) rows of \(found), expected at least \(rowCount) of \(columns)")
    }
    self.init(columns: columns, rows: Array(rows.prefix(rowCount)), folder: folder)
    try writeAll()
  }

  /// The metrics of an earlier run, to draw them or to compare.
  public init(reading folder: RunFolder) throws(ReportError) {
    let (columns, rows) = try Self.parse(try folder.text(of: "metrics.csv"))
    self.init(columns: columns, rows: rows, folder: folder)
  }

  private init(columns: [String], rows: [[MetricValue]], folder: RunFolder) {
    self.columns = columns
    self.rows = rows
    csvPath = folder.file("metrics.csv")
    jsonPath = folder.file("metrics.jsonl")
  }

  /// Adds one row to both files.
  ///
  /// - Parameter values: one for each column.
  /// - Throws: `ReportError.cannotWrite`; both files then stand as before.
  public mutating func append(_ values: [MetricValue]) throws(ReportError) {
    precondition(values.count == columns.count, "MetricsLog: \(values.count) values for the \(columns.count) columns \(columns)")
    for case .text(let word) in values { precondition(Self.isPlain(word), "MetricsLog: '\(word)' must be a plain word") }
    let line = csvLine(values)
    try OutputFile.append(line, to: csvPath)
    do {
      try OutputFile.append(jsonLine(values), to: jsonPath)
    } catch {
      let length = csvText.utf8.count
      try OutputFile.truncate(csvPath, to: length)
      throw error
    }
    rows.append(values)
  }

  /// One column as numbers, nan where a row has none.
  public func series(_ column: String) -> [Double] {
    guard let index = columns.firstIndex(of: column) else {
      preconditionFailure("MetricsLog: no column '\(column)' among \(columns)")
    }
    return rows.map { $0[index].asNumber }
  }

  private var csvText: String { columns.joined(separator: ",") + "\n" + rows.map(csvLine).joined() }

  private func csvLine(_ values: [MetricValue]) -> String { values.map(\.csv).joined(separator: ",") + "\n" }

  private func jsonLine(_ values: [MetricValue]) -> String {
    "{" + zip(columns, values).map { "\"\($0)\": \($1.json)" }.joined(separator: ", ") + "}\n"
  }

  private func writeAll() throws(ReportError) {
    try OutputFile.replace(csvPath, with: csvText)
    try OutputFile.replace(jsonPath, with: rows.map(jsonLine).joined())
  }

  /// A line cut off by a killed process has no line end and is left out.
  private static func parse(_ text: String) throws(ReportError) -> (columns: [String], rows: [[MetricValue]]) {
    let whole = text.hasSuffix("\n") ? text[...] : text[..<(text.lastIndex(of: "\n") ?? text.startIndex)]
    let lines = whole.split(separator: "\n")
    guard let header = lines.first else { throw damage("metrics.csv", "it is empty") }
    let columns = header.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let rows = lines.dropFirst().map { line in
      line.split(separator: ",", omittingEmptySubsequences: false).map(MetricValue.init(csv:))
    }
    if let row = rows.firstIndex(where: { $0.count != columns.count }) {
      throw damage("metrics.csv", "row \(row + 1) has \(rows[row].count) values for \(columns.count) columns")
    }
    return (columns, rows)
  }

  private static func damage(_ path: String, _ reason: String) -> ReportError {
    .cannotRead(FileFailure(path: path, reason: reason, advice: "Restore it, or train again."))
  }

  private static func isPlain(_ word: String) -> Bool {
    !word.isEmpty && !word.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\\" || $0.value < 32 }
  }
}
