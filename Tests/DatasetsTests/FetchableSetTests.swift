import Datasets
import Foundation
import Randomness
import TestSupport
import Testing

@Suite("Fetchable sets") struct FetchableSetTests {
  /// A published set of two tiny files.
  static let tiny = FetchableSet(
    name: "tiny",
    files: [
      FetchableSet.File(name: "a", byteCount: 3, checksum: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      FetchableSet.File(name: "b", byteCount: 0, checksum: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ])

  @Test("Files are checked and copied, plain or in gzip format")
  func install() throws {
    try withTemporaryFolder { folder in
      try FileManager.default.createDirectory(atPath: "\(folder)/from", withIntermediateDirectories: true)
      try Array("abc".utf8).gzipped.write(to: "\(folder)/from/a.gz")
      try [UInt8]().write(to: "\(folder)/from/b")
      let installed = try Self.tiny.install(from: "\(folder)/from", into: "\(folder)/to/data")
      #expect(installed == "\(folder)/to/data/tiny")
      #expect(try FileManager.default.contentsOfDirectory(atPath: installed).sorted() == ["a.gz", "b"])
    }
  }

  @Test("A file that is not the published one is refused and nothing is written")
  func wrongFile() throws {
    try withTemporaryFolder { folder in
      try Array("abc".utf8).write(to: "\(folder)/a")
      try Array("x".utf8).write(to: "\(folder)/b")
      let error = #expect(throws: DatasetError.self) { try Self.tiny.install(from: folder, into: "\(folder)/to") }
      #expect(
        error?.description
          == "\(folder)/b: SHA-256 of the decoded file is 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881,"
          + " expected e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855."
          + " The file is not the published one: get it again.")
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/to"))
    }
  }

  @Test("A missing file or folder is named")
  func missing() throws {
    try withTemporaryFolder { folder in
      let noFile = #expect(throws: DatasetError.self) { try Self.tiny.install(from: folder, into: folder) }
      #expect(
        noFile?.description == "\(folder): no a, expected the files of tiny, plain or .gz. Write the file again in that form.")
      let noFolder = #expect(throws: DatasetError.self) { try Self.tiny.install(from: "\(folder)/x", into: folder) }
      #expect(
        noFolder?.description == "\(folder)/x: cannot be read (No such file or directory). Check the path.")
      #expect(noFolder?.category == .readFailure)
    }
  }

  @Test("A download goes on where it stopped, and is checked")
  func download() throws {
    try withTemporaryFolder { folder in
      // Numbers that do not compress, so that a part of the file is a part.
      var random = RandomSource(seed: 1)
      let large = (0..<20_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
      let set = FetchableSet(
        name: "large", files: [Self.tiny.files[0], FetchableSet.File(name: "c", byteCount: 20_000, checksum: sha256(large))],
        mirrors: ["file://\(folder)/nowhere", "file://\(folder)/mirror"])
      for path in ["mirror", "to/large.download"] {
        try FileManager.default.createDirectory(atPath: "\(folder)/\(path)", withIntermediateDirectories: true)
      }
      let (a, c) = (try Array("abc".utf8).gzipped, try large.gzipped)
      try c.write(to: "\(folder)/mirror/c.gz")
      // a is whole from an earlier try, and on no mirror; of c there is a part.
      try a.write(to: "\(folder)/to/large.download/a.gz")
      try Array(c[..<5000]).write(to: "\(folder)/to/large.download/c.gz")
      let installed = try set.download(into: "\(folder)/to")
      #expect(installed == "\(folder)/to/large")
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/to") == ["large"])
      #expect(try [UInt8](Data(contentsOf: URL(filePath: "\(installed)/c.gz"))) == c)

      // A part is used: a wrong one makes a wrong whole, which is thrown away, and the next try gets all of it.
      try FileManager.default.createDirectory(atPath: "\(folder)/again/large.download", withIntermediateDirectories: true)
      try a.write(to: "\(folder)/again/large.download/a.gz")
      try [UInt8](repeating: 0, count: 5000).write(to: "\(folder)/again/large.download/c.gz")
      #expect(throws: DatasetError.self) { try set.download(into: "\(folder)/again") }
      #expect(try set.download(into: "\(folder)/again") == "\(folder)/again/large")
    }
  }

  @Test("A download that fails says so and installs nothing")
  func failedDownload() throws {
    try withTemporaryFolder { folder in
      let mirror = "file://\(folder)/mirror"
      try FileManager.default.createDirectory(atPath: "\(folder)/mirror", withIntermediateDirectories: true)
      let missing = #expect(throws: DatasetError.self) { try Self.tiny.download(from: [mirror], into: "\(folder)/to") }
      #expect(missing?.category == .notInstalled)
      #expect(missing?.description.contains("a.gz could not be downloaded (\(mirror): curl ended with status 37)") == true)
      try Array("abd".utf8).gzipped.write(to: "\(folder)/mirror/a.gz")
      let wrong = #expect(throws: DatasetError.self) { try Self.tiny.download(from: [mirror], into: "\(folder)/to") }
      #expect(wrong?.description.contains("The file is not the published one: get it again.") == true)
      #expect(!FileManager.default.fileExists(atPath: "\(folder)/to/tiny"))
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/to/tiny.download").isEmpty)
    }
  }

  @Test("A full disk leaves no half-written file", .enabled(if: fullDevice != nil, "needs /dev/full"))
  func fullDisk() throws {
    try withTemporaryFolder { folder in
      try Array("abc".utf8).write(to: "\(folder)/a")
      try [UInt8]().write(to: "\(folder)/b")
      try FileManager.default.createDirectory(atPath: "\(folder)/to/tiny", withIntermediateDirectories: true)
      try fillDisk(under: "\(folder)/to/tiny/a.partial")
      let error = #expect(throws: DatasetError.self) { try Self.tiny.install(from: folder, into: "\(folder)/to") }
      #expect(
        error?.description
          == "\(folder)/to/tiny/a: cannot be written (No space left on device)."
          + " Free some space or choose another folder.")
      #expect(error?.category == .writeFailure)
      #expect(try FileManager.default.contentsOfDirectory(atPath: "\(folder)/to/tiny").isEmpty)
    }
  }

  @Test("Short names mean what the literature means by them")
  func shortNames() throws {
    #expect(try DataSource("fashion").text == "fashion")
    do { #expect(try DataSource("cifar10").text == "cifar10") } catch {
      #expect(error.description.contains("data set CIFAR-10 is not"))
    }
    let other = #expect(throws: DatasetError.self) { try DataSource("cifar") }
    #expect(other?.description.contains("CIFAR-10") == false)
  }

  @Test("A set that is not there says how to get it", arguments: FetchableSet.all.map(\.name))
  func notInstalled(name: String) throws {
    let set = try #require(FetchableSet.all.first { $0.name == name })
    #expect(set.files.map(\.byteCount) == [47_040_016, 60_008, 7_840_016, 10_008])
    #expect(set.files.allSatisfy { $0.checksum.count == 64 })
    #expect(set.advice.contains("`hilbert data fetch \(name) --from FOLDER`"))
    #expect(DatasetCatalog.entry(named: name)?.availability == .fetchable)
  }
}
