import FidelityBenchmarks
import Foundation
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Gate-set tomography against pyGSTi, and against gates that are known.
@Suite struct GateSetTests {
  /// What References/gate_set_tomography.py wrote.
  struct Reference: Decodable {
    struct Fit: Decodable {
      let deviance: Double
      let state: [Double]
      let effect: [Double]
      let gates: [[[Double]]]
    }
    let shots: Int
    let lengths: [Int]
    let sequences: [[Int]]
    let zeros: [Int]
    let fits: [String: Fit]

    init() throws {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References/gate_set_tomography.json")
      self = try JSONDecoder().decode(Reference.self, from: Data(contentsOf: file))
    }
  }

  private static func counts(_ reference: Reference, of benchmark: GateSetTomography) -> BenchmarkData {
    let counts = zip(benchmark.circuitNames, reference.zeros).map { name, zeros in
      (name, OutcomeCounts(occurrences: [0: zeros, 1: reference.shots - zeros], width: 1))
    }
    return BenchmarkData(Dictionary(uniqueKeysWithValues: counts))
  }

  /// Counts of one device, read by pyGSTi and here: the same likelihood, the same gates in the nearest basis.
  @Test func likelihoodsAndGatesAreThoseOfPyGSTi() throws {
    let reference = try Reference()
    let benchmark = try GateSetTomography(gates: [.id], lengths: reference.lengths, shots: reference.shots)
    #expect(benchmark.circuitNames.count == reference.sequences.count)
    for (index, sequence) in reference.sequences.enumerated() {
      let gates = benchmark.circuit(index, seed: 0).instructions.dropLast().filter { $0.kind != .barrier }
      #expect(gates.map { $0.name.lowercased() } == sequence.map { ["sx", "sy", "i"][$0] })
    }
    let data = Self.counts(reference, of: benchmark)
    for (name, isPhysical, tolerance) in [("full TP", false, 5e-4), ("CPTPLND", true, 2e-3)] {
      let (theirs, (ours, deviance)) = (try #require(reference.fits[name]), try benchmark.fit(data, isPhysical: isPhysical))
      #expect(abs(deviance - theirs.deviance) < (isPhysical ? 0.5 : 0.01), "\(name): \(deviance) and \(theirs.deviance)")
      #expect(maximumDifference(ours.state, theirs.state) < tolerance, "\(name): \(ours.state) and \(theirs.state)")
      #expect(maximumDifference(ours.effect, theirs.effect) < tolerance, "\(name): \(ours.effect) and \(theirs.effect)")
      for (our, their) in zip(ours.gates, theirs.gates) {
        #expect(maximumDifference(our.elements, their.flatMap { $0 }) < tolerance, "\(name): \(our) and \(their)")
      }
    }
  }

  static let probability = 0.015
  static let device = SimulatedDevice(
    noise: NoiseModel(
      rules: [
        NoiseRule("one", on: .oneQubit, .depolarizing(errorProbability: Angle(probability))),
        NoiseRule("turn", gates: [.sx], effect: .channel(.overRotation(.x, by: 0.05))),
      ], readout: try! ReadoutError(p01: 0.02, p10: 0.05, qubits: [0])))

  /// Process fidelities, errors of readout and coherent parts of a model of gates that are the same each time.
  @Test func gatesOfAModelAreFound() throws {
    let benchmark = try GateSetTomography(shots: 2000)
    let data = try Self.device.counts(of: benchmark, seed: 4)
    let report = try benchmark.analyze(data, seed: 4)
    let still = 1 - Self.probability
    // Of the turn by t: cos^2(t/2) of what is not depolarized, and a third of the X among what is.
    let (kept, turned) = (Double.cos(0.025) * .cos(0.025), Double.sin(0.025) * .sin(0.025))
    for (name, truth) in [
      ("process fidelity of sx", still * kept + Self.probability / 3 * turned), ("process fidelity of sy", still),
      ("process fidelity of id", still), ("0 read after |0>", 0.98), ("1 read after |1>", 0.95),
    ] {
      #expect(CharacterizationTests.holds(report[name], truth), "\(String(describing: report[name])) and \(truth)")
      #expect(try #require(report[name]).high - #require(report[name]).low < 0.02)
    }
    let factor = 1 - 4 * Self.probability / 3
    #expect(abs(try #require(report["unitarity of sx"]).value - factor * factor) < 0.004)
    let (physical, _) = try benchmark.fit(data, isPhysical: true)
    for gate in physical.gates { #expect(try Channel(transfer: gate).kraus().count <= 4) }
  }

  /// A gate that does something else each time has no place in a gate set, and the report says so.
  @Test func driftIsNoticed() throws {
    let benchmark = try GateSetTomography(shots: 2000)
    let drift = SimulatedDevice(
      noise: NoiseModel(rules: [NoiseRule("turn", gates: [.sx], effect: .channel(.overRotation(.x, by: 0.15)))]))
    let halves = try [SimulatedDevice(), drift].enumerated().map { try $1.counts(of: benchmark, seed: UInt64($0)) }
    // Half of the circuits before the drift, half after.
    let counts = benchmark.circuitNames.enumerated().map { ($1, halves[$0 % 2].counts[$1]!) }
    let report = try benchmark.analyze(BenchmarkData(Dictionary(uniqueKeysWithValues: counts)), seed: 0)
    #expect(report.estimates[0].quality == .poor && report.estimates[0].reason.hasPrefix("no one gate set explains the counts"))
  }

  /// Within the exact 99.9 % band of a binomial of 200 with 0.95: 179 to 198.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func intervalsCoverTheTruth() throws {
    let benchmark = try GateSetTomography(lengths: [1, 2, 4], shots: 500)
    let circuits = try DrawnCircuits(benchmark.circuits(seed: 1), under: Self.device.noise!)
    let covered = try circuits.covered(by: benchmark, repetitions: 200, place: 1, truth: 1 - Self.probability)
    #expect((179...198).contains(covered), "\(covered) of 200")
  }
}
