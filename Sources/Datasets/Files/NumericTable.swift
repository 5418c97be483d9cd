import LinearAlgebra

/// A table of numbers with a header line, in double precision: what a circuit takes as inputs, row by row.
package struct NumericTable: Sendable {
  /// The names of the columns.
  package let names: [String]
  /// Shape: rows x columns.
  package let values: RealMatrix

  /// - Throws: `DatasetError` with the line and the column of the first cell that is no finite number.
  package init(reading path: String) throws(DatasetError) {
    let file = try FileBytes(reading: path)
    var reader = CSVReader(file)
    guard try reader.advance() else { throw .empty(path: file.path, advice: "The first line must hold the names of the columns.") }
    let header = reader.cells.map(reader.text)
    try CSVTable.requireNames(header, path: file.path, line: reader.line)
    var numbers: [Double] = []
    while try reader.advance() {
      guard reader.cells.count == header.count else {
        throw .wrongWidth(path: file.path, line: reader.line, found: reader.cells.count, expected: header.count)
      }
      for (column, cell) in reader.cells.enumerated() {
        guard let number = reader.number(cell), number.isFinite else {
          throw .badCell(
            path: file.path, line: reader.line, column: header[column], text: reader.text(cell), expected: "a finite number")
        }
        numbers.append(number)
      }
    }
    guard !numbers.isEmpty else { throw .empty(path: file.path, advice: "Add a row of numbers for each sample.") }
    names = header
    values = RealMatrix(rows: numbers.count / header.count, columns: header.count, elements: numbers)
  }
}
