import Foundation
import TestSupport
import Testing

/// Programs with Swift's libraries inside, as they go to machines without Swift: linked anew from the objects of the programs that
/// were built beside the tests.
enum StaticBuild {
  private static let folder = URL(filePath: CommandLine.arguments[0]).standardizedFileURL.deletingLastPathComponent().path

  /// Runs `body` with the executable of a product, which is removed afterwards.
  static func withProgram<Result>(_ product: String, _ body: (URL) throws -> Result) throws -> Result {
    try withTemporaryFolder { path in
      try shell("Scripts/link '\(product)' '\(path)/\(product)' '\(folder)'")
      return try body(URL(filePath: path).appending(path: product))
    }
  }

  /// The archive that `Scripts/package` makes.
  static func package() throws -> URL { URL(filePath: try shell("Scripts/package '\(folder)'")) }

  /// What a command line prints, run at the root of the repository; it must succeed.
  @discardableResult static func shell(_ line: String) throws -> String {
    let run = try ShellRun(line, in: Repository.root)
    try #require(run.status == 0, "\(line) ended with \(run.status):\n\(run.error.suffix(2000))")
    return run.output.trimmingCharacters(in: .whitespacesAndNewlines)
  }
}

/// One command line of `/bin/sh`, from its start to its end.
struct ShellRun {
  let status: Int32
  let output: String
  let error: String

  init(_ line: String, in folder: URL) throws {
    let streams = ["output", "error"].map {
      FileManager.default.temporaryDirectory.appending(path: "hilbert-\($0)-\(UUID().uuidString)")
    }
    defer { for stream in streams { try? FileManager.default.removeItem(at: stream) } }
    for stream in streams { try Data().write(to: stream) }
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: streams[0], encoding: .utf8)
    error = try String(contentsOf: streams[1], encoding: .utf8)
  }
}
