import Foundation
import Testing

/// One run of the built `hilbert` binary: what a user would see.
struct HilbertProcess {
  let status: Int32
  let output: String
  let error: String

  /// The binary that the same build put beside this test bundle.
  static let binary: URL = {
    let bundle = URL(filePath: CommandLine.arguments[0]).standardizedFileURL
    return bundle.deletingLastPathComponent().appending(path: "hilbert")
  }()

  /// Starts `hilbert` with `arguments` in `folder` and waits for its end.
  init(_ arguments: String..., in folder: TemporaryFolder, environment: [String: String] = [:]) throws {
    try self.init(arguments: arguments, in: folder, environment: environment)
  }

  init(arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]) throws {
    let running = try RunningProcess(arguments: arguments, in: folder, environment: environment)
    self = running.wait()
  }

  fileprivate init(status: Int32, output: String, error: String) {
    self.status = status
    self.output = output
    self.error = error
  }

  /// The one JSON object on standard output.
  func json() throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
  }
}

/// A `hilbert` that has been started and may still be interrupted.
struct RunningProcess {
  private let process = Process()
  private let output: URL
  private let error: URL

  /// Output goes through files: a pipe that nobody empties would stop the process.
  init(arguments: [String], in folder: TemporaryFolder, environment: [String: String] = [:]) throws {
    output = folder.url.appending(path: ".stdout-\(UUID().uuidString)")
    error = folder.url.appending(path: ".stderr-\(UUID().uuidString)")
    for file in [output, error] { try Data().write(to: file) }
    process.executableURL = HilbertProcess.binary
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: error)
    process.standardInput = FileHandle.nullDevice
    try process.run()
  }

  var errorSoFar: String { (try? String(contentsOf: error, encoding: .utf8)) ?? "" }
  var isRunning: Bool { process.isRunning }

  /// Waits until a condition holds or the process has ended.
  func waitUntil(_ condition: () -> Bool) {
    while process.isRunning && !condition() { Thread.sleep(forTimeInterval: 0.005) }
  }

  func send(_ signal: Int32) { kill(process.processIdentifier, signal) }

  func wait() -> HilbertProcess {
    process.waitUntilExit()
    return HilbertProcess(
      status: process.terminationStatus, output: (try? String(contentsOf: output, encoding: .utf8)) ?? "", error: errorSoFar)
  }
}
