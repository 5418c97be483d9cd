import Datasets
import FidelityBenchmarks

extension BenchmarkData {
  /// Counts as CSV: rows of circuit, outcome and count, bit 0 of an outcome rightmost; a first line `circuit,outcome,count` may
  /// stand above.
  ///
  /// - Parameter plan: what was run, which says how many bits the outcomes of each circuit have; nil where any one number will do.
  /// - Throws: `BenchmarkError.entry` for outcomes that are no bit strings of one width, that come twice, or whose counts are no
  ///   whole numbers, and `.unreadable` for a row of another length.
  public init(csv text: String, of plan: BenchmarkPlan? = nil) throws(BenchmarkError) {
    var reader = CSVReader(Array(text.utf8), path: "The counts")
    var rows: [(circuit: String, outcome: String, count: Double)] = []
    while try Self.advance(&reader) {
      let cells = reader.cells.map(reader.text)
      if rows.isEmpty, cells == ["circuit", "outcome", "count"] { continue }
      guard cells.count == 3, let count = reader.number(reader.cells[2]) else {
        throw .unreadable("Line \(reader.line) of the counts is '\(cells.joined(separator: ","))'; write circuit,outcome,count.")
      }
      rows.append((cells[0], cells[1], count))
    }
    try self.init(rows: rows, of: plan)
  }

  private static func advance(_ reader: inout CSVReader) throws(BenchmarkError) -> Bool {
    do { return try reader.advance() } catch { throw .unreadable("\(error)") }
  }
}
