import CZlib
import Datasets
import Foundation
import TestSupport

/// A file that stands beside the tests.
func reference(_ name: String) -> String {
  URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References/\(name)").path
}

extension [UInt8] {
  /// An IDX file with the given element type, unsigned bytes by default.
  static func idx(_ shape: [Int], _ elements: [UInt8], type: UInt8 = 8) -> [UInt8] {
    [0, 0, type, UInt8(shape.count)]
      + shape.flatMap { extent in (0..<4).map { UInt8(truncatingIfNeeded: extent >> (24 - 8 * $0)) } }
      + elements
  }

  /// Writes a file, and the folders on the way to it.
  func write(to path: String) throws {
    let file = URL(filePath: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(self).write(to: file)
  }

  /// The same in gzip format.
  var gzipped: [UInt8] {
    get throws {
      try withTemporaryFolder { folder in
        let file = gzopen("\(folder)/file.gz", "wb")
        precondition(gzwrite(file, self, UInt32(count)) == Int32(count) && gzclose(file) == Z_OK)
        return try [UInt8](Data(contentsOf: URL(filePath: "\(folder)/file.gz")))
      }
    }
  }
}

/// The files of a small IDX set, 2x3 pixels, by name; tests damage some of them.
func smallImageSet() -> [String: [UInt8]] {
  [
    "train-images-idx3-ubyte": .idx([4, 2, 3], Array(0..<24)), "train-labels-idx1-ubyte": .idx([4], [0, 1, 2, 1]),
    "t10k-images-idx3-ubyte": .idx([2, 2, 3], Array(100..<112)), "t10k-labels-idx1-ubyte": .idx([2], [2, 0]),
  ]
}

/// Loads a folder that holds the given files, all samples for training where there is no official split; `FOLDER` stands for
/// the folder's path in arguments and in the error's text.
func load(
  files: [String: [UInt8]], source: String = "FOLDER", test: String? = nil, table: TableOptions = TableOptions()
) throws -> DividedDataset {
  try withTemporaryFolder { folder in
    for (name, bytes) in files { try bytes.write(to: "\(folder)/\(name)") }
    func path(_ text: String) -> String { text.replacing("FOLDER", with: folder) }
    do throws(DatasetError) {
      guard let test else { return try DataSource(path(source)).load(table: table).divided(testFraction: 0, seed: 0) }
      return try DataRequest(source: path(source), test: path(test), table: table).load()
    } catch {
      throw ErrorText(text: "\(error)".replacing(folder, with: "FOLDER"), category: error.category)
    }
  }
}

/// An error's whole message, with the temporary folder written as FOLDER.
struct ErrorText: Error, Equatable {
  let text: String
  let category: DatasetError.Category
}
