import Execution
import Foundation
import TestSupport
import Testing

struct WholeFileTests {
  @Test(arguments: [0, 1, 4095, 4096, 4097, 1 << 20])
  func whatIsWrittenIsRead(_ count: Int) throws {
    try withTemporaryFolder { folder in
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
      try WholeFile.write([1, 2, 3], to: folder + "/a")
      try WholeFile.write(bytes, to: folder + "/a")
      #expect(try WholeFile.read(folder + "/a") == bytes)
      try WholeFile.append([9], to: folder + "/a")
      #expect(try WholeFile.read(folder + "/a") == bytes + [9])
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["a"])
    }
  }

  /// Files of `/proc` say that they are empty.
  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/proc/self/status"), "needs /proc"))
  func filesOfUnknownSizeAreReadToTheirEnd() throws {
    let text = String(decoding: try WholeFile.read("/proc/self/status"), as: UTF8.self)
    #expect(text.contains("Name:") && text.contains("nonvoluntary_ctxt_switches:"))
  }

  @Test(.enabled(if: fullDevice != nil, "needs /dev/full"))
  func aFullDiskLeavesTheOldFile() throws {
    try withTemporaryFolder { folder in
      let path = folder + "/a"
      try WholeFile.write([1, 2, 3], to: path)
      try fillDisk(under: path + ".partial")
      let failure = #expect(throws: FileFailure.self) { try WholeFile.write([4], to: path) }
      #expect(
        failure == FileFailure(path: path, reason: "No space left on device", advice: "Free some space or choose another folder."))
      #expect(try WholeFile.read(path) == [1, 2, 3])
      #expect(!WholeFile.exists(path + ".partial"))
    }
  }

  /// What to do depends on what is wrong.
  @Test func theAdviceSuitsTheReason() throws {
    try withTemporaryFolder { folder in
      try WholeFile.makeFolder(folder + "/b/c")
      #expect(WholeFile.isFolder(folder + "/b/c") && !WholeFile.isFolder(folder + "/d"))
      try WholeFile.write([], to: folder + "/a")
      func advice(_ body: () throws(FileFailure) -> Void) -> String? { (#expect(throws: FileFailure.self) { try body() })?.advice }
      #expect(advice { () throws(FileFailure) in _ = try WholeFile.read(folder + "/d") } == "Check the path.")
      #expect(advice { () throws(FileFailure) in _ = try WholeFile.read(folder + "/b") } == "Name a file, not a folder.")
      #expect(advice { () throws(FileFailure) in try WholeFile.write([], to: folder + "/b") } == "Name a file, not a folder.")
      let isFile = "Check the path: a part of it is a file, not a folder."
      #expect(advice { () throws(FileFailure) in try WholeFile.write([], to: folder + "/a/b") } == isFile)
      #expect(advice { () throws(FileFailure) in try WholeFile.makeFolder(folder + "/a/b") } == isFile)
    }
  }
}
