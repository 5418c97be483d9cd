import ArgumentParser
import Datasets
import Reports

/// `hilbert data list`: every data set known by name.
struct DataListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(commandName: "list", abstract: "List the data sets known by name.")

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func run() throws {
    let stopwatch = Stopwatch()
    let listing = DataListing(
      dataSets: DatasetCatalog.entries.map(DataListing.Row.init),
      found: DataSource.foldersOfData.map { DataListing.Found(folder: $0.folder, names: $0.names) })
    try listing.write(as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}

private struct DataListing: CommandResult {
  var command: String { "data-list" }

  struct Row: Encodable {
    let name: String
    let summary: String
    let availability: String
    let sampleShape: [Int]
    let classCount: Int
    let trainingCount: Int
    let testCount: Int?
    let licence: String

    init(_ entry: CatalogEntry) {
      name = entry.name
      summary = entry.summary
      let isInstalled = FetchableSet.all.first { $0.name == entry.name }?.installedFolder() != nil
      availability = isInstalled ? "installed" : "\(entry.availability)"
      sampleShape = entry.sampleShape
      classCount = entry.classNames.count
      trainingCount = entry.trainingCount
      testCount = entry.testCount
      licence = entry.origin.licence
    }
  }

  /// What lies in one of the folders in which data sets are looked for.
  struct Found: Encodable {
    let folder: String
    /// nil: there is no such folder.
    let names: [String]?

    var text: String { "\(folder): \(names.map { $0.isEmpty ? "empty" : $0.joined(separator: ", ") } ?? "no such folder")\n" }
  }

  let dataSets: [Row]
  let found: [Found]

  var text: String {
    let rows = dataSets.map { row in
      [
        row.name, row.availability, row.sampleShape.map(String.init).joined(separator: "x"), "\(row.classCount)",
        "\(row.trainingCount)", row.testCount.map(String.init) ?? "-", row.summary,
      ]
    }
    let table = Table(columns: ["name", "where", "sample", "classes", "training", "test", "what"], rows: rows).text
    return table + "\n" + (found.isEmpty ? "" : "\n") + found.map(\.text).joined()
  }
}
