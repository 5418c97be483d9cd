import Foundation
import Testing

/// `hilbert run` under noise: the method that is taken and named, errors of readout wherever is measured, many shots.
@Suite struct NoisyRunTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    let head = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\n"
    try folder.write(head + "qubit[18] q;\nx q;\n", to: "wide.qasm")
    try folder.write(head + "qubit[2] q;\nx q;\n", to: "small.qasm")
    try folder.write(
      head + "qubit[2] q;\nbit[2] c;\nx q[0];\nc[0] = measure q[0];\nif (c[0]) { x q[1]; }\nc[1] = measure q[1];\n",
      to: "dynamic.qasm")
    try folder.write("rules: [{on: [one-qubit], channel: bit_flip, p: 0.1}]\n", to: "flips.yaml")
    try folder.write("readout: [{qubits: [0], p10: 0.25}]\n", to: "readout.yaml")
    try folder.write(
      "readout:\n"
        + [0..<9, 9..<18].map { "- {qubits: [\($0.map(String.init).joined(separator: ", "))], p01: 0.1, p10: 0.2}\n" }.joined(),
      to: "all.yaml")
  }

  private func run(_ arguments: String...) throws -> [String: Any] {
    let process = try HilbertProcess(arguments: ["run"] + arguments + ["--format", "json"], in: folder)
    #expect(process.error == "")
    #expect(process.status == 0)
    return try process.json()
  }

  private func expectation(_ object: [String: Any]) throws -> (value: Double, error: Double) {
    let first = try #require((object["expectations"] as? [[String: Any]])?.first)
    return (try #require(first["value"] as? Double), try #require(first["standardError"] as? Double))
  }

  /// A density matrix of 18 qubits fits nowhere; trajectories do it.
  @Test func trajectoriesStandInForLargeDensityMatrices() throws {
    let object = try run("wide.qasm", "--noise", "flips.yaml", "--expectation", "Z0", "--shots", "200")
    #expect(object["method"] as? String == "trajectories")
    let (value, error) = try expectation(object)
    #expect(error > 0 && abs(value + 0.8) < 5 * error)
    let process = try HilbertProcess("run", "wide.qasm", "--noise", "flips.yaml", "--expectation", "Z0", in: folder)
    #expect(process.status == 64 && process.error.contains("estimated by trajectories; give --shots"))
  }

  @Test func smallOnesAreExact() throws {
    let object = try run("small.qasm", "--noise", "flips.yaml", "--expectation", "Z0", "--shots", "10")
    #expect(object["method"] as? String == "density-matrix")
    let (value, error) = try expectation(object)
    #expect(error == 0 && abs(value + 0.8) < 1e-12)
  }

  /// Shots alone are named after what they were drawn from.
  @Test func shotsAreNamedAfterTheirMethod() throws {
    for (file, noise, method, how) in [
      ("small.qasm", "flips.yaml", "density-matrix", "sampling"), ("wide.qasm", "flips.yaml", "trajectories", "trajectories"),
      ("small.qasm", "readout.yaml", "state-vector", "sampling"), ("dynamic.qasm", "readout.yaml", "trajectories", "branching"),
    ] {
      let object = try run(file, "--noise", noise, "--shots", "20")
      #expect(object["method"] as? String == method && object["shotMethod"] as? String == how, "\(file) \(noise)")
      #expect((object["counts"] as? [String: Int])?.values.reduce(0, +) == 20)
    }
  }

  /// What is reported in the middle, wrong or not, decides what is done.
  @Test func readoutErrsInTheMiddleToo() throws {
    let counts = try #require(
      run("dynamic.qasm", "--noise", "readout.yaml", "--shots", "4000")["counts"] as? [String: Int])
    #expect(Set(counts.keys) == ["00", "11"])
    let zeros = Double(counts["00"] ?? 0), deviation = (4000 * 0.25 * 0.75).squareRoot()
    #expect(abs(zeros - 1000) < 5 * deviation)
  }

  /// A file without measurements reports what a measurement would: its rules, its time and errors of readout, for counts,
  /// probabilities and expectation values alike.
  @Test func impliedMeasurementsAreNoisyToo() throws {
    let head = "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[1] q;\n"
    try folder.write(head + "x q[0];\n", to: "implied.qasm")
    try folder.write(head + "bit[1] c;\nx q[0];\nc = measure q;\n", to: "explicit.qasm")
    try folder.write(
      "times: {measurement: 10}\nrelaxation: {t1: 100, t2: 100}\nrules: [{on: [measurement], channel: bit_flip, p: 0.2}]\n",
      to: "measured.yaml")
    var found: [Double] = []
    for file in ["implied.qasm", "explicit.qasm"] {
      let object = try run(
        file, "--noise", "measured.yaml", "--expectation", "Z0", "--probabilities", "--shots", "100000", "--seed", "1")
      let one = try #require((object["probabilities"] as? [String: Double])?["1"])
      #expect(abs(try expectation(object).value - (1 - 2 * one)) < 1e-12)
      let counts = try #require(object["counts"] as? [String: Int])
      #expect(abs(Double(counts["1"] ?? 0) / 1e5 - one) < 5 * (one * (1 - one) / 1e5).squareRoot())
      #expect((object["noise"] as? [String])?.contains { $0.hasSuffix(": 1") } ?? false, "the rule fired")
      found.append(one)
    }
    // The flip, then exp(-10/100) of what is left in |1>.
    #expect(found[0] == found[1] && abs(found[0] - 0.8 * exp(-0.1)) < 1e-12, "\(found)")
  }

  /// Relaxation without times adds nothing, which is said.
  @Test func relaxationWithoutTimesIsNoted() throws {
    try folder.write("relaxation: {t1: 100, t2: 100}\n", to: "timeless.yaml")
    let process = try HilbertProcess("run", "small.qasm", "--noise", "timeless.yaml", in: folder)
    #expect(
      process.error
        == "timeless.yaml: the relaxation never fired: no operation of the circuit takes time; give times of operations\n")
  }

  /// Errors of readout double the words of an observable for each of its qubits; beyond the limit the message says what to do.
  @Test func widthOfReadoutHasALimit() throws {
    let word = (0..<18).map { "Z\($0)" }.joined(separator: " ")
    let process = try HilbertProcess("run", "wide.qasm", "--noise", "all.yaml", "--expectation", word, in: folder)
    #expect(process.status != 0 && process.error.contains("its errors make up to 262144 words"), "\(process.error)")
    let short = try run("wide.qasm", "--noise", "all.yaml", "--expectation", "Z0 Z17")
    // -0.7 + 0.1 for each Z.
    #expect(abs(try expectation(short).value - 0.36) < 1e-12)
  }

  /// More shots than are kept in memory at once.
  @Test func manyShotsAreCountedInParts() throws {
    let object = try run("small.qasm", "--shots", "10000000", "--method", "state-vector")
    #expect(object["counts"] as? [String: Int] == ["11": 10_000_000])
  }

  /// A standard error that one shot does not have is null, and snapshots are of trajectories.
  @Test func whatIsNotKnownIsNull() throws {
    try folder.write(
      """
      {"schema": "hilbert.circuit/1", "qubits": [{"name": "q", "size": 1}], "instructions": [{"gate": "h", "qubits": [0]},
        {"op": "snapshot", "label": "middle", "observable": "X0", "qubits": [0]}]}
      """, to: "snapshot.json")
    let object = try run("snapshot.json", "--shots", "1", "--noise", "flips.yaml")
    #expect(object["method"] as? String == "trajectories")
    let records = try #require((object["snapshots"] as? [String: [[String: Any]]])?["middle"])
    #expect(abs(try #require((records[0]["values"] as? [Double])?.first) - 1) < 1e-12)
    #expect((records[0]["standardErrors"] as? [Any])?.first is NSNull)
  }
}
