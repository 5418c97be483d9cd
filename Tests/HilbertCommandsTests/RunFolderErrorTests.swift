import Foundation
import Testing

/// Run folders that are none, are damaged, or lie on a full disk.
@Suite struct RunFolderErrorTests {
  private static let finished = Result {
    let folder = try TemporaryFolder.withSmallRun()
    let process = try HilbertProcess("train", "small.yaml", "--output", "run", "--epochs", "1", "--quiet", in: folder)
    try #require(process.status == 0, "\(process.error)")
    return folder
  }

  /// A folder of its own with a copy of the finished run.
  private func copyOfRun() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try FileManager.default.copyItem(atPath: Self.finished.get().path("run"), toPath: folder.path("run"))
    return folder
  }

  @Test(arguments: ["evaluate", "resume"]) func missingFolder(command: String) throws {
    let process = try HilbertProcess(command, "nowhere", in: TemporaryFolder())
    #expect(process.status == 74)
    #expect(
      process.error
        == "hilbert: cannot read nowhere: there is no such folder. Name the folder of a run, the one that holds manifest.json.\n")
  }

  /// Ways in which a checkpoint is damaged.
  enum Damage: CaseIterable {
    case halved, emptied, scribbledOver

    func callAsFunction(_ bytes: Data) -> Data {
      switch self {
      case .halved: bytes.prefix(bytes.count / 2)
      case .emptied: Data()
      case .scribbledOver: Data(repeating: 0x5A, count: 64) + bytes.dropFirst(64)
      }
    }
  }

  @Test(arguments: ["evaluate", "resume"], Damage.allCases) func damagedCheckpoint(command: String, damage: Damage) throws {
    let folder = try copyOfRun()
    let checkpoint = "run/checkpoints/model.safetensors"
    let damaged = damage(try folder.data(checkpoint))
    try damaged.write(to: folder.url.appending(path: checkpoint))
    let process = try HilbertProcess(command, "run", "--quiet", in: folder)
    #expect(process.status == 65)
    #expect(process.error.hasPrefix("hilbert: run/checkpoints/model.safetensors: "))
    #expect(process.error.hasSuffix("Use an earlier checkpoint or train again.\n"))
    #expect(process.output == "")
    #expect(try folder.data(checkpoint) == damaged)
  }

  @Test func figuresThatCannotBeWrittenLoseNothing() throws {
    let folder = try copyOfRun()
    try FileManager.default.removeItem(atPath: folder.path("run/figures"))
    try folder.write("in the way", to: "run/figures")
    let process = try HilbertProcess("resume", "run", "--quiet", in: folder)
    #expect(process.status == 73)
    #expect(process.error.hasPrefix("hilbert: cannot write run/figures"), "\(process.error)")
    #expect(process.error.hasSuffix("are saved in run\ngo on with: hilbert resume run\n"), "\(process.error)")
  }

  @Test func missingCheckpoint() throws {
    let folder = try copyOfRun()
    try FileManager.default.removeItem(atPath: folder.path("run/checkpoints/model.safetensors"))
    let process = try HilbertProcess("evaluate", "run", in: folder)
    #expect(process.status == 74)
    #expect(process.error.contains("run/checkpoints/model.safetensors"))
  }

  /// Without checkpoints a run starts over, and ends where it ended.
  @Test func resumeWithoutCheckpointsStartsOver() throws {
    let folder = try copyOfRun()
    try FileManager.default.removeItem(atPath: folder.path("run/checkpoints"))
    let process = try HilbertProcess("resume", "run", "--quiet", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let name = "run/checkpoints/model.safetensors"
    #expect(try folder.data(name) == Self.finished.get().data(name))
  }

  @Test(arguments: ["evaluate", "resume"]) func foldersOfOtherCommandsAreNamed(command: String) throws {
    let folder = try copyOfRun()
    for (schema, message) in [
      (
        "hilbert.reproduction/1",
        "hilbert: run is the folder of a reproduction, not of a training run\nthe command that made it reads it and goes on: x --output run\n"
      ),
      (
        "hilbert.fidelity-plan/1",
        "hilbert: run is the folder of a fidelity benchmark, not of a training run\nhilbert benchmark fidelity analyze reads it\n"
      ), ("hilbert.run/2", "hilbert: run was made by another version of Hilbert: its manifest has the schema hilbert.run/2, "),
      ("x/1", "hilbert: run is no folder of a training run: its manifest has the schema x/1, expected hilbert.run/1\n"),
    ] {
      try folder.write("{\"schema\": \"\(schema)\", \"request\": \"x\", \"version\": \"1\"}\n", to: "run/manifest.json")
      let process = try HilbertProcess(command, "run", in: folder)
      #expect(process.status == 65 && process.error.hasPrefix(message), "\(process.error)")
    }
  }

  @Test func changedConfiguration() throws {
    let folder = try copyOfRun()
    try folder.write(SmallRun.yaml.replacing("filters: 4", with: "filters: 5"), to: "run/config.yaml")
    let process = try HilbertProcess("evaluate", "run", in: folder)
    #expect(process.status == 65)
    #expect(process.error.contains("run/checkpoints/model.safetensors: "))
  }

  /// A run may be broken off between the last step of a network and its line in the metrics: the weights have had that epoch.
  @Test func epochsAreThoseOfTheWeights() throws {
    let folder = try copyOfRun()
    let metrics = String(decoding: try folder.data("run/metrics.csv"), as: UTF8.self)
    try folder.write(String(metrics.prefix { $0 != "\n" }) + "\n", to: "run/metrics.csv")
    let process = try HilbertProcess("evaluate", "run", "--format", "json", in: folder)
    #expect(try process.json()["finishedEpochs"] as? Int == 1)
    #expect(process.error == "")
  }

  /// The model of a run that was broken off is not the one that was asked for.
  @Test func unfinishedRunIsMentioned() throws {
    let folder = try copyOfRun()
    let whole = try HilbertProcess("evaluate", "run", "--format", "json", in: folder)
    #expect(whole.error == "")
    #expect(try whole.json()["finishedEpochs"] as? Int == 1)
    let configuration = String(decoding: try folder.data("run/config.yaml"), as: UTF8.self)
    try folder.write(configuration.replacing("epochs: 1", with: "epochs: 3"), to: "run/config.yaml")
    for arguments in [["evaluate", "run"], ["predict", "run", "--data", "fashion-mnist-2.5k", "--limit", "1"]] {
      let process = try HilbertProcess(arguments: arguments + ["--format", "json"], in: folder)
      let part = "fashion-mnist-2.5k has a test part of its own: its samples are classified, and no others\n"
      #expect(
        process.error
          == "the run is unfinished, 1 of 3 epochs; go on with: hilbert resume run\n" + (arguments[0] == "predict" ? part : ""))
      #expect(process.status == 0)
    }
  }

  @Test func samplesOfAnotherShape() throws {
    let process = try HilbertProcess("predict", "run", "--data", "digits-8x8", in: Self.finished.get())
    #expect(process.status == 65)
    #expect(
      process.error
        == "hilbert: digits-8x8: samples of shape [1, 8, 8], and the run was trained on [1, 28, 28]; give data of that shape\n")
  }

  /// Disks that fill up with the first files, with a checkpoint, and with a figure: status 73 each time, no file half written.
  @Test(.enabled(if: SmallDisk.isPossible, "needs the right to mount a file system"), arguments: [4, 80, 400])
  func fullDisk(kibibytes: Int) throws {
    let folder = try TemporaryFolder.withSmallRun()
    let disk = try SmallDisk(at: folder.path("disk"), kibibytes: kibibytes)
    defer { disk.unmount() }
    let process = try HilbertProcess("train", "small.yaml", "--output", "disk/run", "--epochs", "2", "--quiet", in: folder)
    #expect(process.status == 73)
    #expect(process.error.contains("No space left on device"))
    #expect(process.output == "")
    let files = try FileManager.default.subpathsOfDirectory(atPath: folder.path("disk"))
    #expect(!files.contains { $0.contains(".partial") })
  }
}

/// A small file system in memory.
struct SmallDisk {
  let path: String

  static let isPossible: Bool = {
    guard geteuid() == 0, let folder = try? TemporaryFolder() else { return false }
    guard let disk = try? SmallDisk(at: folder.path("probe"), kibibytes: 64) else { return false }
    disk.unmount()
    return true
  }()

  init(at path: String, kibibytes: Int) throws {
    self.path = path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let mount = try ShellProcess("mount -t tmpfs -o size=\(kibibytes)k tmpfs '\(path)'", in: TemporaryFolder())
    guard mount.status == 0 else { throw CocoaError(.fileWriteNoPermission) }
  }

  func unmount() { _ = try? ShellProcess("umount '\(path)'", in: TemporaryFolder()) }
}
