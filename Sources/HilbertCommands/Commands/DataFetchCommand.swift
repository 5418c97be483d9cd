import ArgumentParser
import Datasets
import Execution

/// `hilbert data fetch`: brings a published set onto this machine, its checksums verified.
struct DataFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch", abstract: "Bring a published data set here, check it, and install it where training finds it.",
    discussion: """
      Files come from --from FOLDER, from the set's Debian package where it is installed, or else from the set's mirrors through curl. \
      A download that was broken off goes on with the same command. What is installed has the published checksums.
      """)

  @Argument(help: "Name of the set: \(FetchableSet.all.map(\.name).joined(separator: ", ")).")
  var name: String

  @Option(help: "Folder that holds the set's files, plain or .gz (default: its Debian package's, or a download).")
  var from: String?

  @Option(help: "Address to download from, without the names of the files (default: the set's mirrors).")
  var mirror: String?

  @Option(help: "Folder to install into (default: the user's data folder).")
  var into: String?

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    if from != nil, mirror != nil { throw ValidationError("--from and --mirror exclude each other") }
    let names = FetchableSet.all.map(\.name)
    guard !names.contains(name) else { return }
    let suggestion = nearestNames(to: name, among: names).first.map { ", did you mean '\($0)'?" } ?? "."
    throw ValidationError("no set '\(name)' can be fetched\(suggestion) Known: \(names.joined(separator: ", "))")
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let set = FetchableSet.all.first { $0.name == name }!
    let folder =
      if mirror == nil, from != nil || set.isPackageInstalled {
        try set.install(from: from, into: into)
      } else {
        try set.download(from: mirror.map { [$0] }, into: into, showsProgress: !shared.quiet)
      }
    try FetchedData(name: name, folder: folder, source: set.installedFolder() == folder ? name : folder)
      .write(as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}

private struct FetchedData: CommandResult {
  var command: String { "data-fetch" }

  let name: String
  let folder: String
  /// What `--data` takes for it.
  let source: String

  var text: String { "\(folder)\nuse it with --data \(source)\n" }
}
