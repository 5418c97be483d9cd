import Foundation
import Testing

/// `hilbert benchmark speed` computes what the independent script References/speed_check_values.py does.
@Suite struct SpeedBenchmarkTests {
  /// A workload at one size, with the numbers that it must give.
  struct Reference: Decodable, Sendable, CustomTestStringConvertible {
    let arguments: String
    let checksum: [Double]
    let amplitudes: [[Double]]?

    var testDescription: String { arguments }
    var isSampled: Bool { arguments.contains("--shots") }

    static let all: [Reference] = {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References/speed_check_values.json")
      return (try? JSONDecoder().decode([Reference].self, from: Data(contentsOf: file))) ?? []
    }()
  }

  static func speed(_ arguments: String) throws -> HilbertProcess {
    try HilbertProcess(
      arguments: ["benchmark", "speed"] + arguments.split(separator: " ").map(String.init), in: TemporaryFolder())
  }

  @Test func everyWorkloadHasReferences() {
    let named = Set(Reference.all.map { $0.arguments.split(separator: " ")[1] })
    #expect(
      named == [
        "statevector", "qft", "adjoint", "training-step", "training-step-two-phase", "kernel", "sampling", "density",
        "trajectories",
      ])
  }

  @Test(arguments: Reference.all, ["float", "double"])
  func checkValues(reference: Reference, precision: String) throws {
    let process = try Self.speed("\(reference.arguments) --precision \(precision) --check")
    #expect(process.error == "")
    let line = try process.json()
    #expect(line["precision"] as? String == (precision == "float" ? "c64" : "c128"))
    // Five standard errors of 100,000 shots, or the rounding of the printed line (nine digits) and of the precision.
    let tolerance = reference.isSampled ? 5 / 100_000.0.squareRoot() : precision == "float" ? 2e-5 : 2e-8
    let found = try #require(line["checksum"] as? [Double])
    #expect(found.count == reference.checksum.count)
    for (found, expected) in zip(found, reference.checksum) {
      #expect(abs(found - expected) <= tolerance * max(1, abs(expected)))
    }
    guard let amplitudes = reference.amplitudes else { return }
    #expect(abs(try #require(line["norm"] as? Double) - 1) <= tolerance)
    let shown = try #require(line["amplitudes"] as? [[Double]])
    #expect(shown.count == 16)
    for (found, expected) in zip(shown.joined(), amplitudes.joined()) { #expect(abs(found - expected) <= tolerance) }
  }

  @Test func theLineIsTheOneOfThePeers() throws {
    let process = try Self.speed("--workload adjoint --qubits 4 --repeat 2 --threads 1")
    let line = try process.json()
    #expect(process.output.hasPrefix(#"{"workload": "adjoint", "peer": "hilbert", "variant": "", "size": {"#))
    #expect(process.output.contains(#""size": {"n": 4, "layers": 5, "obs": "ham", "params": 40}, "precision": "c128", "#))
    #expect(line["threads"] as? Int == 1)
    #expect(line["reps"] as? Int == 2)
    #expect(try #require(line["seconds"] as? Double) > 0)
    #expect(try #require(line["peak_mb"] as? Int) > 0)
    // Timing more calls, with other numbers, leaves the check values those of the first.
    let expected = try #require(Reference.all.first { $0.arguments.contains("adjoint --qubits 4") })
    #expect(abs(try #require(line["checksum"] as? [Double])[0] - expected.checksum[0]) < 1e-8)
  }

  /// The observables of both workloads leave some of the circuit out.
  @Test(arguments: ["adjoint --qubits 6 --observable z0 --layers 2", "density --qubits 5 --layers 2"])
  func lightConesHaveTheSameCheckValues(arguments: String) throws {
    let lines = try ["", " --light-cone"].map { try Self.speed("--workload \(arguments) --check\($0)").json() }
    let found = try lines.map { try #require($0["checksum"] as? [Double]) }
    #expect(found[1].count >= 2)
    for (whole, cone) in zip(found[0], found[1]) { #expect(abs(whole - cone) < 1e-8) }
  }

  @Test(arguments: [
    ("", "give either --workload NAME or --suite"),
    ("--workload qft --suite", "give either --workload NAME or --suite"),
    ("--workload qft", "--workload qft needs --qubits"),
    ("--workload adjoint --qubits 2", "--qubits wants a whole number from 3 to 40, found 2"),
    ("--workload kernel --qubits 3 --samples 2", "--samples wants a whole number from 3 to 100000, found 2"),
    ("--workload qft --qubits 3 --light-cone", "--light-cone is for adjoint and density"),
    ("--workload fft --qubits 3", "The value 'fft' is invalid for '--workload <workload>'"),
  ])
  func wrongUsage(arguments: String, message: String) throws {
    let process = try Self.speed(arguments)
    #expect(process.status == 64)
    #expect(process.error.contains(message), "\(process.error)")
  }
}
