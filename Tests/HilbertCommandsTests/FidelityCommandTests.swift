import Foundation
import TestSupport
import Testing

/// `hilbert benchmark fidelity`: protocols under noise, circuits for elsewhere, counts from elsewhere.
@Suite struct FidelityCommandTests {
  static let noise = """
    name: two strengths
    rules:
      - {on: [one-qubit], channel: depolarizing, errorProbability: 0.002}
      - {on: [two-qubit], channel: depolarizing, errorProbability: 0.01}
    """

  /// Options of each protocol, small; those of the counts that References/fidelity_counts.py made of the exports.
  static let protocols = [
    "rb --qubits 2 --lengths 1,4,10,20 --circuits 6 --shots 200", "ghz --qubits 3 --shots 2000",
    "volume --qubits 3 --circuits 20 --shots 200", "xeb --qubits 3 --depths 2,5,10 --circuits 6 --shots 500",
  ]

  private static func words(_ text: String) -> [String] { text.split(separator: " ").map(String.init) }

  private static func run(_ text: String, in folder: TemporaryFolder) throws -> HilbertProcess {
    try HilbertProcess(arguments: ["benchmark", "fidelity"] + words(text) + ["--quiet"], in: folder)
  }

  private static func estimates(_ process: HilbertProcess) throws -> [[String: Any]] {
    #expect(process.status == 0, "\(process.error)")
    return try #require(try process.json()["estimates"] as? [[String: Any]])
  }

  /// The estimates as JSON, to compare.
  private static func text(_ process: HilbertProcess) throws -> String {
    String(decoding: try JSONSerialization.data(withJSONObject: estimates(process), options: .sortedKeys), as: UTF8.self)
  }

  private static func interval(_ estimate: [String: Any]) throws -> ClosedRange<Double> {
    // What has no interval has null at both ends.
    if estimate["low"] is NSNull, estimate["high"] is NSNull { return -.infinity...(.infinity) }
    return try #require(estimate["low"] as? Double)...(try #require(estimate["high"] as? Double))
  }

