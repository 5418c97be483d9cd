import Foundation

/// One line of `/bin/sh`, for redirections and mounts.
struct ShellProcess {
  let status: Int32
  let error: String

  init(_ line: String, in folder: TemporaryFolder) throws {
    let process = Process()
    let errors = folder.url.appending(path: ".shell-\(UUID().uuidString)")
    try Data().write(to: errors)
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder.url
    process.standardInput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    status = process.terminationStatus
    error = (try? String(contentsOf: errors, encoding: .utf8)) ?? ""
  }
}
