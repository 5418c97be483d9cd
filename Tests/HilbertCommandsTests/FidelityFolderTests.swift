import Foundation
import TestSupport
import Testing

/// Folders of fidelity benchmarks that were broken off, got other counts, were changed, or are of another kind.
@Suite struct FidelityFolderTests {
  private static func words(_ text: String) -> [String] { ["benchmark", "fidelity"] + text.split(separator: " ").map(String.init) }

  private static func run(_ text: String, in folder: TemporaryFolder) throws -> HilbertProcess {
    try HilbertProcess(arguments: words(text), in: folder)
  }

  /// Ctrl-C while figures are drawn: what is there is whole, and the rest is one command away.
  @Test func figuresAreWholeOrNotThere() throws {
    let folder = try TemporaryFolder()
    for options in ["coherence --qubits 4 --shots 100 --output run --quiet", "analyze run --quiet"] {
      try? FileManager.default.removeItem(atPath: folder.path("run/figures"))
      let running = try RunningProcess(arguments: Self.words(options), in: folder)
      running.waitUntil { (try? folder.names(in: "run/figures"))?.contains { $0.hasSuffix(".svg") } == true }
      running.send(SIGINT)
      let ended = running.wait()
      #expect(ended.status == 130 && ended.output == "")
      #expect(
        ended.error == """
          hilbert: interrupted while figures were drawn; counts and numbers are in run
          with all figures: hilbert benchmark fidelity analyze run

          """)
      let names = try folder.names(in: "run/figures")
      #expect(names.count.isMultiple(of: 3) && names.count < 36 && !names.contains { $0.contains("partial") }, "\(names)")
      #expect(try folder.names(in: "run") == ["counts.json", "figures", "manifest.json", "results.json"])
    }
    #expect(try Self.run("analyze run --quiet", in: folder).status == 0)
    #expect(try folder.names(in: "run/figures").count == 36 && folder.names(in: "run").contains("report.html"))
  }

  /// A suite says how many of its protocols have counts, and reads all of them again.
  @Test func suitesSayWhatTheyHold() throws {
    let folder = try TemporaryFolder()
    func interrupted(_ options: String) throws -> String {
      let running = try RunningProcess(arguments: Self.words(options), in: folder)
      running.waitUntil {
        let files = try? FileManager.default.subpathsOfDirectory(atPath: folder.path("suite"))
        return files?.contains { $0.hasSuffix(".partial.gnuplot") } == true
      }
      running.send(SIGINT)
      let ended = running.wait()
      #expect(ended.status == 130)
      return ended.error
    }
    let first = try interrupted("suite --qubits 2 --shots 40 --output suite --quiet")
    let count = try folder.names(in: "suite").count
    let kept = "\(count) of 9 protocols are in suite: hilbert benchmark fidelity analyze suite\n"
    #expect(first == "hilbert: interrupted while figures were drawn; \(kept)")
    #expect(
      try interrupted("analyze suite --quiet") == """
        hilbert: interrupted while figures were drawn; all counts are in suite
        with all figures: hilbert benchmark fidelity analyze suite

        """)
  }

  /// After the last figure nobody asks for Ctrl-C any more, and it ends the command, here one whose output is not read.
  @Test(arguments: ["benchmark fidelity coherence --qubits 1 --shots 100", "benchmark fidelity analyze", "train small.yaml"])
  func afterTheFiguresCtrlCEndsTheCommand(_ command: String) throws {
    let folder = try TemporaryFolder.withSmallRun()
    if command.hasSuffix("analyze") {
      #expect(try Self.run("coherence --qubits 1 --shots 100 --output run", in: folder).status == 0)
      try FileManager.default.removeItem(atPath: folder.path("run/report.html"))
    }
    // What is started in the background ignores it, and so does what that starts.
    signal(SIGINT, SIG_DFL)
    let full = Pipe()
    let end = full.fileHandleForWriting.fileDescriptor
    let flags = fcntl(end, F_GETFL)
    _ = fcntl(end, F_SETFL, flags | O_NONBLOCK)
    while write(end, "\n", 1) == 1 {}
    _ = fcntl(end, F_SETFL, flags)
    let process = Process()
    process.executableURL = HilbertProcess.binary
    process.arguments =
      command.split(separator: " ").map(String.init) + (command.hasSuffix("analyze") ? ["run"] : ["--output", "run"])
    process.currentDirectoryURL = folder.url
    process.standardOutput = full
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    try process.run()
    func wait(_ seconds: Double, until condition: () -> Bool = { false }) {
      let end = Date(timeIntervalSinceNow: seconds)
      while process.isRunning, Date() < end, !condition() { Thread.sleep(forTimeInterval: 0.01) }
    }
    wait(120) { FileManager.default.fileExists(atPath: folder.path("run/report.html")) }
    wait(0.5)
    #expect(process.isRunning)
    kill(process.processIdentifier, SIGINT)
    wait(10)
    #expect(!process.isRunning)
    kill(process.processIdentifier, SIGKILL)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGINT)
  }

  /// Counts never stand under the name of a model that is not theirs, not even where new ones cannot be written.
  @Test func theNoiseGoesBeforeItsCounts() throws {
    let folder = try TemporaryFolder()
    try folder.write(FidelityCommandTests.noise, to: "noise.yaml")
    #expect(try Self.run("ghz --qubits 2 --shots 20 --noise noise.yaml --output run", in: folder).status == 0)
    try FileManager.default.moveItem(atPath: folder.path("run/counts.json"), toPath: folder.path("lab.json"))
    try FileManager.default.createDirectory(atPath: folder.path("run/counts.json"), withIntermediateDirectories: false)
    let process = try Self.run("analyze run --counts lab.json --replace", in: folder)
    #expect(process.status == 73 && process.error.contains("run/counts.json"), "\(process.error)")
    #expect(try !folder.names(in: "run").contains("noise.yaml"))
  }

  /// Counts from elsewhere in the place of simulated ones are not those of the noise model; the same counts are.
  @Test func replacedCountsForgetTheNoise() throws {
    let folder = try TemporaryFolder()
    try folder.write(FidelityCommandTests.noise, to: "noise.yaml")
    #expect(try Self.run("ghz --qubits 2 --shots 20 --noise noise.yaml --output run", in: folder).status == 0)
    let same = try Self.run("analyze run --counts run/counts.json --replace --format json", in: folder)
    #expect(try same.json()["noise"] as? String == "two strengths")
    let rows = ["ghz-populations", "ghz-parity-0", "ghz-parity-1"].map { "\"\($0)\": {\"00\": 20}" }
    try folder.write("{\(rows.joined(separator: ", "))}", to: "lab.json")
    let other = try Self.run("analyze run --counts lab.json --replace --format json", in: folder)
    #expect(try other.json()["noise"] == nil)
    #expect(other.error == "these counts are not those of the noise model two strengths, which is no longer in run\n")
    #expect(try !folder.names(in: "run").contains("noise.yaml"))
    #expect(try Self.run("analyze run --format json", in: folder).json()["noise"] == nil)
  }

  /// What was changed, what another version made, and what is something else altogether are told apart.
  @Test(arguments: [
    ("plan/1", "plan/2", "run was made by another version of Hilbert: its manifest has the schema hilbert.fidelity-plan/2, "),
    ("\"seed\" : 0", "\"seed\" : 7", "its settings or its seed were changed, or another version of Hilbert made it. Restore it"),
    ("\"lengths\" : [\n      1,", "\"lengths\" : [\n      2,", "its circuits or shots are not those of its settings. Restore it"),
    (
      "fidelity-plan/1\"", "run/1\"",
      "run is the folder of a training run, not of a fidelity benchmark\nhilbert evaluate, predict and resume read it\n"
    ),
    (
      "fidelity-plan/1\"", "reproduction/1\", \"request\": \"hilbert reproduce transfer --quick\"",
      "run is the folder of a reproduction, not of a fidelity benchmark\nthe command that made it reads it and goes on: "
        + "hilbert reproduce transfer --quick --output run\n"
    ),
  ]) func foldersAreToldApart(_ old: String, _ new: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    #expect(try Self.run("rb --lengths 1,4,8 --circuits 2 --shots 20 --output run", in: folder).status == 0)
    let text = String(decoding: try folder.data("run/manifest.json"), as: UTF8.self)
    #expect(text.contains(old))
    try folder.write(text.replacing(old, with: new), to: "run/manifest.json")
    let process = try Self.run("analyze run", in: folder)
    #expect(process.status == 65 && process.error.contains(message), "\(process.error)")
  }

  /// Qubits that the noise model does not name are run with a word on it.
  @Test(arguments: [
    ("0, 1", "ghz --qubits 2", ""), ("0, 1", "ghz --qubits 3", "ghz runs on qubit 2"),
    ("0, 2", "ghz --qubits 3", "ghz runs on qubit 1"), ("0, 2", "ghz --qubits 6", "ghz runs on qubits 1, 3 to 5"),
    ("1", "ghz --qubits 3", "ghz runs on qubits 0, 2"), ("0, 2", "bell --on 0,2", ""),
    ("0, 1", "bell --on 0,3", "bell runs on qubit 3"),
  ]) func qubitsThatTheModelDoesNotNameAreMentioned(_ named: String, _ options: String, _ beginning: String) throws {
    let folder = try TemporaryFolder()
    try folder.write("readout:\n  - {qubits: [\(named)], p01: 0.02, p10: 0.05}\n", to: "noise.yaml")
    let process = try Self.run("\(options) --shots 20 --noise noise.yaml --output run", in: folder)
    let rest = "which the model does not name: no errors there but those of all qubits"
    let note = beginning.isEmpty ? "" : "noise: \(beginning), \(rest)\n"
    #expect(process.status == 0 && process.error.hasPrefix(note), "\(process.error)")
    #expect(process.error.contains("does not name") == !note.isEmpty)
  }
}
