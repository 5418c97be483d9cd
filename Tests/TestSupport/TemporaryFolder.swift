import Foundation

/// Runs `body` with the path of a new, empty folder that is removed afterwards.
public func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "hilbert-" + UUID().uuidString)
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// The text of a file.
public func text(of path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

/// The device that is always full, where there is one: a link to it makes any write to a file fail.
public let fullDevice: String? = FileManager.default.fileExists(atPath: "/dev/full") ? "/dev/full" : nil

/// Makes writing to `path` fail as on a full disk.
public func fillDisk(under path: String) throws {
  guard let fullDevice else { preconditionFailure("this system has no /dev/full") }
  try? FileManager.default.removeItem(atPath: path)
  try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: fullDevice)
}
