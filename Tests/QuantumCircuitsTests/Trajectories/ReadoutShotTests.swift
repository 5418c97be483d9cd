import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Errors of readout in shots and in probabilities: the exact distribution of reported values, whatever the method.
struct ReadoutShotTests {
  static let pair: RealMatrix = [
    [0.9, 0.05, 0.04, 0.01], [0.04, 0.85, 0.02, 0.06], [0.05, 0.03, 0.9, 0.08], [0.01, 0.07, 0.04, 0.85],
  ]

  static func readout() throws -> ReadoutError {
    var readout = try ReadoutError(p01: 0.05, p10: 0.12, qubits: [1])
    try readout.add(pair, on: [2, 0])
    return readout
  }

  static let bell = Circuit(qubits: 3) {
    H(0)
    CX(0, 1)
    RY(0.7, 2)
    AmplitudeDamping(0.1, 1)
  }

  @Test(arguments: [ShotMethod.branching, .trajectories])
  func reportedCountsHaveTheExactDistribution(_ method: ShotMethod) throws {
    let readout = try Self.readout()
    let exact = readout.applied(to: try ReferenceDensity(after: Self.bell).probabilities, of: [0, 1, 2])
    var source = RandomSource(seed: 12)
    let settings = TrajectorySettings(method: method, readout: readout)
    let counts = try Self.bell.run(shots: 20_000, using: &source, settings: settings).counts
    let z = Statistics.chiSquareZScore(counts: exact.indices.map { counts.occurrences[$0] ?? 0 }, probabilities: exact)
    #expect(abs(z) < 4)
  }

  @Test func samplingFromOneStateReportsToo() throws {
    let pure = Circuit(qubits: 3) {
      H(0); CX(0, 1); RY(0.7, 2)
    }
    let model = NoiseModel(rules: [], readout: try Self.readout())
    var source = RandomSource(seed: 13)
    let (result, report) = try pure.run(shots: 20_000, under: model, using: &source)
    #expect(result.method == .sampling && report.fired.isEmpty)
    let exact = try Self.readout().applied(to: ReferenceDensity(after: pure).probabilities, of: [0, 1, 2])
    let z = Statistics.chiSquareZScore(
      counts: exact.indices.map { result.counts.occurrences[$0] ?? 0 }, probabilities: exact)
    #expect(abs(z) < 4)
  }

  /// What is reported in the middle decides what is done next.
  static let conditional = Circuit(qubits: 2, bits: 3) {
    RY(0.9, 0)
    Measure(0, into: 0)
    If(ClassicalBit(0)) { X(1) }
    Measure(0, into: 1)
    Measure(1, into: 2)
  }

  @Test(arguments: [ShotMethod.branching, .trajectories])
  func aReportInTheMiddleDecides(_ method: ShotMethod) throws {
    let readout = try ReadoutError(p01: 0.1, p10: 0.2, qubits: [0])
    var source = RandomSource(seed: 14)
    let result = try Self.conditional.run(
      shots: 20_000, using: &source, settings: TrajectorySettings(method: method, readout: readout))
    // The qubit is 1 with probability p; each report of it errs by itself; qubit 1 follows the first report.
    let p = Double.sin(0.45) * Double.sin(0.45)
    let confusion: [[Double]] = [[0.9, 0.1], [0.2, 0.8]]
    let exact = (0..<8).map { value -> Double in
      let (first, second, third) = (value & 1, value >> 1 & 1, value >> 2)
      guard first == third else { return 0 }
      let zero = (1 - p) * confusion[0][first] * confusion[0][second]
      return zero + p * confusion[1][first] * confusion[1][second]
    }
    let z = Statistics.chiSquareZScore(counts: (0..<8).map { result.counts.occurrences[$0] ?? 0 }, probabilities: exact)
    #expect(abs(z) < 4)
  }

  @Test func everyMethodAndNumberOfThreadsReportsTheSame() throws {
    func memory(_ method: ShotMethod, _ threads: Int, _ circuit: Circuit, _ readout: ReadoutError) throws -> [BitString] {
      var source = RandomSource(seed: 15)
      let result = try circuit.run(
        shots: 500, using: &source,
        settings: TrajectorySettings(method: method, readout: readout, loop: ParallelLoop(threads: threads)))
      return (0..<500).map { result.memory(ofShot: $0) }
    }
    for (circuit, readout) in [
      (Self.bell, try Self.readout()), (Self.conditional, try ReadoutError(p01: 0.1, p10: 0.2, qubits: [0, 1])),
    ] {
      let expected = try memory(.trajectories, 1, circuit, readout)
      #expect(Set(expected).count > 2)
      #expect(try memory(.trajectories, 3, circuit, readout) == expected)
      #expect(try memory(.branching, 2, circuit, readout) == expected)
    }
  }

  @Test func probabilitiesAreOfReportedValuesWithTheirGradient() throws {
    let w = Parameters(2), x = Features(1)
    let circuit = Circuit(qubits: 3) {
      RY(w[0], 0)
      CX(0, 1)
      RX(x[0] + w[1], 2)
      CRY(w[1], 1, 2)
    }
    let features: RealMatrix = [[0.3], [-0.8]]
    let parameters = [0.6, 1.1]
    for rule in [[], [NoiseRule("decay", on: .twoQubit, .amplitudeDamping(0.1))]] {
      let model = NoiseModel(rules: rule, readout: try Self.readout())
      let (function, _) = try CircuitFunction.probabilities(of: [0, 2, 1], after: circuit, under: model)
      let noisy = try model.applied(to: circuit).circuit
      let values = try function.values(features: features, parameters: parameters)
      for sample in 0..<2 {
        let state = try ReferenceDensity(after: noisy, parameters: parameters, features: features.row(sample))
        let reported = try Self.readout().applied(to: state.probabilities, of: [0, 1, 2])
        // Qubits 0, 2, 1: bits 1 and 2 change places.
        let expected = [0, 1, 4, 5, 2, 3, 6, 7].map { reported[$0] }
        #expect(maximumDifference(values.row(sample), expected) < 1e-12)
      }
      let cotangents = RealMatrix(rows: 2, columns: 8, elements: (0..<16).map { .sin(Double($0)) })
      func gradient(_ method: GradientMethod) throws -> [Double] {
        let result = try function.valueWithGradient(
          features: features, parameters: parameters, cotangents: cotangents, method: method)
        return result.gradient.parameters + result.gradient.features.elements
      }
      #expect(maximumDifference(try gradient(.adjoint), try gradient(.finiteDifferences(step: 3e-6))) < 1e-8)
      #expect(maximumDifference(try gradient(.adjoint), try gradient(.generalShift)) < 1e-10)
    }
  }

  @Test func qubitsConfusedTogetherAreReadTogether() throws {
    let readout = try Self.readout()
    let part = Circuit(qubits: 3, bits: 1) {
      H(0); Measure(0, into: 0)
    }
    let error = #expect(throws: CompilationError.self) {
      var source = RandomSource(seed: 1)
      return try part.run(shots: 10, using: &source, settings: TrajectorySettings(readout: readout))
    }
    #expect(
      error?.description
        == "A readout error of qubits [2, 0] together cannot be used here: the end of the circuit reads only some of "
        + "them, and what they report depends on the others; measure them in one instruction.")
    #expect(throws: CompilationError.self) {
      try CircuitFunction.probabilities(of: [0, 1], after: Self.bell, under: NoiseModel(readout: readout))
    }
  }
}
