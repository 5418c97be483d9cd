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
  @Test func qubitsBeyondTheModelAreMentioned() throws {
    let folder = try TemporaryFolder()
    try folder.write("readout:\n  - {qubits: [0, 1], p01: 0.02, p10: 0.05}\n", to: "pair.yaml")
    for (count, note) in [
      (2, ""), (3, "noise: the model names qubits up to 1, and ghz runs on 3: qubit 2 has no errors but those of all qubits\n"),
      (5, "noise: the model names qubits up to 1, and ghz runs on 5: qubits 2 to 4 have no errors but those of all qubits\n"),
    ] {
      let process = try Self.run("ghz --qubits \(count) --shots 20 --noise pair.yaml --output run-\(count)", in: folder)
      #expect(process.status == 0 && process.error.hasPrefix(note), "\(process.error)")
      #expect(process.error.contains("names qubits") == !note.isEmpty)
    }
  }
}
