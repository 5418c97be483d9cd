import FidelityBenchmarks
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

@Suite struct ApplicationTests {
  /// The outcome of a circuit that has only one, and the circuit.
  private static func outcome(_ application: Application, qubits count: Int, seed: UInt64) throws -> (Int, Circuit) {
    var source = RandomSource(seed: seed)
    let circuit = application.circuit(qubits: count, using: &source)
    let probabilities = try circuit.run().probabilities()
    let best = probabilities.indices.max { probabilities[$0] < probabilities[$1] }!
    #expect(probabilities[best] > 1 - 1e-9, "\(application) on \(count): \(probabilities[best])")
    return (best, circuit)
  }

  /// What each algorithm is for, by what is drawn first from the same numbers.
  @Test(arguments: [2, 4, 6], [1, 2, 3, 4] as [UInt64]) func algorithmsFindWhatIsHidden(_ count: Int, _ seed: UInt64) throws {
    func draw(_ bound: Int) -> Int {
      var source = RandomSource(seed: seed)
      return source.integer(below: bound)
    }
    #expect(try Self.outcome(.deutschJozsa, qubits: count, seed: seed).0 == draw(1 << (count - 1)))
    #expect(try Self.outcome(.bernsteinVazirani, qubits: count, seed: seed).0 == 1 + draw(1 << (count - 1) - 1))
    #expect(try Self.outcome(.hiddenShift, qubits: count, seed: seed).0 == draw(1 << count))
    #expect(try Self.outcome(.fourier, qubits: count, seed: seed).0 == (draw(1 << count) + 1) % (1 << count))
    #expect(try Self.outcome(.phaseEstimation, qubits: count, seed: seed).0 == draw(1 << (count - 1)) | 1 << (count - 1))
  }

  @Test(arguments: [4, 6, 8], [1, 2, 3, 4, 5] as [UInt64]) func theAdderAdds(_ count: Int, _ seed: UInt64) throws {
    let (outcome, _) = try Self.outcome(.adder, qubits: count, seed: seed)
    var source = RandomSource(seed: seed)
    let value = source.integer(below: 1 << (count - 2))
    let bits = (count - 2) / 2
    func number(_ word: Int, _ first: Int) -> Int { (0..<bits).reduce(0) { $0 | (word >> (first + 2 * $1) & 1) << $1 } }
    let (a, b) = (number(value, 1), number(value, 0))
    #expect(number(outcome, 1) | (outcome >> (count - 1)) << bits == a + b)
    #expect(number(outcome, 2) == a && outcome & 1 == 0)
  }

  @Test func everyApplicationRunsAndIsPerfectWithoutNoise() throws {
    let benchmark = try ApplicationBenchmark(widths: [2, 3, 4], circuitsPerWidth: 2, shots: 20_000)
    let report = try benchmark.run(on: SimulatedDevice(), seed: 1)
    #expect(Application.allCases.count >= 10)
    #expect(Set(report.volumes.map(\.name)).count == Application.allCases.count)
    for estimate in report.estimates { #expect(abs(estimate.value - 1) < 0.01, "\(estimate)") }
  }

  /// Depolarized outcomes: the normalized fidelity of a single ideal outcome is the share of right shots, rescaled.
  @Test func noiseLowersTheNormalizedFidelity() throws {
    let benchmark = try ApplicationBenchmark(applications: [.bernsteinVazirani], widths: [4], circuitsPerWidth: 4, shots: 4000)
    let circuits = try DrawnCircuits(benchmark.circuits(seed: 1)) { _ in 0.8 }
    var source = RandomSource(seed: 2)
    let estimate = try benchmark.analyze(circuits.data(shots: 4000, &source), seed: 1).estimates[0]
    #expect(estimate.low < 0.8 && 0.8 < estimate.high && estimate.high - estimate.low < 0.06, "\(estimate)")
  }

  @Test func wrongSettingsAreRefused() {
    #expect(throws: BenchmarkError.self) { try ApplicationBenchmark(widths: [4, 2]) }
    #expect(throws: BenchmarkError.self) { try ApplicationBenchmark(widths: [20]) }
    #expect(throws: BenchmarkError.self) { try ApplicationBenchmark(applications: [.adder], widths: [2, 3]) }
  }
}
