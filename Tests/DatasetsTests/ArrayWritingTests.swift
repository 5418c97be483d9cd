import Datasets
import Foundation
import TestSupport
import Testing

@Suite struct ArrayWritingTests {
  @Test func whatIsWrittenIsReadBack() throws {
    try withTemporaryFolder { folder in
      let values = [1.5, -0.0, .pi, 1e-300, .infinity, 6]
      try NPZ.write([("gram", [2, 3], values), ("labels", [3], [0, 1, 2]), ("none", [0, 4], [])], to: "\(folder)/arrays.npz")
      let read = try NPZ(reading: "\(folder)/arrays.npz").arrays
      #expect(read.keys.sorted() == ["gram", "labels", "none"])
      #expect(read["gram"]?.shape == [2, 3] && read["gram"]?.doubles == values)
      #expect(read["labels"]?.shape == [3] && read["none"]?.shape == [0, 4])
      let error = #expect(throws: DatasetError.self) { try NPZ.write([], to: "\(folder)/nowhere/a.npz") }
      #expect(error?.category == .writeFailure)
    }
  }

  @Test func rectanglesMakeAFile() throws {
    try withTemporaryFolder { folder in
      let path = "\(folder)/matrix.npy"
      var file = try NPYMatrixFile(creating: path, rows: 3, columns: 4)
      try file.write([1, 2, 5, 6, 9, 10], rows: 0..<3, columns: 0..<2)
      try file.write([3, 4, 7, 8, 11, 12], rows: 0..<3, columns: 2..<4)
      #expect(!FileManager.default.fileExists(atPath: path))
      try file.finish()
      let bytes = try [UInt8](Data(contentsOf: URL(filePath: path)))
      #expect(bytes.count == 128 + 96)
      let header = "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 4), }"
      #expect(bytes.starts(with: [0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)))
      for place in 0..<12 {
        let number = (0..<8).reduce(UInt64(0)) { $0 | UInt64(bytes[128 + 8 * place + $1]) << (8 * UInt64($1)) }
        #expect(Double(bitPattern: number) == Double(place + 1))
      }
    }
  }

  @Test func anUnfinishedFileLeavesNothing() throws {
    try withTemporaryFolder { folder in
      do {
        let file = try NPYMatrixFile(creating: "\(folder)/matrix.npy", rows: 2, columns: 2)
        try file.write([1, 2], rows: 0..<1, columns: 0..<2)
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
  }
}
