import Foundation
import TestSupport
import Testing

/// `hilbert noise` says what a file adds; help documents every key with an example that is read.
@Suite struct NoiseCommandTests {
  private static let example = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Examples/NoiseModels/five-transmons.yaml").standardizedFileURL

  @Test func theExampleIsSaidInWords() throws {
    let process = try HilbertProcess("noise", Self.example.path, in: TemporaryFolder())
    #expect(process.status == 0 && process.error == "")
    for part in [
      "five transmons\n", "gate error   one-qubit, not phase", "Depolarizing(errorProbability: 0.006) on 2 qubits", "on [2, 3]",
      "to neighbours", "over-rotation by 0.01 of the angle", "relaxation: T1 150000, T2 100000",
      "readout of qubits [3, 4]: 3.75 % of values",
    ] { #expect(process.output.contains(part), "\(part) in\n\(process.output)") }
  }

  @Test func jsonHoldsTheRules() throws {
    let json = try HilbertProcess("noise", Self.example.path, "--format", "json", in: TemporaryFolder()).json()
    #expect(json["schema"] as? String == "hilbert.noise/1" && json["name"] as? String == "five transmons")
    let rules = try #require(json["rules"] as? [[String: Any]])
    #expect(rules.count == 5)
    #expect(abs(try #require(rules[0]["processInfidelity"] as? Double) - 6e-4) < 1e-12)
  }

  /// The help's example is the file, and every channel is named.
  @Test func helpDocumentsTheFile() throws {
    let help = try HilbertProcess("help", "noise", in: TemporaryFolder()).output
    let lines = try String(contentsOf: Self.example, encoding: .utf8).split(separator: "\n").dropFirst()
    #expect(lines.count == 22)
    let words = Set(help.split(whereSeparator: \.isWhitespace))
    for line in lines {
      for word in line.split(separator: " ") { #expect(words.contains(word), "\(word) of: \(line)") }
    }
    for key in ["except", "exactly", "ordered:", "lindblad:", "kraus:", "thermal_relaxation", "excitedPopulation", "trapped-ion"] {
      #expect(help.contains(key), "\(key)")
    }
  }

  @Test func aMistakeHasItsPlace() throws {
    let folder = try TemporaryFolder()
    try "rules: [{channel: bit_flp, p: 0.1}]\n".write(to: folder.url.appending(path: "m.yaml"), atomically: true, encoding: .utf8)
    let process = try HilbertProcess("noise", "m.yaml", in: folder)
    #expect(process.status == 65 && process.output == "")
    #expect(process.error.contains("m.yaml:1:19: unknown value 'bit_flp' for 'rules[0].channel'; did you mean 'bit_flip'?"))
  }

  @Test(arguments: [
    ("rules: [{gates: [cnot], channel: bit_flip, p: 0.1}]", "unknown value 'cnot' for 'rules[0].gates[0]'; did you mean 'cx'?"),
    ("", "m.yaml:1:1: the file is empty"), ("", "start from the example of hilbert help noise"),
    ("hello", "the file wants keys and values, found 'hello'"),
    (
      "rules: [{gates: [cx], exactly: [0], channel: bit_flip, p: 0.1}]",
      "'exactly' names 1 qubit, and the rule's operations have 2"
    ),
  ])
  func mistakesSayWhatIsMeant(_ text: String, _ message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(text, to: "m.yaml")
    let process = try HilbertProcess("noise", "m.yaml", in: folder)
    #expect(process.status == 65 && process.error.contains(message), "\(process.error)")
  }

  /// Rules that will do nothing, or less than they seem to, are said before and in a run.
  @Test func idleRulesAreNoted() throws {
    let folder = try TemporaryFolder()
    try folder.write(
      "relaxation: {t1: 100, t2: 100}\nrules: [{name: turn, on: [one-qubit], overRotation: 0.1}]\n", to: "idle.yaml")
    let process = try HilbertProcess("noise", "idle.yaml", in: folder)
    #expect(process.output.contains("warning: relaxation adds nothing while no operation takes time"))
    #expect(process.output.contains("warning: the rule 'turn' scales angles"))
    try folder.write(
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[1] q;\nh q[0];\nrx(0.3) q[0];\n", to: "c.qasm")
    let run = try HilbertProcess("run", "c.qasm", "--noise", "idle.yaml", in: folder)
    #expect(run.error.contains("the rule 'turn' leaves H(0) as it is"), "\(run.error)")
  }
}
