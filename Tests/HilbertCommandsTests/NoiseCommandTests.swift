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
    #expect(lines.count == 12)
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
}
