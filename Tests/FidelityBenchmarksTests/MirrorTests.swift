import FidelityBenchmarks
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers
import TestSupport
import Testing

/// Protocols of layers: mirror, direct, unitarity, and the volume of mirror circuits.
@Suite struct MirrorTests {
  static func noise(one: Double, two: Double) -> NoiseModel {
    NoiseModel(rules: [
      NoiseRule("one", on: .oneQubit, .depolarizing(errorProbability: Angle(one))),
      NoiseRule("two", on: .twoQubit, .depolarizing(errorProbability: Angle(two), qubitCount: 2)),
    ])
  }

  /// Without noise every circuit gives its target, on any number of qubits and either way of running.
  @Test(arguments: [1, 2, 3, 7, 40]) func mirrorsDoNothing(_ count: Int) throws {
    let benchmark = try MirrorBenchmarking(qubits: count, depths: [0, 2, 10], circuitsPerDepth: 3, shots: 20)
    let report = try benchmark.run(on: SimulatedDevice(), seed: 3)
    #expect(report.curves[0].y.allSatisfy { abs($0 - 1) < 1e-12 })
    #expect(abs(report.estimates[0].value) < 1e-6)
  }

  @Test(arguments: [1, 2, 4]) func directSequencesDoNothing(_ count: Int) throws {
    let benchmark = try DirectBenchmarking(qubits: count, depths: [0, 1, 5], circuitsPerDepth: 3, shots: 20)
    let report = try benchmark.run(on: SimulatedDevice(), seed: 3)
    #expect(report.curves[0].y.allSatisfy { $0 == 1 })
  }

  @Test(arguments: [2, 4]) func mirrorVolumeDoesNothing(_ count: Int) throws {
    let report = try MirrorVolume(width: count, circuits: 100, shots: 20).run(on: SimulatedDevice(), seed: 3)
    #expect(report.estimates[0].value > 1 - 1e-12)
    #expect(try #require(report["mirror quantum volume"]).value == Double(1 << count))
  }

  /// The mean over circuits of the error of a layer: that something happens to any of its gates, Pauli gates of one layer included.
  static func errorPerLayer(_ circuits: [PlannedCircuit], depth: Int, shallow: Int, one: Double, two: Double) -> Double {
    func logarithm(_ depth: Int) -> Double {
      let own = circuits.filter { $0.name.split(separator: "-")[1] == "\(depth)" }
      let sum = own.reduce(0) { sum, circuit in
        circuit.circuit.instructions.reduce(sum) { sum, instruction in
          guard instruction.isUnitary, instruction.kind != .barrier else { return sum }
          return sum + Double.log(1 - (instruction.qubits.count == 2 ? two : one))
        }
      }
      return sum / Double(own.count)
    }
    return 1 - .exp((logarithm(depth) - logarithm(shallow)) / Double(depth - shallow))
  }

  /// Of depolarizing gates the error of a layer is that of all its gates together, up to errors that cancel.
  @Test(arguments: [2, 8]) func errorOfALayerIsThatOfItsGates(_ count: Int) throws {
    let (one, two) = (0.0005, 0.004)
    let device = SimulatedDevice(noise: Self.noise(one: one, two: two))
    let mirror = try MirrorBenchmarking(qubits: count, depths: [2, 8, 32, 64], circuitsPerDepth: 40, shots: 400)
    let truth = Self.errorPerLayer(mirror.circuits(seed: 4), depth: 64, shallow: 2, one: one, two: two)
    let estimate = try mirror.run(on: device, seed: 4).estimates[0]
    #expect(abs(estimate.value - truth) < 0.1 * truth + (estimate.high - estimate.low) / 2, "\(estimate) and \(truth)")
    #expect(estimate.quality == .good)
    guard count <= 4 else { return }
    let direct = try DirectBenchmarking(qubits: count, depths: [0, 8, 32, 64], circuitsPerDepth: 40, shots: 400)
    let own = Self.errorPerLayer(direct.circuits(seed: 4), depth: 64, shallow: 0, one: one, two: two)
    let found = try direct.run(on: device, seed: 4).estimates[0]
    #expect(abs(found.value - own) < 0.1 * own + (found.high - found.low) / 2, "\(found) and \(own)")
  }

