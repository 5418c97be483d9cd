import Foundation

/// A program of this package, as built beside the tests, and one run of it.
struct BuiltProgram {
  let status: Int32
  let output: String
  let error: String
  /// The names of the files it left in its folder.
  let files: [String]

  /// Runs `name` without arguments in a new folder, which is removed afterwards.
  ///
  /// - Parameter searchPath: The programs it finds; nil for those of the tests.
  init(running name: String, searchPath: String? = nil) throws {
    let programs = URL(filePath: CommandLine.arguments[0]).standardizedFileURL.deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(path: "hilbert-" + UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let streams = ["output", "error"].map { folder.appending(path: "." + $0) }
    for stream in streams { try Data().write(to: stream) }
    let process = Process()
    process.executableURL = programs.appending(path: name)
    process.currentDirectoryURL = folder
    if let searchPath {
      process.environment = ProcessInfo.processInfo.environment.merging(["PATH": searchPath]) { _, new in new }
    }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: streams[0])
    process.standardError = try FileHandle(forWritingTo: streams[1])
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    output = try String(contentsOf: streams[0], encoding: .utf8)
    error = try String(contentsOf: streams[1], encoding: .utf8)
    files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { !$0.hasPrefix(".") }.sorted()
  }
}
