import FidelityBenchmarks
import Foundation
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import Stabilizers
import TestSupport
import Testing

/// What protocols make of noise that is not depolarizing: the known biases, against numbers from transfer matrices.
///
/// The models are those of Examples/NoiseModels/over-rotations.yaml and damping.yaml, the figures those of
/// Documentation/FidelityBenchmarks.md.
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

  /// The factor of the decay: the eigenvalue nearest to 1 of X -> mean of R X U^T over elements, U what an element does to X, Y and
  /// Z.
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

  /// What benchmarking reads is the decay of theory; it is near the mean error of elements, from which gates that err differently
  /// part it.
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

  /// Pauli gates twirl what errs between layers: a layer's error is that of its gates, but for the turns of gates in a row on one
  /// qubit.
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
      #expect(estimate.low < fidelity * fidelity && fidelity * fidelity < estimate.high, "\(estimate) and \(fidelity * fidelity)")
    }
  }

  /// Pauli gates of neighbouring layers are independent, so that each layer's errors are twirled by themselves: the decay of a word
  /// is one exponential where errors are coherent too, and the quality says so, though long circuits scatter ten times as much as
  /// short ones.
  @Test(arguments: [2, 3]) func coherentCyclesDecayByOneExponential(_ count: Int) throws {
    let gate = Circuit(qubits: count) { CX(0, 1) }
    let benchmark = try CycleBenchmarking(of: gate, depths: [2, 8, 32], words: 15, circuitsPerDepth: 10, shots: 500)
    let poor = try (1...20 as ClosedRange<UInt64>).count { seed in
      try benchmark.run(on: Kind.coherent.device, seed: seed).estimates[0].quality == .poor
    }
    // One in 370 reports by chance: two of 20 are a thing of a seventh of a percent.
    #expect(poor <= 1, "\(poor) of 20")
  }

  /// A gate that is worse after some use is not: the same quality notices it.
  @Test func cyclesThatWearOutAreNoticed() throws {
    let benchmark = try CycleBenchmarking(
      of: Circuit(qubits: 1) { H(0) }, depths: [2, 8, 16, 32, 64], circuitsPerDepth: 10, shots: 1000)
    // One percent of error up to 16 cycles, six beyond.
    let circuits = try DrawnCircuits(benchmark.circuits(seed: 1)) { circuit in
      let depth = Double(circuit.name.split(separator: "-")[2])!
      return .pow(0.99, min(depth, 16)) * .pow(0.94, max(0, depth - 16))
    }
    var source = RandomSource(seed: 1)
    let estimate = try benchmark.analyze(circuits.data(shots: 1000, &source), seed: 1).estimates[0]
    #expect(estimate.quality == .poor && estimate.reason.contains("standard errors off one exponential decay"), "\(estimate)")
  }

  // MARK: - The table of the document

  /// What References/protocol_biases.py wrote: the truth by numpy, and what the default settings read.
  struct Row: Decodable {
    let `protocol`: String
    let noise: String
    let estimate: String
    let options: String
    let truth: Double
    /// What theory has the decay of such layers show; nil where other gates stand between them.
    let decay: Double?
    let value: Double
    let low: Double
    let high: Double
    let quality: String

    static let all: [Row] = {
      let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "References/protocol_biases.json")
      return try! JSONDecoder().decode([Row].self, from: Data(contentsOf: file))
    }()
  }

  /// Whatever is blind to preparation and readout reads what is true of its circuits, within three standard errors and a tenth.
  /// What is not reads the errors of the gates that measure as well, and finds less than is there. The ratio of two decays of
  /// coherent errors may be off by the reference error; where layers follow each other that do not make errors random, coherent
  /// ones add up, to twice the error and more.
  @Test(arguments: Row.all.indices) func readingsAreTrueButForKnownBiases(_ place: Int) throws {
    let row = Row.all[place]
    let interval = 0.8 * (row.high - row.low)
    #expect(row.low <= row.value && row.value <= row.high)
    if let decay = row.decay { #expect(abs(row.value - decay) < interval, "\(row)") }
    switch row.protocol {
    case "ghz", "w", "bell", "tomography", "direct-fidelity", "purity", "process-tomography":
      #expect(row.value < row.truth + interval && row.value > row.truth - interval - 0.04, "\(row)")
    case "rb" where row.options.contains("interleaved"):
      #expect(abs(row.value - row.truth) < interval + (row.noise == "damping" ? 0.1 * row.truth : 0.002), "\(row)")
    case "direct" where row.noise != "damping", "xeb" where row.noise != "damping":
      #expect(row.low > row.truth && row.value < 4 * row.truth, "\(row)")
    default:
      let error = row.estimate.contains("error") ? row.truth : 1 - row.truth
      #expect(abs(row.value - row.truth) < interval + 0.1 * error, "\(row)")
    }
  }

  /// The table gives these numbers and no others.
  @Test func theDocumentHasTheseRows() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    let text = try String(contentsOf: root.appending(path: "Documentation/FidelityBenchmarks.md"), encoding: .utf8)
    for place in stride(from: 0, to: Row.all.count, by: 2) {
      let cells = Row.all[place...place + 1].map { row in
        func shown(_ value: Double) -> String { String(format: row.high - row.low < 0.005 ? "%.5f" : "%.4f", value) }
        return "\(shown(row.truth)) | \(shown(row.value)), \(shown(row.low)) to \(shown(row.high))"
      }
      let row = Row.all[place]
      let command = row.protocol + (row.options.isEmpty ? "" : " " + row.options)
      let line = "| `\(command)`: \(row.estimate) | \(cells.joined(separator: " | ")) |"
      #expect(text.contains(line), "\(line)")
    }
  }
}
