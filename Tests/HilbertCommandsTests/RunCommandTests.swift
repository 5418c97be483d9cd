import Foundation
import Testing

/// `hilbert run` as a user sees it: the JSON object field by field, text, batches, gradients, noise, shots.
@Suite struct RunCommandTests {
  private let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try folder.write(
      """
      OPENQASM 3.0;
      include "stdgates.inc";
      input float[64] theta;
      input float[64] phi;
      qubit[3] q;
      ry(theta) q[0];
      rx(phi) q[1];
      cx q[0], q[2];
      """, to: "ansatz.qasm")
    try folder.write(
      "OPENQASM 3.0;\ninclude \"stdgates.inc\";\nqubit[2] q;\nbit[2] c;\nh q[0];\ncx q[0], q[1];\nc = measure q;\n", to: "bell.qasm"
    )
  }

  private func run(_ arguments: String...) throws -> [String: Any] {
    let process = try HilbertProcess(arguments: ["run"] + arguments + ["--format", "json"], in: folder)
    #expect(process.error == "")
    #expect(process.status == 0)
    return try process.json()
  }

  private func numbers(_ value: Any?) throws -> [[String: Any]] { try #require(value as? [[String: Any]]) }

  @Test func theObjectHasTheFixedFields() throws {
    let object = try run(
      "bell.qasm", "--amplitudes", "--probabilities", "--expectation", "Z0 Z1 + 0.5 X0", "--shots", "100", "--seed", "3")
    #expect(object["schema"] as? String == "hilbert.run/1")
    #expect(object["qubitCount"] as? Int == 2)
    #expect(object["bitOrder"] as? String == "qubit 0 rightmost")
    #expect(object["method"] as? String == "state-vector")
    #expect(object["seed"] as? Int == 3)
    #expect(object["precision"] as? String == "double")
    for key in ["version", "threads", "simdLevel", "wallSeconds"] { #expect(object[key] != nil, "\(key)") }
    let amplitudes = try #require(object["amplitudes"] as? [[Double]])
    let root = 0.5.squareRoot()
    for (found, expected) in zip(amplitudes, [[root, 0], [0, 0], [0, 0], [root, 0]]) {
      #expect(abs(found[0] - expected[0]) < 1e-15 && abs(found[1]) < 1e-15)
    }
    let probabilities = try #require(object["probabilities"] as? [String: Double])
    #expect(Set(probabilities.keys) == ["00", "11"])
    let counts = try #require(object["counts"] as? [String: Int])
    #expect(counts.values.reduce(0, +) == 100 && Set(counts.keys).isSubset(of: ["00", "11"]))
    let expectation = try numbers(object["expectations"])[0]
    #expect(expectation["observable"] as? String == "Z0 Z1 + 0.5 X0")
    #expect(abs(try #require(expectation["value"] as? Double) - 1) < 1e-15)
    #expect(expectation["standardError"] as? Double == 0)
    #expect(object["gradients"] == nil && object["samples"] == nil)
  }

  @Test func gradientsGoByTheNamesOfInputs() throws {
    let object = try run(
      "ansatz.qasm", "--input", "theta=0.7", "--input", "phi=0.4", "--gradient", "--expectation", "Z0", "--expectation", "Y1 Z2")
    let gradients = try numbers(object["gradients"])
    #expect(gradients.map { "\($0["observable"]!) \($0["parameter"]!)" } == ["Z0 theta", "Z0 phi", "Y1 Z2 theta", "Y1 Z2 phi"])
    let (s, c) = (sin(0.7), cos(0.7))
    let expected = [-s, 0, sin(0.4) * s, -cos(0.4) * c]
    for (found, wanted) in zip(gradients, expected) { #expect(abs(try #require(found["value"] as? Double) - wanted) < 1e-13) }
  }

  @Test func aTableIsABatch() throws {
    try folder.write("phi,theta\n0.4,0.7\n1.1,-0.2\n0,0\n", to: "points.csv")
    let object = try run(
      "ansatz.qasm", "--inputs", "points.csv", "--expectation", "Z0", "--gradient", "--probabilities", "--shots", "10")
    let samples = try numbers(object["samples"])
    #expect(samples.count == 3 && object["expectations"] == nil)
    for (sample, theta) in zip(samples, [0.7, -0.2, 0]) {
      let value = try #require(numbers(sample["expectations"])[0]["value"] as? Double)
      #expect(abs(value - cos(theta)) < 1e-13)
      let slope = try #require(numbers(sample["gradients"]).first { $0["parameter"] as? String == "theta" }?["value"] as? Double)
      #expect(abs(slope + sin(theta)) < 1e-13)
      #expect((sample["counts"] as? [String: Int])?.values.reduce(0, +) == 10)
    }
    #expect(samples[2]["probabilities"] as? [String: Double] == ["000": 1])
    // A column and an option together; one row is still a batch.
    try folder.write("phi\n0.4\n", to: "one.csv")
    let one = try run("ansatz.qasm", "--inputs", "one.csv", "--input", "theta=0.7", "--expectation", "Y1")
    #expect(abs(try #require(numbers(numbers(one["samples"])[0]["expectations"])[0]["value"] as? Double) + sin(0.4)) < 1e-13)
  }

  @Test func noiseIsExactOrSampled() throws {
    try folder.write(
      "rules: [{name: flips, on: [two-qubit], channel: depolarizing, errorProbability: 0.15}]\nreadout: [{qubits: [0, 1], p01: 0.1, p10: 0.1}]\n",
      to: "noise.yaml")
    let exact = try run(
      "bell.qasm", "--noise", "noise.yaml", "--method", "density-matrix", "--expectation", "Z0 Z1", "--shots", "20000")
    #expect(exact["method"] as? String == "density-matrix" && exact["shotMethod"] as? String == "sampling")
    // 1 - 16/15 p, and a factor 1 - 2 * 0.1 for each qubit that is read.
    let expected = 0.84 * 0.64
    #expect(abs(try #require(numbers(exact["expectations"])[0]["value"] as? Double) - expected) < 1e-12)
    #expect((exact["noise"] as? [String])?.first == "flips: 1")
    for object in [exact, try run("bell.qasm", "--noise", "noise.yaml", "--shots", "20000")] {
      let counts = try #require(object["counts"] as? [String: Int])
      let even = Double((counts["00"] ?? 0) + (counts["11"] ?? 0)) / 20000
      #expect(abs(even - (1 + expected) / 2) < 5 * (0.25 / 20000).squareRoot())
    }
    let estimate = try numbers(
      run("bell.qasm", "--noise", "noise.yaml", "--method", "trajectories", "--shots", "4000", "--expectation", "Z0 Z1")[
        "expectations"])[0]
    let (value, error) = (try #require(estimate["value"] as? Double), try #require(estimate["standardError"] as? Double))
    #expect(error > 0 && abs(value - expected) < 5 * error)
  }

  @Test func theLargestEntriesAndSomeQubits() throws {
    let top = try run("ansatz.qasm", "--input", "theta=0.7", "--input", "phi=0.4", "--amplitudes", "--probabilities", "--top", "2")
    #expect(Set(try #require(top["amplitudes"] as? [String: [Double]]).keys) == ["000", "101"])
    #expect((top["probabilities"] as? [String: Double])?.count == 2)
    let some = try run("ansatz.qasm", "--input", "theta=0.7", "--input", "phi=0.4", "--probabilities", "--qubits", "1,0")
    let probabilities = try #require(some["probabilities"] as? [String: Double])
    // The first listed qubit, 1, stands on the right.
    #expect(abs(try #require(probabilities["01"]) - pow(cos(0.35) * sin(0.2), 2)) < 1e-14)
  }

  @Test func sameSeedSameShots() throws {
    func counts(_ arguments: String...) throws -> [String: Int] {
      let process = try HilbertProcess(
        arguments: ["run", "bell.qasm", "--shots", "500", "--format", "json"] + arguments, in: folder)
      return try #require(process.json()["counts"] as? [String: Int])
    }
    let first = try counts("--seed", "5", "--threads", "1")
    #expect(try counts("--seed", "5", "--threads", "2") == first)
    #expect(try counts("--seed", "6") != first)
  }

  @Test func askedForNothing() throws {
    #expect(try run("bell.qasm")["shots"] as? Int == 1000)
    #expect(try run("ansatz.qasm", "--input", "theta=0", "--input", "phi=0")["probabilities"] as? [String: Double] == ["000": 1])
    let text = try HilbertProcess("run", "ansatz.qasm", "--input", "theta=0", "--input", "phi=0", in: folder)
    #expect(
      text.output
        == "3 qubits, state-vector; qubit 0 is the rightmost digit\n\nstate  probability\n-----  -----------\n  000     1.000000\n")
  }

  /// What is chosen among is asked for with it, and values may be negative.
  @Test func aChoiceAsksForProbabilities() throws {
    let top = try run("bell.qasm", "--top", "1")
    #expect((top["probabilities"] as? [String: Double])?.count == 1 && top["counts"] == nil)
    #expect((try run("bell.qasm", "--qubits", "1")["probabilities"] as? [String: Double])?.count == 2)
    let value = try run("bell.qasm", "--expectation", "-Z0 Z1")
    #expect(abs(try #require(numbers(value["expectations"])[0]["value"] as? Double) + 1) < 1e-14)
    try folder.write(
      "OPENQASM 3.0;\ninput array[float[64], 1] w;\nqubit[1] q;\nU(w[0], 0, 0) q[0];\n", to: "one.qasm")
    let one = try run("one.qasm", "--input", "w=0.7", "--expectation", "Z0")
    #expect(abs(try #require(numbers(one["expectations"])[0]["value"] as? Double) - cos(0.7)) < 1e-14)
  }

  @Test func precisionAndMethods() throws {
    let object = try run("bell.qasm", "--probabilities", "--precision", "float", "--method", "density-matrix")
    #expect(object["precision"] as? String == "float" && object["method"] as? String == "density-matrix")
    #expect(abs(try #require((object["probabilities"] as? [String: Double])?["11"]) - 0.5) < 1e-6)
  }
}