  /// A run leaves its counts, and analyzing them again gives the same numbers without running.
  @Test func runsAreReadAgain() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.noise, to: "noise.yaml")
    let options = "rb --qubits 1 --lengths 1,10,40 --circuits 5 --shots 100 --seed 7 --noise noise.yaml --output run --format json"
    let first = try Self.run(options, in: folder)
    let json = try first.json()
    #expect(json["schema"] as? String == "hilbert.benchmark-fidelity/1" && json["protocol"] as? String == "rb")
    #expect(json["noise"] as? String == "two strengths" && json["seed"] as? Int == 7)
    #expect(
      try folder.names(in: "run") == ["counts.json", "figures", "manifest.json", "noise.yaml", "report.html", "results.json"])
    let results = try folder.data("run/results.json")
    let again = try Self.run("analyze run --format json", in: folder)
    #expect(try Self.text(first) == Self.text(again))
    #expect(try folder.data("run/results.json") == results)
    let text = try Self.run("analyze run", in: folder)
    #expect(text.output.contains("error per Clifford") && text.output.contains("15 circuits, 100 shots each, noise two strengths"))
  }

  /// The saved model has the file's name where it says none of its own, whatever its text looks like.
  @Test(arguments: [
    ("---\nrules: [{channel: bit_flip, p: 0.1}]\n", "my \"lab\""),
    ("# ours\n{\"rules\": [{\"channel\": \"bit_flip\", \"p\": 0.1}]}\n", "lab"),
    ("name: noise\nrules: [{channel: bit_flip, p: 0.1}]\n", "lab"),
    ("{\"rules\": [{\"channel\": \"bit_flip\", \"p\": 0.1}]}", "lab"),
  ])
  func namelessModels(yaml: String, name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(yaml, to: "\(name).yaml")
    let run = try HilbertProcess(
      arguments: [
        "benchmark", "fidelity", "rb", "--qubits", "1", "--lengths", "1,5,9", "--circuits", "2", "--shots", "50", "--noise",
        "\(name).yaml",
        "--output", "run", "--quiet",
      ], in: folder)
    #expect(run.status == 0, "\(run.error)")
    let again = try Self.run("analyze run --format json", in: folder)
    #expect(again.status == 0, "\(again.error)")
    #expect(try again.json()["noise"] as? String == name)
  }

  @Test func threadsDoNotMatter() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.noise, to: "noise.yaml")
    for threads in [1, 2] {
      let options = "xeb --qubits 2 --depths 1,2,4 --circuits 3 --shots 50 --seed 2 --noise noise.yaml"
      #expect(try Self.run(options + " --threads \(threads) --output run-\(threads)", in: folder).status == 0)
    }
    #expect(try folder.data("run-1/counts.json") == folder.data("run-2/counts.json"))
    #expect(try folder.data("run-1/manifest.json") == folder.data("run-2/manifest.json"))
  }

  /// Counts that Qiskit drew from the exported circuits, and those of our own run, agree: every pair of 95 % intervals meets.
  @Test(arguments: protocols) func countsFromElsewhereGiveTheSame(_ options: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.noise, to: "noise.yaml")
    let word = Self.words(options)[0]
    let exported = try Self.run("export \(options) --seed 3 --output lab", in: folder)
    #expect(exported.status == 0, "\(exported.error)")
    #expect(exported.output.hasSuffix("hilbert benchmark fidelity analyze lab --counts FILE\n"))
    let counts = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References/fidelity-\(word)-counts.json")
    let theirs = try Self.run("analyze lab --counts \(counts.path) --format json", in: folder)
    let ours = try Self.run("\(options) --seed 3 --noise noise.yaml --format json --output own", in: folder)
    let pairs = zip(try Self.estimates(theirs), try Self.estimates(ours)).filter { $0.0["name"] as? String != "quantum volume" }
    for (their, our) in pairs {
      #expect(try Self.interval(their).overlaps(Self.interval(our)), "\(their) and \(our)")
    }
  }

  /// State tomography of a file, and a table of counts instead of JSON.
  @Test func tomographyOfAFile() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n", to: "bell.qasm")
    let process = try Self.run("tomography bell.qasm --shots 4000 --output run --format json", in: folder)
    let fidelity = try Self.estimates(process)[0]
    #expect(fidelity["name"] as? String == "fidelity")
    #expect(abs(try #require(fidelity["value"] as? Double) - 1) < 1e-9)
    let counts = try #require(try JSONSerialization.jsonObject(with: folder.data("run/counts.json")) as? [String: [String: Int]])
    let rows = counts.flatMap { circuit, entries in entries.map { "\(circuit),\($0),\($1)\n" } }
    try folder.write("circuit,outcome,count\n" + rows.joined(), to: "counts.csv")
    #expect(try Self.run("export tomography bell.qasm --shots 4000 --output lab", in: folder).status == 0)
    let again = try Self.run("analyze lab --counts counts.csv --format json", in: folder)
    #expect(try Self.text(again) == Self.text(process))
  }

  /// Whatever is wrong with counts has a name, and nothing is kept of them.
  @Test(arguments: [
    ("{\"ghz-parity-0\": {\"00\": 9}}", "There are no counts of ghz-populations, ghz-parity-1"),
    (
      "{\"A\": {\"00\": 10}, \"ghz-populations\": {\"00\": 10}, \"ghz-parity-0\": {\"11\": 10}, \"ghz-parity-1\": {\"00\": 10}}",
      "counts of A"
    ),
    (
      "{\"ghz-populations\": {\"00\": 10}, \"ghz-parity-0\": {\"011\": 10}, \"ghz-parity-1\": {\"00\": 10}}",
      "ghz-parity-0, outcome 011: it has 3 bits, the circuit measures 2"
    ),
    (
      "{\"ghz-populations\": {\"00\": 10}, \"ghz-parity-0\": {\"01\": 10, \"1\": 1}, \"ghz-parity-1\": {\"00\": 10}}",
      "outcome 1: it has 1 bit, the circuit measures 2"
    ),
    (
      "{\"ghz-populations\": {\"00\": 10}, \"ghz-parity-0\": {\"01\": -1}, \"ghz-parity-1\": {\"00\": 10}}",
      "-1.0 is no whole number"
    ),
    ("{\"ghz-populations\": {\"00\": 10}, \"ghz-parity-0\": {\"0x1\": 1}, \"ghz-parity-1\": {\"00\": 10}}", "no string of 0 and 1"),
    (
      "{\"ghz-populations\": {\"00\": 10}, \"ghz-parity-0\": {\"01\": 9}, \"ghz-parity-1\": {\"00\": 10}}",
      "ghz-parity-0 was run 9 times and ghz-populations 10 times"
    ),
    ("[1, 2]", "The counts are no JSON of the form"), ("{\"a\": {\"00\": \"x\"}}", "at a, 00"),
  ]) func wrongCountsAreRefusedByName(_ counts: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(counts, to: "counts.json")
    #expect(try Self.run("export ghz --qubits 2 --output lab", in: folder).status == 0)
    let process = try Self.run("analyze lab --counts counts.json", in: folder)
    #expect(process.status == 65 && process.error.contains(message), "\(process.error)")
    #expect(try !folder.names(in: "lab").contains("counts.json"))
    let missing = try Self.run("analyze lab", in: folder)
    #expect(
      missing.status == 65 && missing.error == "hilbert: lab holds circuits and no counts yet; give them with --counts FILE\n")
  }

  @Test(arguments: [
    ("rb --qubits 6", "Randomized benchmarking takes groups of 1 to 5 different qubits"),
    ("rb --qubits 2 --on 0,1", "give --qubits for the first qubits or --on for others, not both"),
    ("rb --qubits 2 --interleaved xc", "--interleaved: there is no gate 'xc', did you mean 'x'?"),
    ("rb --qubits 2 --interleaved t", "t cannot be interleaved"), ("rb --lengths 1,x", "1,x"),
    ("xeb --qubits 1", "Cross-entropy benchmarking takes groups of 2 to 20 different qubits"),
    ("xeb --qubits 2 --on 0,1", "give --qubits for the first qubits or --on for others, not both"),
  ]) func wrongSettingsAreRefused(_ options: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    let process = try Self.run(options, in: folder)
    #expect(process.status == 64 && process.error.contains(message), "\(process.error)")
    #expect(try folder.names().isEmpty)
  }

  /// Matrices have no place in files for other programs.
  @Test func whatOpenQASMHasNoGatesForIsNotExported() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "OPENQASM 3.0;\nqubit[1] q;\n#pragma hilbert unitary([[0, 1], [1, 0]]) q[0]\n", to: "matrix.qasm")
    let process = try Self.run("export tomography matrix.qasm --output lab", in: folder)
    #expect(process.status == 64 && process.error.contains("OpenQASM has no gates for"), "\(process.error)")
    #expect(try folder.names() == ["matrix.qasm"])
  }

  /// Two runs of one device do not differ, a noisy one and an ideal one do.
  @Test func resultsAreCompared() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.noise, to: "noise.yaml")
    let options = "rb --qubits 2 --lengths 1,10,30 --circuits 8 --shots 200"
    for (name, more) in [("a", "--seed 1 --noise noise.yaml"), ("b", "--seed 2 --noise noise.yaml"), ("c", "--seed 3")] {
      #expect(try Self.run("\(options) \(more) --output \(name)", in: folder).status == 0)
    }
    func difference(_ first: String, _ second: String) throws -> [String: Any] {
      let process = try Self.run("compare \(first) \(second) --format json", in: folder)
      #expect(process.status == 0, "\(process.error)")
      let differences = try #require(try process.json()["differences"] as? [[String: Any]])
      return try #require(differences.first)
    }
    #expect(try difference("a", "b")["isSignificant"] as? Bool == false)
    #expect(try difference("a", "c")["isSignificant"] as? Bool == true)
    #expect(try difference("a", "a")["p"] as? Double == 1)
    #expect(try Self.run("ghz --qubits 2 --output g", in: folder).status == 0)
    let other = try Self.run("compare a g", in: folder)
    #expect(other.status == 65 && other.error == "hilbert: a is a run of rb and g one of ghz; compare runs of one protocol\n")
  }

  @Test func theSuiteRunsEveryProtocol() throws {
    let folder = try TemporaryFolder()
    let process = try Self.run("suite --qubits 2 --shots 40 --output suite --format json", in: folder)
    #expect(process.status == 0, "\(process.error)")
    let results = try #require(try process.json()["results"] as? [[String: Any]])
    #expect(results.count == 9)
    #expect(try Set(folder.names(in: "suite")).isSuperset(of: ["1-readout-2", "9-applications-2", "report.html", "results.json"]))
    let volumes = try #require(results.last?["volumes"] as? [[String: Any]])
    #expect(volumes.count >= 8)
    let all = try Self.run("analyze suite", in: folder)
    #expect(all.status == 0 && all.output.contains("quantum volume") && all.output.contains("bernstein-vazirani"), "\(all.error)")
    #expect(try Self.run("suite --qubits 2 --shots 40 --seed 1 --output other", in: folder).status == 0)
    let compared = try Self.run("compare suite other --format json", in: folder)
    #expect(try #require(try compared.json()["comparisons"] as? [[String: Any]]).count == 9, "\(compared.error)")
    let again = try Self.run("analyze suite/9-applications-2", in: folder)
    #expect(again.status == 0 && again.output.contains("bernstein-vazirani, 2 qubits"))
    let wrong = try Self.run("applications --only gh", in: folder)
    #expect(wrong.status == 64 && wrong.error.contains("there is no application 'gh' (did you mean 'ghz'?); there are ghz, w,"))
  }
  /// What cannot be written is refused before anything is run, and nothing is left of what was refused.
  @Test func existingFoldersAreNotRunInto() throws {
    let folder = try TemporaryFolder()
    let options = "ghz --qubits 2 --shots 10 --output run"
    #expect(try Self.run(options, in: folder).status == 0)
    let before = try folder.data("run/counts.json")
    let again = try HilbertProcess(arguments: ["benchmark", "fidelity"] + Self.words(options), in: folder)
    #expect(again.status == 73 && again.error.hasPrefix("hilbert: cannot write run: it exists already"), "\(again.error)")
    #expect(try folder.data("run/counts.json") == before)
  }

  /// A copy without its empty folders, other counts for the same circuits, and what is wrong with counts before all else.
  @Test func copiesAndLaterCountsAreRead() throws {
    let folder = try TemporaryFolder()
    #expect(try Self.run("export ghz --qubits 2 --shots 20 --output lab", in: folder).status == 0)
    try FileManager.default.removeItem(atPath: folder.path("lab/figures"))
    func counts(_ zeros: Int, _ name: String) throws {
      let circuits = ["ghz-populations", "ghz-parity-0", "ghz-parity-1"]
      let rows = circuits.map { "\"\($0)\": {\"00\": \(zeros), \"11\": \(20 - zeros)}" }
      try folder.write("{\(rows.joined(separator: ", "))}", to: name)
    }
    try counts(9, "monday.json")
    try counts(12, "tuesday.json")
    #expect(try Self.run("analyze lab --counts monday.json", in: folder).status == 0)
    let refused = try Self.run("analyze lab --counts tuesday.json", in: folder)
    #expect(refused.status == 65 && refused.error.contains("with --replace"), "\(refused.error)")
    #expect(try Self.run("analyze lab --counts tuesday.json --replace", in: folder).status == 0)
    #expect(try String(decoding: folder.data("lab/counts.json"), as: UTF8.self).contains("\"00\": 12"))
    try folder.write("{\"ghz-populations\": {\"00\": 20}}", to: "few.json")
    let few = try Self.run("analyze lab --counts few.json", in: folder)
    #expect(few.status == 65 && few.error.contains("There are no counts of ghz-parity-0"), "\(few.error)")
  }

  /// Noise that does nothing is no silent success: rules that never fire are named, and waiting has to take time.
  @Test func noiseThatDoesNothingIsSaid() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "rules:\n  - {name: calibration, on: [one-qubit], overRotation: 0.1}\n  - {name: pair, on: [two-qubit], channel: depolarizing, "
        + "errorProbability: 0.01}\n", to: "lab-3.yaml")
    let rb = try HilbertProcess(
      arguments: ["benchmark", "fidelity"] + Self.words("rb --lengths 1,4,8 --circuits 2 --noise lab-3.yaml --output run"),
      in: folder)
    #expect(rb.status == 0 && rb.error.contains("noise: the rule 'calibration' never fired"), "\(rb.error)")
    // A model without a name has that of its file.
    #expect(rb.output.contains("noise lab-3"), "\(rb.output)")
    try folder.write("times: {phase: 0, one-qubit: 35}\nrelaxation: {t1: 100000, t2: 90000}\n", to: "still.yaml")
    let still = try Self.run("coherence --noise still.yaml", in: folder)
    #expect(still.status == 65 && still.error.contains("times: {id: 35}"), "\(still.error)")
    try folder.write("times: {id: 35}\nrelaxation: {t1: 2000, t2: 1500}\n", to: "waiting.yaml")
    let waiting = try Self.run("coherence --noise waiting.yaml --shots 200 --output w", in: folder)
    #expect(waiting.status == 0, "\(waiting.error)")
  }

  /// The protocols that came last, from the command line.
  @Test(arguments: [
    ("purity bell.qasm --shots 500", "purity of qubit 1"), ("gst --lengths 1,2 --shots 300", "process fidelity of sx"),
    ("detector --shots 500", "Y in the readout of qubit 0"),
  ]) func laterProtocolsRun(_ options: String, _ name: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\nh q[0];\ncx q[0], q[1];\n", to: "bell.qasm")
    let process = try Self.run(options + " --output run", in: folder)
    #expect(process.status == 0 && process.output.contains(name), "\(process.error)")
    #expect(try Self.run("export \(options) --output lab", in: folder).status == 0)
    #expect(try Self.run("analyze lab --counts run/counts.json", in: folder).status == 0)
  }

  /// Two runs with other settings, or the same seed, are compared with a word on it.
  @Test func comparisonsSayWhatElseDiffers() throws {
    let folder = try TemporaryFolder()
    for (name, count) in [("a", 2), ("b", 3)] {
      #expect(try Self.run("ghz --qubits \(count) --shots 50 --output \(name)", in: folder).status == 0)
    }
    for (second, message) in [("b", "ghz: the settings differ"), ("a", "ghz: both have the seed 0")] {
      let process = try HilbertProcess(arguments: ["benchmark", "fidelity", "compare", "a", second], in: folder)
      #expect(process.status == 0 && process.error.contains(message), "\(process.error)")
    }
  }

  /// A manifest that was damaged is named with the place of the damage, in words of its own.
  @Test(arguments: [
    (
      "{",
      "lab/manifest.json: The manifest was changed or damaged: the text is not well formed. Restore it, or make the folder again."
    ),
    ("\"seed\" : \"x\"", "lab/manifest.json: The manifest was changed or damaged: at seed. "), ("", "seed is missing. "),
    ("\"seed\" : 0, \"protocol\" : \"gh\"", "is a hilbert.fidelity-plan/1 of gh"),
  ]) func damagedManifestsAreNamed(_ replacement: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    #expect(try Self.run("export ghz --qubits 2 --output lab", in: folder).status == 0)
    var text = String(decoding: try folder.data("lab/manifest.json"), as: UTF8.self)
    if replacement == "{" {
      text = replacement
    } else {
      if replacement.contains("protocol") { text.replace("  \"protocol\" : \"ghz\",\n", with: "") }
      text.replace(replacement.isEmpty ? "  \"seed\" : 0,\n" : "\"seed\" : 0", with: replacement)
    }
    try folder.write(text, to: "lab/manifest.json")
    let process = try Self.run("analyze lab", in: folder)
    #expect(process.status == 65 && process.error.contains(message) && !process.error.contains("Decoding"), "\(process.error)")
  }

  /// What is not seen has no number: null in JSON, a dash in the table, and a reason.
  @Test func coherenceWithoutDecayHasNoNumbers() throws {
    let folder = try TemporaryFolder()
    let process = try Self.run("coherence --shots 200 --output run --format json", in: folder)
    let estimate = try #require(try Self.estimates(process).first)
    #expect(estimate["value"] is NSNull && estimate["high"] is NSNull && estimate["quality"] as? String == "poor")
    #expect(estimate["reason"] as? String == "up to 200 identity gates a decay cannot be told from a constant: take longer delays")
    #expect(!process.output.contains("\"inf\"") && !process.output.contains("\"nan\""))
    #expect(try !String(decoding: folder.data("run/results.json"), as: UTF8.self).contains("\"inf\""))
    let text = try Self.run("analyze run", in: folder)
    #expect(!text.output.contains("inf") && text.output.contains("told from a constant"), "\(text.output)")
  }

  /// The numbers that Qiskit Experiments prints beside the error, and groups at the same time.
  @Test func decaysAreSaidInFull() throws {
    let folder = try TemporaryFolder()
    try folder.write(Self.noise, to: "noise.yaml")
    let options = "--lengths 1,10,30 --circuits 5 --shots 200 --noise noise.yaml"
    let rb = try Self.estimates(Self.run("rb --qubits 2 \(options) --output rb --format json", in: folder))
    #expect(
      rb.compactMap { $0["name"] as? String } == ["error per Clifford", "alpha", "A", "B", "gates per Clifford", "error per CX"])
    let pairs = "xeb --on 0,1 --on 3,2 --depths 2,4,8 --circuits 4 --shots 100 --noise noise.yaml --output xeb --format json"
    let names = try Self.estimates(Self.run(pairs, in: folder)).compactMap { $0["name"] as? String }
    #expect(names.contains("error per cycle of qubits 0, 1") && names.contains("error per cycle of qubits 3, 2"), "\(names)")
  }
}
