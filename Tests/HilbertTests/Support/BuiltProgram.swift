import Foundation

/// A program of this package, as built beside the tests, and one run of it.
struct BuiltProgram {
  let status: Int32
  let output: String
  let error: String

  /// Runs `name` without arguments in a new folder, which is removed afterwards.
  init(running name: String) throws {
    let programs = URL(filePath: CommandLine.arguments[0]).standardizedFileURL.deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(path: "hilbert-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let files = ["output", "error"].map { folder.appending(path: "." + $0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = programs.appending(path: name)
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: files[0], encoding: .utf8)
    error = try String(contentsOf: files[1], encoding: .utf8)
  }
}
