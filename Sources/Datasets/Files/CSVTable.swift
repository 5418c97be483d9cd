/// How to read the targets of a table.
public struct TableOptions: Sendable, Hashable {
  /// The column that holds the targets.
  public enum Label: Sendable, Hashable {
    /// `label`, `class` or `target`, whichever the header has.
    case automatic
    /// The column of this name.
    case column(String)
    /// No column: all cells are features.
    case absent
  }

  /// What the targets are.
  public enum Task: Sendable, Hashable {
    /// Classes, unless a target is a number with a fraction.
    case automatic
    case classification
    case regression
  }

  /// Where the targets are.
  public var label: Label
  /// What the targets are.
  public var task: Task
  /// False for samples to predict on: the label column is passed over, and need not be there.
  public var readsLabels = true

  /// By default the label column is found by its usual names.
  public init(label: Label = .automatic, task: Task = .automatic) {
    self.label = label
    self.task = task
  }
}

/// Reads a table with a header line: one column of targets, every other column a feature.
package enum CSVTable {
  /// Class names are the different texts of the label column, sorted: numbers by value, then other texts by their characters.
  static func read(_ file: FileBytes, options: TableOptions) throws(DatasetError) -> Dataset {
    var reader = CSVReader(file)
    guard try reader.advance() else { throw .empty(path: file.path, advice: "The first line must hold the names of the columns.") }
    let header = reader.cells.map(reader.text)
    try requireNames(header, path: file.path, line: reader.line)
    let labelColumn: Int?
    do {
      labelColumn = try self.labelColumn(options.label, in: header, path: file.path)
    } catch {
      guard !options.readsLabels, case .missingColumn = error else { throw error }
      labelColumn = nil
    }

    var features: [Float] = []
    var targets: [TargetCell] = []
    while try reader.advance() {
      guard reader.cells.count == header.count else {
        throw .wrongWidth(path: file.path, line: reader.line, found: reader.cells.count, expected: header.count)
      }
      for (column, cell) in reader.cells.enumerated() {
        if column == labelColumn {
          targets.append(TargetCell(line: reader.line, text: reader.text(cell), number: reader.number(cell)))
          continue
        }
        guard let number = reader.number(cell), number.isFinite, Float(number).isFinite else {
          throw .badCell(
            path: file.path, line: reader.line, column: header[column], text: reader.text(cell), expected: "a finite number")
        }
        features.append(Float(number))
      }
    }
    let featureNames = header.indices.filter { $0 != labelColumn }.map { header[$0] }
    guard !featureNames.isEmpty else {
      throw .malformed(path: file.path, problem: "no column beside the label column", expected: "at least one feature")
    }
    guard !features.isEmpty else { throw .empty(path: file.path, advice: "Add rows below the header.") }
    return try Dataset(
      name: file.path, features: features, sampleShape: [featureNames.count], featureNames: featureNames,
      targets: try (options.readsLabels ? labelColumn : nil).map { column throws(DatasetError) in
        try self.targets(targets, column: header[column], task: options.task, path: file.path)
      } ?? .none)
  }

  /// A cell of the label column.
  package struct TargetCell: Sendable {
    package let line: Int
    package let text: String
    package let number: Double?

    package init(line: Int, text: String, number: Double?) {
      (self.line, self.text, self.number) = (line, text, number)
    }
  }

  /// A first line of numbers means that the header is missing; its row would be lost without a word.
  static func requireNames(_ header: [String], path: String, line: Int) throws(DatasetError) {
    if header.allSatisfy({ Double($0) != nil }) {
      throw .malformed(path: path, problem: "line \(line) holds only numbers", expected: "a header with the names of the columns")
    }
  }

  /// The names that a column of targets has where nobody says which it is.
  package static let labelNames = ["label", "class", "target"]

  private static func labelColumn(_ label: TableOptions.Label, in header: [String], path: String) throws(DatasetError) -> Int? {
    switch label {
    case .absent:
      return nil
    case .automatic:
      let columns = header.indices.filter { labelNames.contains(header[$0].lowercased()) }
      // One of them among the features would tell the answer.
      guard columns.count < 2 else {
        let names = columns.map { header[$0] }
        throw .malformed(
          path: path, problem: "the columns \(names.joined(separator: " and ")) may both be the targets",
          expected:
            "one of them: remove the other, or name the one that is learned (label: \(names[0]), --label \(names[0])) if the other is a feature"
        )
      }
      if let column = columns.first { return column }
      throw .missingColumn(path: path, name: "label, class or target", header: header)
    case .column(let name):
      if let column = header.firstIndex(of: name) { return column }
      throw .missingColumn(path: path, name: name, header: header)
    }
  }

  private static func targets(
    _ cells: [TargetCell], column: String, task: TableOptions.Task, path: String
  ) throws(DatasetError) -> SampleTargets {
    try requireTargets(cells, column: column, path: path)
    let isFraction = { (cell: TargetCell) in cell.number.map { $0 != $0.rounded() } ?? false }
    let isRegression =
      switch task {
      case .automatic: cells.contains(where: isFraction)
      case .classification: false
      case .regression: true
      }
    guard isRegression else {
      let (labels, names) = classes(cells)
      return .classes(labels: labels, names: names)
    }
    return .values(
      try cells.map { cell throws(DatasetError) in
        guard let number = cell.number else {
          throw .badCell(path: path, line: cell.line, column: column, text: cell.text, expected: "a number, as in the other rows")
        }
        return number
      })
  }

  private static func requireTargets(_ cells: [TargetCell], column: String, path: String) throws(DatasetError) {
    if let cell = cells.first(where: { $0.text.isEmpty || $0.number.map { !$0.isFinite } ?? false }) {
      throw .badCell(path: path, line: cell.line, column: column, text: cell.text, expected: "a target")
    }
  }

  /// One class a cell, counted from 0 in the order of the names.
  package static func labels(_ cells: [TargetCell], column: String, path: String) throws(DatasetError) -> [Int] {
    try requireTargets(cells, column: column, path: path)
    return classes(cells).labels
  }

  private static func classes(_ cells: [TargetCell]) -> (labels: [Int], names: [String]) {
    var numbers: [String: Double?] = [:]
    for cell in cells { numbers[cell.text] = cell.number }
    let names = numbers.keys.sorted { left, right in
      switch (numbers[left]!, numbers[right]!) {
      case (let left?, let right?) where left != right: left < right
      case (_?, nil): true
      case (nil, _?): false
      default: left < right
      }
    }
    let index = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) })
    return (cells.map { index[$0.text]! }, names)
  }
}
