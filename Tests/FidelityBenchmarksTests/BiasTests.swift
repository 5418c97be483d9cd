import FidelityBenchmarks
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers
import TestSupport
import Testing

/// What protocols make of noise that is not depolarizing: the known biases, against numbers from transfer matrices.
///
/// The models are those of Examples/NoiseModels/over-rotations.yaml and damping.yaml, the figures those of Documentation/FidelityBenchmarks.md.
@Suite struct BiasTests {
  enum Kind: String, CaseIterable {
    case coherent, damping

    var one: Channel { self == .coherent ? .overRotation(.x, by: 0.06) : .amplitudeDamping(0.003) }
    var two: Channel { self == .coherent ? .overRotation(.z, by: 0.08) : .amplitudeDamping(0.01) }

    var device: SimulatedDevice {
      SimulatedDevice(
        noise: NoiseModel(rules: [NoiseRule("one", on: .oneQubit, one), NoiseRule("two", on: .twoQubit, two)]))
    }
  }

  /// The transfer matrices of all 24 elements as they should be and as their gates are.
  static func elements(_ kind: Kind) throws -> [(ideal: RealMatrix, real: RealMatrix)] {
    let noise = try kind.one.transfer()
    var source = RandomSource(seed: 1)
    var seen: [Clifford: (RealMatrix, RealMatrix)] = [:]
    while seen.count < 24 {
      let element = Clifford.random(qubits: 1, using: &source)
      guard seen[element] == nil else { continue }
      var (ideal, real) = (RealMatrix.identity(4), RealMatrix.identity(4))
      for gate in element.gates() {
        let own = try Channel(kraus: [Gate(rawValue: gate.name.rawValue)!.matrix()]).transfer()
        (ideal, real) = (own * ideal, noise * own * real)
      }
      seen[element] = (ideal, real)
    }
    return seen.values.map { $0 }
  }

  /// The mean over elements of their average infidelity.
  static func meanError(_ elements: [(ideal: RealMatrix, real: RealMatrix)]) -> Double {
    let fidelity = elements.reduce(0) { $0 + ($1.ideal.transpose * $1.real).trace / 4 } / Double(elements.count)
    return 2 * (1 - fidelity) / 3
  }

  /// The factor of the decay: the eigenvalue nearest to 1 of X -> mean of R X U^T over elements, U what an element does to X, Y and Z.
  ///
  /// Source: Proctor, Rudinger, Young, Sarovar, Blume-Kohout, "What randomized benchmarking actually measures", 2017.
  static func decayFactor(_ elements: [(ideal: RealMatrix, real: RealMatrix)]) -> Double {
    var (x, factor) = (RealMatrix([[0, 0, 0], [1, 0, 0], [0, 1, 0], [0, 0, 1]]), 1.0)
    for _ in 0..<200 {
      var next = RealMatrix(rows: 4, columns: 3)
      for (ideal, real) in elements {
        let turn = RealMatrix((1..<4).map { row in (1..<4).map { ideal[row, $0] } })
        next = next + real * x * turn.transpose
      }
      factor = (1..<4).reduce(0) { $0 + next[$1, $1 - 1] } / (1..<4).reduce(0) { $0 + x[$1, $1 - 1] } / Double(elements.count)
      x = (1 / next.frobeniusNorm) * next
    }
    return factor
  }

  /// What benchmarking reads is the decay of theory; it is near the mean error of elements, from which gates that err differently part it.
  @Test(arguments: Kind.allCases) func benchmarkingReadsTheDecayOfTheory(_ kind: Kind) throws {
    let elements = try Self.elements(kind)
    let (theory, mean) = ((1 - Self.decayFactor(elements)) / 2, Self.meanError(elements))
    let benchmark = try RandomizedBenchmarking(
      qubits: 1, lengths: [1, 50, 100, 200, 400, 800], circuitsPerLength: 60, shots: 1000)
    let estimate = try benchmark.run(on: kind.device, seed: 3).estimates[0]
    #expect(CharacterizationTests.holds(estimate, theory), "\(estimate) and \(theory)")
    #expect(abs(theory - mean) < 0.1 * mean, "\(theory) and \(mean)")
  }

