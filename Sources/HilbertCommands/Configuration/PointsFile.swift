import Datasets
import LinearAlgebra

/// Points for a kernel from a CSV file: numbers in double precision, with or without a header, with or without a label column.
struct PointsFile: Sendable {
  /// Points x features.
  let points: RealMatrix
  /// Classes counted from 0 in the order of their names; nil without a label column.
  let labels: [Int]?

  /// - Parameter label: the label column; nil takes one called label, class or target where there is one.
  /// - Throws: `Failure` or `DatasetError` with file, line and column of the first mistake.
  init(reading path: String, label: String?) throws {
    var reader = try CSVReader(reading: path)
    let nothing = Failure(.badInput, "\(path) holds no points; write one point a line, x,y,...")
    guard try reader.advance() else { throw nothing }
    let hasHeader = reader.cells.contains { reader.number($0) == nil }
    let header = hasHeader ? reader.cells.map(reader.text) : (1...reader.cells.count).map { "\($0)" }
    let labelColumn = try Self.labelColumn(label, in: header, hasHeader: hasHeader, path: path)
    var (values, labelCells, count): ([Double], [CSVTable.TargetCell], Int) = ([], [], 0)
    var isRow = !hasHeader
    while true {
      if !isRow { guard try reader.advance() else { break } }
      isRow = false
      guard reader.cells.count == header.count else {
        throw Failure(
          .badInput,
          "\(path), line \(reader.line): \(reader.cells.count) cells, expected \(header.count); add or remove cells there")
      }
      count += 1
      for (column, cell) in reader.cells.enumerated() {
        if column == labelColumn {
          labelCells.append(.init(line: reader.line, text: reader.text(cell), number: reader.number(cell)))
          continue
        }
        guard let value = reader.number(cell), value.isFinite else {
          throw Failure(
            .badInput,
            "\(path), line \(reader.line), column \(header[column]): \"\(reader.text(cell))\" is no finite number; correct or remove "
              + "that row")
        }
        values.append(value)
      }
    }
    let width = header.count - (labelColumn == nil ? 0 : 1)
    guard count > 0, width > 0 else { throw nothing }
    points = RealMatrix(rows: count, columns: width, elements: values)
    labels = try labelColumn.map { try CSVTable.labels(labelCells, column: header[$0], path: path) }
  }

  private static func labelColumn(
    _ label: String?, in header: [String], hasHeader: Bool, path: String
  ) throws(Failure) -> Int? {
    if let label {
      if let column = header.firstIndex(of: label) { return column }
      throw Failure(.badInput, "\(path): no column \(label) in the header; its columns are \(header.joined(separator: ", "))")
    }
    let columns = hasHeader ? header.indices.filter { CSVTable.labelNames.contains(header[$0].lowercased()) } : []
    guard columns.count < 2 else {
      let names = columns.map { header[$0] }
      throw Failure(
        .badInput,
        "\(path): the columns \(names.joined(separator: " and ")) may both hold the classes; remove one, or take --label \(names[0])"
      )
    }
    return columns.first
  }
}
