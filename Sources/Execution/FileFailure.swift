#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Why a file or folder could not be read or written, and what a person can do about it.
public struct FileFailure: Error, Hashable, Sendable {
  /// The file or folder.
  public let path: String
  /// What is wrong, without a full stop.
  public let reason: String
  /// What to do next, a whole sentence.
  public let advice: String

  public init(path: String, reason: String, advice: String) {
    (self.path, self.reason, self.advice) = (path, reason, advice)
  }

  /// What the operating system says with `code`, its last error by default.
  package init(_ path: String, code: Int32 = errno) {
    self.init(path: path, reason: String(cString: strerror(code)), advice: Self.advice(for: code))
  }

  private static func advice(for code: Int32) -> String {
    switch code {
    case ENOSPC, EDQUOT, EFBIG: "Free some space or choose another folder."
    case EACCES, EPERM: "Mend the permissions or choose another folder."
    case EROFS: "Choose a folder that can be written."
    case ENOENT: "Check the path."
    case ENOTDIR: "Check the path: a part of it is a file, not a folder."
    case EISDIR: "Name a file, not a folder."
    case EEXIST: "Choose another name."
    default: "Check the path, its permissions and the disk."
    }
  }
}
