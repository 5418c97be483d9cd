import Execution

/// Small text files of the user's: configurations.
enum TextFile {
  /// - Throws: `Failure` with status 74 for a file that cannot be read, 65 for one that is not UTF-8 text.
  static func read(_ path: String) throws(Failure) -> String {
    let bytes: [UInt8]
    do {
      bytes = try WholeFile.read(path)
    } catch {
      throw Failure(.cannotRead, "cannot read \(path): \(error.reason). \(error.advice)")
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw Failure(.badInput, "\(path) is not UTF-8 text; save it as UTF-8")
    }
    return text
  }
}
