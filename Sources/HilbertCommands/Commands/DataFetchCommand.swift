import ArgumentParser
import Datasets
import Execution

/// `hilbert data fetch`: brings a published set onto this machine, its checksums verified.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Check a published data set and install it where training finds it.")

  @Argument(help: "Name of the set: \(FetchableSet.all.map(\.name).joined(separator: ", ")).")
  var name: String

  @Option(help: "Folder that holds the set's files, plain or .gz (default: where its Debian package puts them).")
  var from: String?

  @Option(help: "Folder to install into (default: the user's data folder).")
  var into: String?

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    let names = FetchableSet.all.map(\.name)
    guard !names.contains(name) else { return }
    let suggestion = nearestNames(to: name, among: names).first.map { ", did you mean '\($0)'?" } ?? "."
    throw ValidationError("no set '\(name)' can be fetched\(suggestion) Known: \(names.joined(separator: ", "))")
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let set = FetchableSet.all.first { $0.name == name }!
    let folder = try set.install(from: from, into: into)
    try FetchedData(name: name, folder: folder).write(as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}

private struct FetchedData: CommandResult {
  var command: String { "data-fetch" }

  let name: String
  let folder: String

  var text: String { "\(folder)\n" }
}
