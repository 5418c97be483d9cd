import Foundation
import Reports
import TestSupport
import Testing

@Suite struct RunFolderTests {
  struct Manifest: Codable, Equatable {
    var version: String
    var seed: UInt64
    var data: String
  }

  @Test func runsAreNumbered() throws {
    try withTemporaryFolder { parent in
      let first = try RunFolder(creating: "hybrid", in: parent + "/runs")
      let second = try RunFolder(creating: "hybrid", in: parent + "/runs")
      let other = try RunFolder(creating: "iris", in: parent + "/runs")
      #expect(first.path == parent + "/runs/hybrid-001")
      #expect(second.path == parent + "/runs/hybrid-002")
      #expect(other.path == parent + "/runs/iris-001")
      #expect(try FileManager.default.contentsOfDirectory(atPath: second.path).sorted() == ["checkpoints", "figures"])
    }
  }

  @Test func jsonHasSortedKeysAndReadsBack() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/a/b")
      let manifest = Manifest(version: "0.1", seed: .max, data: "sets/fashion")
      try folder.write(json: manifest, to: RunFolder.manifest)
      #expect(try folder.value(Manifest.self, from: RunFolder.manifest) == manifest)
      #expect(
        try folder.text(of: RunFolder.manifest) == """
          {
            "data" : "sets/fashion",
            "seed" : 18446744073709551615,
            "version" : "0.1"
          }

          """)
      #expect(try RunFolder(opening: folder.path) == folder)
    }
  }

  @Test func aRunNeverOverwritesAnother() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/mine")
      #expect(throws: ReportError.cannotWrite(path: folder.path, reason: "it exists already")) {
        try RunFolder(creatingAt: folder.path)
      }
    }
  }

  @Test func whatIsNoRunIsNotOpened() throws {
    try withTemporaryFolder { parent in
      #expect(throws: ReportError.cannotRead(path: parent, reason: "it holds no manifest.json")) { try RunFolder(opening: parent) }
      #expect(throws: ReportError.cannotRead(path: parent + "/x", reason: "there is no such folder")) {
        try RunFolder(opening: parent + "/x")
      }
    }
  }

  @Test func anUnwritablePlaceIsNamed() throws {
    try withTemporaryFolder { parent in
      try "a file".write(toFile: parent + "/runs", atomically: true, encoding: .utf8)
      #expect {
        try RunFolder(creating: "x", in: parent + "/runs")
      } throws: { error in
        "\(error)" == """
          cannot write \(parent)/runs: Not a directory. \
          Free some space, mend the permissions or choose another folder.
          """
      }
    }
  }

  @Test(.enabled(if: fullDevice != nil, "needs /dev/full")) func aFullDiskLeavesTheOldFile() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      try folder.write("old", to: "config.yaml")
      try fillDisk(under: folder.file("config.yaml.partial"))
      #expect(throws: ReportError.cannotWrite(path: folder.file("config.yaml"), reason: "No space left on device")) {
        try folder.write(String(repeating: "new", count: 10_000), to: "config.yaml")
      }
      #expect(try folder.text(of: "config.yaml") == "old")
      #expect(!folder.contains("config.yaml.partial"))
    }
  }

  @Test func aMissingFileIsNamed() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      #expect(throws: ReportError.cannotRead(path: folder.file("config.yaml"), reason: "No such file or directory")) {
        try folder.text(of: "config.yaml")
      }
    }
  }
}