  /// Coherent errors part sequences of one length from each other, and the interval with them; damping does not.
  @Test func coherentErrorsWidenIntervals() throws {
    let benchmark = try RandomizedBenchmarking(qubits: 1, lengths: [1, 100, 400], circuitsPerLength: 40, shots: 4000)
    let widths = try Kind.allCases.map { kind in
      let estimate = try benchmark.run(on: kind.device, seed: 4).estimates[0]
      return (estimate.high - estimate.low) / estimate.value
    }
    #expect(widths[0] > 2 * widths[1], "\(widths)")
  }

  /// The ratio of two decays is not the error of a gate whose coherent error adds to or takes from those around it.
  @Test(arguments: Kind.allCases) func interleavingIsBiasedByCoherentErrors(_ kind: Kind) throws {
    let benchmark = try RandomizedBenchmarking(
      qubits: 1, lengths: [1, 50, 100, 200, 400], circuitsPerLength: 60, shots: 1000, interleaved: .x)
    let report = try benchmark.run(on: kind.device, seed: 5)
    let (estimate, reference) = (report.estimates[0], report.estimates[1])
    let truth = try 1 - ChannelMetrics(kind.one).averageGateFidelity
    #expect(abs(estimate.value - truth) < 2 * reference.value)
    if kind == .damping { #expect(estimate.low < truth * 1.1 && truth * 0.9 < estimate.high, "\(estimate) and \(truth)") }
  }

  /// Decay alone has less than the unitarity of a unitary; turns have 1, whatever their size.
  @Test(arguments: Kind.allCases) func unitarityIsThatOfTheNoise(_ kind: Kind) throws {
    let benchmark = try UnitarityBenchmarking(qubits: 1, lengths: [1, 16, 64, 128], circuitsPerLength: 16, shots: 1000)
    let estimate = try benchmark.run(on: kind.device, seed: 6).estimates[0]
    let truth = try Self.elements(kind).reduce(0) { sum, element in
      let squares = (1..<4).reduce(0) { sum, row in (1..<4).reduce(sum) { $0 + element.real[row, $1] * element.real[row, $1] } }
      return sum + squares / 3 / 24
    }
    #expect(abs(estimate.value - truth) < max(0.0005, estimate.high - estimate.low), "\(estimate) and \(truth)")
  }

  /// Pauli gates twirl what errs between layers: a layer's error is that of its gates, but for the turns of gates in a row on one qubit.
  @Test(arguments: Kind.allCases) func mirrorsTwirl(_ kind: Kind) throws {
    let benchmark = try MirrorBenchmarking(qubits: 2, depths: [2, 8, 32, 64], circuitsPerDepth: 40, shots: 1000)
    let (one, two) = (try ChannelMetrics(kind.one).processFidelity, try ChannelMetrics(kind.two).processFidelity)
    let truth = MirrorTests.errorPerLayer(
      benchmark.circuits(seed: 4), depth: 64, shallow: 2, one: 1 - one, two: 1 - two * two)
    let estimate = try benchmark.run(on: kind.device, seed: 4).estimates[0]
    #expect(abs(estimate.value - truth) < 0.35 * truth, "\(estimate) and \(truth)")
  }

  /// Cycle benchmarking and process tomography read the process fidelity of the noisy gate, coherent or not.
  @Test(arguments: Kind.allCases) func cyclesAndProcessesAreRead(_ kind: Kind) throws {
    let gate = Circuit(qubits: 2) { CX(0, 1) }
    let fidelity = try ChannelMetrics(kind.two).processFidelity
    let device = SimulatedDevice(noise: NoiseModel(rules: [NoiseRule("two", on: .twoQubit, kind.two)]))
    for benchmark in [
      try CycleBenchmarking(of: gate, depths: [2, 16, 64], circuitsPerDepth: 20, shots: 500),
      try ProcessTomography(of: gate, shots: 4000),
    ] as [any FidelityProtocol] {
      let estimate = try benchmark.run(on: device, seed: 7).estimates[0]
      // Turns leave the words of some circuits off a single exponential, which the quality says; the interval holds all the same.
      #expect(estimate.low < fidelity * fidelity && fidelity * fidelity < estimate.high, "\(estimate) and \(fidelity * fidelity)")
    }
  }
}
