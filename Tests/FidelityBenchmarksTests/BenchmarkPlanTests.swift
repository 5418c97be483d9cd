import FidelityBenchmarks
import Foundation
import QuantumCircuits
import QuantumStates
import Testing

@Suite struct BenchmarkPlanTests {
  static let benchmarks: [any FidelityProtocol] = [
    try! RandomizedBenchmarking(
      groups: [[0, 2], [3, 1]], lengths: [1, 2, 4], circuitsPerLength: 2, shots: 10, interleaved: .cx),
    try! MirrorBenchmarking(qubits: 3, depths: [0, 2, 4], circuitsPerDepth: 2, density: 0.3, shots: 10),
    try! DirectBenchmarking(qubits: 2, depths: [0, 1, 2], circuitsPerDepth: 2, shots: 10),
    try! UnitarityBenchmarking(qubits: 1, lengths: [1, 2, 3], circuitsPerLength: 2, shots: 10),
    try! MirrorVolume(width: 2, circuits: 2),
    try! CrossEntropy(groups: [[2, 0], [1, 4, 3]], depths: [1, 2, 3], circuitsPerDepth: 2, shots: 10),
    try! QuantumVolume(width: 3, circuits: 3, shots: 5),
    try! LayerFidelity(qubits: 3, depths: [4, 5, 6], circuitsPerDepth: 2, shots: 10),
    try! CycleBenchmarking(
      of: Circuit(qubits: 3) {
        CX(0, 1); S(2)
      }, depths: [0, 2], words: 3, circuitsPerDepth: 2, shots: 10),
    try! GHZFidelity(qubits: 3, shots: 8), try! WFidelity(qubits: 3, shots: 8), try! BellTest(qubits: [2, 1], shots: 8),
    try! DirectFidelity(
      of: Circuit(qubits: 2) {
        RY(0.3, 0); CX(0, 1)
      }, words: 3, shots: 9),
    try! ProcessTomography(of: Circuit(qubits: 1) { T(0) }, shots: 9), try! ReadoutCharacterization(qubits: 2, shots: 6),
    try! PurityTest(
      of: Circuit(qubits: 2) {
        RY(0.3, 0); CX(0, 1)
      }, shots: 30), try! DetectorTomography(qubits: 2, shots: 20),
    try! GateSetTomography(gates: [.id, .h], qubit: 1, lengths: [1, 2], shots: 500),
    try! CoherenceTimes(qubits: 2, delays: [0, 2, 4, 6, 8, 12, 16, 20], shots: 20),
    try! ApplicationBenchmark(widths: [2, 4], circuitsPerWidth: 2, shots: 20),
    try! StateTomography(
      of: Circuit(qubits: 2) {
        RY(0.1, 0); CX(0, 1)
      }, shots: 7),
  ]

  private static func decoded(_ plan: BenchmarkPlan) throws -> BenchmarkPlan {
    try JSONDecoder().decode(BenchmarkPlan.self, from: JSONEncoder().encode(plan))
  }

  /// A plan that was written and read draws the same circuits and reads the same counts.
  @Test(arguments: benchmarks.indices) func plansAreWrittenAndRead(_ place: Int) throws {
    func check(_ benchmark: some FidelityProtocol) throws {
      let plan = BenchmarkPlan(benchmark, seed: 5)
      let read = try Self.decoded(plan)
      #expect(
        read.benchmark.circuitNames == benchmark.circuitNames && Set(benchmark.circuitNames).count == benchmark.circuitNames.count)
      #expect(read.benchmark.circuits(seed: 5) == benchmark.circuits(seed: 5))
      #expect(read.digest == plan.digest)
      for index in benchmark.circuitNames.indices { #expect(try !plan.openQASM(index).contains("#pragma")) }
      let data = try SimulatedDevice().counts(of: benchmark, seed: 5)
      #expect(try read.analyze(data) == plan.analyze(data))
      #expect(try BenchmarkData(json: data.json) == data)
    }
    try check(Self.benchmarks[place])
  }

  @Test func everyProtocolHasAPlan() {
    #expect(BenchmarkPlan.protocols.count == Self.benchmarks.count)
    #expect(Set(BenchmarkPlan.protocols.map { $0.word }).count == BenchmarkPlan.protocols.count)
  }

  /// A manifest of circuits that would be drawn otherwise today says nothing of counts.
  @Test func otherCircuitsAreRefused() throws {
    let plan = BenchmarkPlan(Self.benchmarks[0] as! RandomizedBenchmarking, seed: 5)
    let text = String(decoding: try JSONEncoder().encode(plan), as: UTF8.self).replacing(plan.digest, with: "abc")
    let other = try JSONDecoder().decode(BenchmarkPlan.self, from: Data(text.utf8))
    let data = try SimulatedDevice().counts(of: plan.benchmark, seed: 5)
    #expect(throws: BenchmarkError.self) { try other.analyze(data) }
  }

  @Test func settingsThatAreReadAreChecked() throws {
    let plan = BenchmarkPlan(try GHZFidelity(qubits: 3, shots: 8), seed: 5)
    let text = String(decoding: try JSONEncoder().encode(plan), as: UTF8.self).replacing("\"qubits\":3", with: "\"qubits\":1")
    #expect(throws: BenchmarkError.settings("A GHZ state takes 2 to 62 qubits and at least 1 shot, not 1 and 8.")) {
      try JSONDecoder().decode(BenchmarkPlan.self, from: Data(text.utf8))
    }
  }

  @Test(arguments: [
    ("{\"a\": {\"0\": 3}, \"b\": {\"0\": 1}, \"a\": {\"0\": 2}}", "The circuit a is listed twice"),
    ("{\"counts\": {\"a\": {\"0\": 3}, \"a\": {\"0\": 2}}}", "The circuit a is listed twice"),
    ("{\"a\": {\"0\": 3, \"1\": 1, \"0\": 2}}", "an outcome that is listed twice"),
  ])
  func whatIsListedTwiceIsRefused(text: String, message: String) {
    let error = #expect(throws: BenchmarkError.self) { try BenchmarkData(json: text) }
    #expect(error.map { "\($0)".contains(message) } == true, "\(String(describing: error))")
  }

  @Test func countsMayStandUnderAKey() throws {
    #expect(try BenchmarkData(json: "{\"counts\": {\"a\": {\"01\": 3}}}") == BenchmarkData(json: "{\"a\": {\"01\": 3}}"))
  }
}
