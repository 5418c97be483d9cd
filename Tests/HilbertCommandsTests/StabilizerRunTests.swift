import Foundation
import Testing

/// `hilbert run --method stabilizer`: counts, and shots as packed bits.
@Suite struct StabilizerRunTests {
  private static func ghz(_ count: Int) -> String {
    "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[\(count)] q;\nbit[\(count)] c;\nh q[0];\n"
      + "for int i in [0:\(count - 2)] { cx q[i], q[i + 1]; }\nc = measure q;\n"
  }

  private static func run(_ text: String, _ options: String, in folder: TemporaryFolder) throws -> HilbertProcess {
    try folder.write(text, to: "circuit.qasm")
    try folder.write("rules: [{on: [two-qubit], channel: depolarizing, errorProbability: 0.1}]\n", to: "noise.yaml")
    try folder.write("readout: [{qubits: [0], p01: 0.1, p10: 0.1}]\n", to: "readout.yaml")
    let words = options.split(separator: " ").map(String.init)
    return try HilbertProcess(arguments: ["run", "circuit.qasm", "--method", "stabilizer", "--quiet"] + words, in: folder)
  }

  @Test func outcomesAreCounted() throws {
    let folder = try TemporaryFolder()
    let json = try Self.run(Self.ghz(3), "--shots 2000 --seed 4 --format json", in: folder).json()
    #expect(json["method"] as? String == "stabilizer" && json["shotMethod"] as? String == "stabilizer")
    let counts = try #require(json["counts"] as? [String: Int])
    #expect(Set(counts.keys) == ["000", "111"])
    let zeros = try #require(counts["000"])
    #expect(abs(zeros - 1000) < 120)
  }

  /// The same noise as density matrices have: both give 000 in nearly the same share of shots.
  @Test func noiseIsThatOfDensityMatrices() throws {
    let folder = try TemporaryFolder()
    var shares: [Double] = []
    for method in ["stabilizer", "density-matrix"] {
      try folder.write(Self.ghz(4), to: "circuit.qasm")
      try folder.write("rules: [{on: [two-qubit], channel: depolarizing, errorProbability: 0.1}]\n", to: "noise.yaml")
      let process = try HilbertProcess(
        arguments: ["run", "circuit.qasm", "--shots", "20000", "--method", method, "--noise", "noise.yaml", "--format", "json"],
        in: folder)
      let counts = try #require(try process.json()["counts"] as? [String: Int])
      shares.append(Double(counts["0000", default: 0]) / 20_000)
    }
    #expect(abs(shares[0] - shares[1]) < 5 * 0.0035 * 2.0.squareRoot(), "\(shares)")
  }

  /// Errors of readout that depend on the value: |1> of qubit 0 is reported as 0 ten times as often as the other way round.
  @Test func readoutErrorsAreDrawn() throws {
    let folder = try TemporaryFolder()
    try folder.write("readout: [{qubits: [0], p01: 0.02, p10: 0.2}]\n", to: "errors.yaml")
    let json = try Self.run(Self.ghz(40), "--shots 20000 --seed 3 --noise errors.yaml --format json", in: folder).json()
    let counts = try #require(json["counts"] as? [String: Int])
    let zeros = String(repeating: "0", count: 40)
    let ones = String(repeating: "1", count: 40)
    #expect(counts.count == 4)
    for (outcome, share) in [(zeros, 0.49), (zeros.dropLast() + "1", 0.01), (ones, 0.4), (ones.dropLast() + "0", 0.1)] {
      let found = Double(try #require(counts[String(outcome)])) / 20_000
      #expect(abs(found - share) < 5 * (share * (1 - share) / 20_000).squareRoot(), "\(outcome): \(found)")
    }
    #expect(try Self.run(Self.ghz(3), "--shots 10 --bits b.b8 --noise errors.yaml", in: folder).status == 0)
  }

  /// 100 qubits in 13 bytes a shot, the same for any number of threads; of a GHZ state all bits of a shot are equal.
  @Test func shotsArePackedIntoBits() throws {
    let folder = try TemporaryFolder()
    for threads in [1, 2] {
      let process = try Self.run(Self.ghz(100), "--shots 9000 --seed 2 --bits bits-\(threads).b8 --threads \(threads)", in: folder)
      #expect(process.status == 0, "\(process.error)")
      #expect(process.output.contains("bits-\(threads).b8 holds 100 bits of each in 13 bytes, the first lowest"))
    }
    let bytes = [UInt8](try folder.data("bits-1.b8"))
    let others = [UInt8](try folder.data("bits-2.b8"))
    #expect(bytes.count == 13 * 9000 && bytes == others)
    let ones = (0..<9000).count { bytes[13 * $0] == 0xFF }
    for shot in 0..<9000 {
      let row = bytes[13 * shot..<13 * (shot + 1)]
      #expect(row.dropLast().allSatisfy { $0 == row.first! } && row.last! == row.first! & 0x0F)
    }
    #expect(abs(ones - 4500) < 250)
    let json = try Self.run(Self.ghz(100), "--shots 10 --bits other.b8 --format json", in: folder).json()
    #expect(json["bits"] as? String == "other.b8" && json["bitCount"] as? Int == 100 && json["counts"] == nil)
  }

  @Test(arguments: [
    ("--amplitudes", 64, "--method stabilizer draws shots"), ("--expectation Z0", 64, "--method stabilizer draws shots"),
    ("--shots 10 --bits none/b.b8", 73, "cannot write none/b.b8"),
  ]) func whatItCannotDoIsRefused(_ options: String, _ status: Int32, _ message: String) throws {
    let process = try Self.run(Self.ghz(3), options, in: TemporaryFolder())
    #expect(process.status == status && process.error.contains(message), "\(process.error)")
  }

  @Test func otherGatesAreRefusedByName() throws {
    let folder = try TemporaryFolder()
    let process = try Self.run("OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[1] q;\nt q[0];\n", "--shots 5", in: folder)
    #expect(
      process.status == 65 && process.error.contains("T(0)") && process.error.contains("no Clifford gate"), "\(process.error)")
    let other = try HilbertProcess("run", "circuit.qasm", "--bits", "b.b8", in: folder)
    #expect(other.status == 64 && other.error.contains("--bits goes with --method stabilizer"))
    // More bits than counts are kept of.
    let wide = try Self.run(Self.ghz(70), "--shots 5", in: folder)
    #expect(wide.status == 65 && wide.error.contains("take --method stabilizer with --bits FILE"), "\(wide.error)")
  }
}
