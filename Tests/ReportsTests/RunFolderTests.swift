import Execution
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

  @Test func numbersThatAreNotFiniteComeBack() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/mine")
      try folder.write(json: [1.5, .infinity, -.infinity, .nan], to: "numbers.json")
      let back = try folder.value([Double].self, from: "numbers.json")
      #expect(back.prefix(3) == [1.5, .infinity, -.infinity] && back[3].isNaN)
    }
  }

  @Test func aRunNeverOverwritesAnother() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/mine")
      let error = #expect(throws: ReportError.self) { try RunFolder(creatingAt: folder.path) }
      #expect(error?.description == "cannot write \(folder.path): it exists already. Choose another name.")
    }
  }

  @Test func whatIsNoRunIsNotOpened() throws {
    try withTemporaryFolder { parent in
      for (path, reason) in [(parent, "it holds no manifest.json"), (parent + "/x", "there is no such folder")] {
        let error = #expect(throws: ReportError.self) { try RunFolder(opening: path) }
        #expect(
          error?.description
            == "cannot read \(path): \(reason). Name the folder of a run, the one that holds manifest.json.")
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
          Check the path: a part of it is a file, not a folder.
          """
      }
    }
  }

  @Test(.enabled(if: fullDevice != nil, "needs /dev/full")) func aFullDiskLeavesTheOldFile() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      try folder.write("old", to: "config.yaml")
      try fillDisk(under: folder.file("config.yaml.partial"))
      let text = String(repeating: "new", count: 10_000)
      let error = #expect(throws: ReportError.self) { try folder.write(text, to: "config.yaml") }
      #expect(
        error?.description
          == "cannot write \(folder.file("config.yaml")): No space left on device. Free some space or choose another folder.")
      #expect(try folder.text(of: "config.yaml") == "old")
      #expect(!folder.contains("config.yaml.partial"))
    }
  }

  @Test func aMissingFileIsNamed() throws {
    try withTemporaryFolder { parent in
      let folder = try RunFolder(creatingAt: parent + "/run")
      let error = #expect(throws: ReportError.self) { try folder.text(of: "config.yaml") }
      #expect(
        error?.description == "cannot read \(folder.file("config.yaml")): No such file or directory. Check the path.")
    }
  }
}
