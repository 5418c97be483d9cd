import Execution
import LinearAlgebra

/// Points for a kernel from a CSV file: numbers in double precision, with or without a header, with or without a label column.
struct PointsFile: Sendable {
  /// Points x features.
  let points: RealMatrix
  /// Classes counted from 0 in the order of their names; nil without a label column.
  let labels: [Int]?

  /// - Parameter label: the label column; nil takes one called label, class or target where there is one.
  /// - Throws: `Failure` with file, line and column of the first mistake.
  init(reading path: String, label: String?) throws(Failure) {
    try self.init(try TextFile.read(path), path: path, label: label)
  }

  init(_ text: String, path: String, label: String?) throws(Failure) {
    var rows: [(line: Int, cells: [Substring])] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map { $0.trimmingSpaces }
      if cells.contains(where: { !$0.isEmpty }) { rows.append((index + 1, cells)) }
    }
    guard let first = rows.first else { throw Failure(.badInput, "\(path) holds no points; write one point a line, x,y,...") }
    let hasHeader = first.cells.contains { Double($0) == nil }
    let header = hasHeader ? first.cells.map(String.init) : (1...first.cells.count).map { "\($0)" }
    let labelColumn: Int?
    if let label {
      labelColumn = header.firstIndex(of: label)
      guard labelColumn != nil else {
        throw Failure(.badInput, "\(path): no column \(label) in the header; its columns are \(header.joined(separator: ", "))")
      }
    } else {
      labelColumn = hasHeader ? header.firstIndex { ["label", "class", "target"].contains($0.lowercased()) } : nil
    }
    var (values, names): ([Double], [String]) = ([], [])
    for (line, cells) in rows.dropFirst(hasHeader ? 1 : 0) {
      guard cells.count == header.count else {
        throw Failure(.badInput, "\(path), line \(line): \(cells.count) cells, expected \(header.count); add or remove cells there")
      }
      for (column, cell) in cells.enumerated() {
        if column == labelColumn {
          names.append(String(cell))
          continue
        }
        guard let value = Double(cell), value.isFinite else {
          throw Failure(
            .badInput,
            "\(path), line \(line), column \(header[column]): \"\(cell)\" is no finite number; correct or remove that row")
        }
        values.append(value)
      }
    }
    let count = rows.count - (hasHeader ? 1 : 0)
    let width = header.count - (labelColumn == nil ? 0 : 1)
    guard count > 0, width > 0 else { throw Failure(.badInput, "\(path) holds no points; write one point a line, x,y,...") }
    points = RealMatrix(rows: count, columns: width, elements: values)
    let classes = Set(names).sorted { (Double($0) ?? 0, $0) < (Double($1) ?? 0, $1) }
    labels = labelColumn == nil ? nil : names.map { classes.firstIndex(of: $0)! }
  }
}

extension Substring {
  /// Without blanks, tabs and carriage returns at both ends.
  fileprivate var trimmingSpaces: Substring {
    var rest = self
    while let last = rest.last, last == " " || last == "\t" || last == "\r" { rest.removeLast() }
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    return rest
  }
}