  /// Depolarizing noise has the unitarity f^2, over-rotations have 1 while their error is as large, and damping does not shift it.
  @Test func unitarityTellsCoherentErrors() throws {
    let benchmark = try UnitarityBenchmarking(qubits: 1, lengths: [1, 4, 8, 16], circuitsPerLength: 12, shots: 2000)
    // The mean over elements of the product of their gates' factors.
    let p = 0.02
    let stochastic = try benchmark.run(on: SimulatedDevice(noise: Self.noise(one: p, two: 0)), seed: 8).estimates[0]
    var source = RandomSource(seed: 1)
    var lengths: [Clifford: Int] = [:]
    while lengths.count < 24 {
      let element = Clifford.random(qubits: 1, using: &source)
      lengths[element] = element.gates().count
    }
    let factor = lengths.values.reduce(0) { $0 + Double.pow(1 - 4 * p / 3, 2 * $1) } / 24
    #expect(abs(stochastic.value - factor) < 0.8 * (stochastic.high - stochastic.low), "\(stochastic) and \(factor)")
    let turned = NoiseModel(rules: [
      NoiseRule("turn", gates: [.h, .s, .sdg, .x, .y, .z], effect: .channel(.overRotation(.x, by: 0.2)))
    ])
    let coherent = try benchmark.run(on: SimulatedDevice(noise: turned), seed: 8).estimates
    #expect(coherent[0].high > 1 - 0.005 && coherent[1].value < 0.003, "\(coherent)")
  }

  @Test func wrongSettingsAreRefused() {
    #expect(throws: BenchmarkError.self) { try MirrorBenchmarking(qubits: 2, depths: [1, 2, 4]) }
    #expect(throws: BenchmarkError.self) { try MirrorBenchmarking(qubits: 63) }
    #expect(throws: BenchmarkError.self) { try MirrorBenchmarking(qubits: 2, density: 1.5) }
    #expect(throws: BenchmarkError.self) { try MirrorVolume(width: 3) }
    #expect(throws: BenchmarkError.self) { try DirectBenchmarking(qubits: 11) }
    #expect(throws: BenchmarkError.self) { try UnitarityBenchmarking(qubits: 4) }
  }

  // MARK: - Coverage

  /// A polarization of 0.985 for each layer, by the depth in a circuit's name.
  private static func covered(_ benchmark: some FidelityProtocol, repetitions: Int, truth: Double) throws -> Int {
    try DrawnCircuits(benchmark.circuits(seed: 1)) { .pow(0.985, Double($0.name.split(separator: "-")[1])!) }
      .covered(by: benchmark, repetitions: repetitions, truth: truth)
  }

  /// Within the exact 99.7 % band of a binomial of 400 with 0.95: 366 to 391.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func mirrorIntervalsCoverTheTruth() throws {
    let benchmark = try MirrorBenchmarking(qubits: 3, depths: [2, 8, 16, 32, 64], circuitsPerDepth: 10, shots: 200)
    let covered = try Self.covered(benchmark, repetitions: 400, truth: 0.015 * 63 / 64)
    #expect((366...391).contains(covered), "\(covered) of 400")
  }

  /// Within the exact 99.9 % band of a binomial of 200 with 0.95: 179 to 198.
  @Test(.tags(.slow), .enabled(if: TestSettings.runsSlowTests))
  func directIntervalsCoverTheTruth() throws {
    let benchmark = try DirectBenchmarking(qubits: 2, depths: [0, 8, 16, 32, 64], circuitsPerDepth: 10, shots: 200)
    let covered = try Self.covered(benchmark, repetitions: 200, truth: 0.015 * 15 / 16)
    #expect((179...198).contains(covered), "\(covered) of 200")
  }
}
