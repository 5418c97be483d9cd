import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Mitigated values against the noiseless ones: exact where the method is, within four standard errors where shots are drawn.
struct MitigationLaws {
  static func circuit(noise: [Channel]) -> Circuit {
    Circuit(qubits: 3) {
      for layer in 0..<2 {
        for qubit in 0..<3 {
          RY(0.4 + 0.3 * Angle(Double(qubit + layer)), qubit)
          for channel in noise { Instruction.channel(channel, on: qubit) }
        }
        CX(0, 1)
        CX(1, 2)
      }
    }
  }
  static let observable = Z(0) * Z(2) + 0.5 * X(1)

  static func exact(_ circuit: Circuit) throws -> Double { try ReferenceProgram(circuit).expectation(observable) }

  @Test(arguments: [1.0, 1.5, 2, 3, 5])
  func foldingKeepsTheUnitaryAndScalesTheGates(_ scale: Double) throws {
    let plain = Self.circuit(noise: [])
    let (folded, achieved) = plain.folded(scale: scale)
    #expect(fullUnitary(folded).isClose(to: fullUnitary(plain), tolerance: 1e-12))
    #expect(folded.operationCount == Int((achieved * Double(plain.operationCount)).rounded()))
    #expect(abs(achieved - scale) < 1.01 / Double(plain.operationCount))
    let noisy = Self.circuit(noise: [.depolarizing(errorProbability: 0.01)])
    let count = noisy.folded(scale: scale).circuit.instructions.count(where: \.isChannel)
    #expect(abs(Double(count) - scale * 6) <= 2)
    #expect(noisy.stretchingChannels(times: 3).instructions.count(where: \.isChannel) == 18)
  }

  /// Gates with a channel each, in blocks too; folded, each is written out as G G† G.
  static func dynamic(_ channel: Channel, isFolded: Bool = false) -> Circuit {
    func noisy(_ gate: Instruction) -> [Instruction] {
      let (there, back) = ([gate, .channel(channel, on: gate.targets[0])], [gate.inverse, .channel(channel, on: gate.targets[0])])
      return isFolded ? there + back + there : there
    }
    return Circuit(qubits: 2, bits: 1) {
      noisy(RY(0.9, 0))
      Measure(0, into: 0)
      If(ClassicalBit(0)) {
        noisy(RX(0.7, 1))
      } else: {
        noisy(RY(1.1, 1))
        noisy(RX(0.2, 1))
      }
      While(ClassicalBit(0), limit: 1) {
        noisy(RX(0.4, 1))
        Assign(ClassicalExpression.integer(0), to: ClassicalBit(0))
      }
    }
  }

  @Test func noiseAndGatesInBlocksAreScaledToo() throws {
    let channel = Channel.depolarizing(errorProbability: 0.05)
    let noisy = Self.dynamic(channel)
    func exact(_ circuit: Circuit) throws -> Double { try ReferenceProgram(circuit).expectation(Z(1) + 0.5 * Y(1)) }
    let thrice = try exact(Self.dynamic(channel.stretched(by: 3)))
    #expect(abs(try exact(noisy.stretchingChannels(times: 3)) - thrice) < 1e-12)
    #expect(abs(try exact(noisy) - thrice) > 0.01)
    let (folded, achieved) = noisy.folded(scale: 3)
    #expect(folded == Self.dynamic(channel, isFolded: true) && achieved == 3)
    // Two foldings of five gates: the third and the fifth.
    let part = noisy.folded(scale: 1.8)
    #expect(part.achieved == 1.8 && part.circuit.countsByName["RY"] == 4 && part.circuit.countsByName["RX"] == 5)
  }

  @Test func fitsFindWhatTheyAssume() throws {
    func points(_ value: (Double) -> Double, error: Double = 0) -> [ScaledEstimate] {
      [1, 1.5, 2, 3].map { ScaledEstimate(scale: $0, Estimate(value($0), standardError: error)) }
    }
    #expect(abs(try Extrapolation.linear.value(atZero: points { 0.7 - 0.1 * $0 }).value - 0.7) < 1e-12)
    #expect(
      abs(try Extrapolation.polynomial(degree: 2).value(atZero: points { 0.7 - 0.1 * $0 + 0.02 * $0 * $0 }).value - 0.7) < 1e-12)
    #expect(abs(try Extrapolation.richardson.value(atZero: points { 0.7 - 0.1 * $0 * $0 * $0 }).value - 0.7) < 1e-9)
    for b in [0.6, -0.6] {
      let fit = try Extrapolation.exponential(asymptote: 0.1).value(atZero: points { 0.1 + b * .exp(-0.3 * $0) })
      #expect(abs(fit.value - 0.1 - b) < 1e-12)
    }
    // Richardson with scales 1 and 2 is 2 y1 - y2.
    let two = [
      ScaledEstimate(scale: 1, Estimate(0.5, standardError: 0.03)), ScaledEstimate(scale: 2, Estimate(0.3, standardError: 0.04)),
    ]
    let value = try Extrapolation.richardson.value(atZero: two)
    #expect(abs(value.value - 0.7) < 1e-12 && abs(value.standardError - (0.06 * 0.06 + 0.04 * 0.04).squareRoot()) < 1e-12)
  }

  /// A point whose shots all agreed counts no more than the others, and does not take their weights from them.
  @Test func aPointWithoutScatterIsNotExact() throws {
    func value(_ first: Double) throws -> Estimate {
      let errors = [first, 0.02, 0.1, 0.05]
      return try Extrapolation.linear.value(
        atZero: zip([1.0, 1.5, 2, 3], errors).map { ScaledEstimate(scale: $0, Estimate(1 - 0.1 * $0 * $0, standardError: $1)) })
    }
    #expect(try value(0) == value(0.1))
    #expect(try value(0).standardError > 0)
  }

  static let extrapolations: [Extrapolation] = [.linear, .polynomial(degree: 2), .richardson, .exponential(asymptote: 0)]

  @Test(arguments: extrapolations)
  func errorsOfFitsCoverTheScatter(_ extrapolation: Extrapolation) throws {
    var source = RandomSource(seed: 2)
    let scores = try (0..<400).map { _ in
      let points = [1.0, 2, 3].map { scale in
        let error = 0.002 * scale
        let truth =
          switch extrapolation {
          case .exponential: 0.8 * Double.exp(-0.2 * scale)
          case .linear: 0.8 - 0.1 * scale
          default: 0.8 - 0.1 * scale + 0.01 * scale * scale
          }
        return ScaledEstimate(scale: scale, Estimate(truth + error * source.normal(), standardError: error))
      }
      let value = try extrapolation.value(atZero: points)
      return (value.value - 0.8) / value.standardError
    }
    #expect(abs(scores.reduce(0, +) / 400) < 4 / 20)
    #expect(abs(Statistics.chiSquareZScore(scores.reduce(0) { $0 + $1 * $1 }, freedom: 400)) < 4)
  }

  @Test func extrapolationComesCloserThanNoMitigation() throws {
    let noisy = Self.circuit(noise: [.depolarizing(errorProbability: 0.01)])
    let ideal = try Self.exact(Self.circuit(noise: []))
    let points = try [1, 2, 3].map {
      ScaledEstimate(scale: Double($0), Estimate(try Self.exact(noisy.stretchingChannels(times: $0)), standardError: 0))
    }
    let raw = abs(points[0].estimate.value - ideal)
    for extrapolation in [Extrapolation.linear, .richardson] {
      #expect(abs(try extrapolation.value(atZero: points).value - ideal) < 0.2 * raw)
    }
  }

  @Test func cancelledErrorsAreGone() throws {
    let noise: [Channel] = [.pauli(px: 0.02, py: 0.01, pz: 0.03)]
    let ideal = try Self.exact(Self.circuit(noise: []))
    let noisy = Self.circuit(noise: noise)
    var source = RandomSource(seed: 5)
    let (estimate, overhead) = try noisy.estimateCancellingErrors(of: Self.observable, runs: 4000, using: &source)
    #expect(overhead > 1.5 && overhead < 4)
    #expect(abs(estimate.value - ideal) < 4 * estimate.standardError && estimate.standardError < 0.06)
    #expect(abs(try Self.exact(noisy) - ideal) > 4 * estimate.standardError)
    let damped = Self.circuit(noise: [.amplitudeDamping(0.1)])
    let error = #expect(throws: MitigationError.self) {
      var source = RandomSource(seed: 5)
      return try damped.estimateCancellingErrors(of: Self.observable, runs: 10, using: &source)
    }
    #expect(error?.description == "AmplitudeDamping(0.1, 0) cannot be cancelled: it applies more than Pauli words; twirl it first.")
  }

  /// Channels of both branches are undone, those of the branch that is not taken for nothing.
  @Test func errorsInBranchesAreCancelled() throws {
    func circuit(_ noise: [Channel]) -> Circuit {
      Circuit(qubits: 2, bits: 1) {
        RY(1.1, 0)
        Measure(0, into: 0)
        If(ClassicalBit(0)) {
          RY(0.4, 1)
          for channel in noise { Instruction.channel(channel, on: 1) }
        } else: {
          for channel in noise { Instruction.channel(channel, on: 1) }
          X(1)
        }
      }
    }
    let noise: [Channel] = [.bitFlip(0.12), .pauli(px: 0.02, py: 0.04, pz: 0.03)]
    let observable = Z(1) - 0.4 * (Z(0) * Z(1))
    let ideal = try Self.exactDynamic(circuit([]), observable)
    var source = RandomSource(seed: 6)
    let (estimate, _) = try circuit(noise).estimateCancellingErrors(of: observable, runs: 160_000, using: &source)
    #expect(abs(estimate.value - ideal) < 4 * estimate.standardError && estimate.standardError < 0.05)
    let difference = abs(try Self.exactDynamic(circuit(noise), observable) - ideal)
    #expect(difference > 4 * estimate.standardError, "\(difference), \(estimate.standardError)")
  }

  static func exactDynamic(_ circuit: Circuit, _ observable: PauliSum) throws -> Double {
    try ReferenceProgram(circuit).expectation(observable)
  }

  @Test func errorsThatWordsCannotUndoAreNamed() throws {
    func message(_ circuit: Circuit, readout: ReadoutError? = nil) -> String? {
      #expect(throws: MitigationError.self) {
        var source = RandomSource(seed: 5)
        return try circuit.estimateCancellingErrors(
          of: Z(0).pauliSum, runs: 10, using: &source, settings: TrajectorySettings(readout: readout))
      }?.description
    }
    let loop = Circuit(qubits: 1, bits: 1) {
      While(ClassicalBit(0), limit: 3) { BitFlip(0.1, 0) }
    }
    #expect(message(loop)?.contains("its channels act in every round, and a word is drawn once") == true)
    let readout = try ReadoutError(p01: 0.1, p10: 0.1, qubits: [0])
    #expect(message(Circuit(qubits: 1) { BitFlip(0.1, 0) }, readout: readout)?.contains("ReadoutCorrection") == true)
  }

  @Test func readoutErrorsComeOff() throws {
    let confusion: [RealMatrix] = [[[0.95, 0.1], [0.05, 0.9]], [[0.97, 0.08], [0.03, 0.92]]]
    let correction = try ReadoutCorrection(confusion: confusion)
    let truth = [0.5, 0.1, 0.05, 0.35]
    var source = RandomSource(seed: 7)
    let outcomes = (0..<40_000).map { _ in
      var left = source.uniform()
      let state =
        truth.firstIndex { probability in
          left -= probability
          return left < 0
        } ?? 3
      return (0..<2).reduce(0) { $0 | (source.uniform() < confusion[$1][1, state >> $1 & 1] ? 1 << $1 : 0) }
    }
    let counts = OutcomeCounts(outcomes, width: 2)
    let parity = correction.parity(mask: 3, of: counts)
    #expect(abs(parity.value - 0.7) < 4 * parity.standardError && parity.standardError < 0.01)
    #expect(abs(counts.parity(mask: 3).mean - 0.7) > 0.1)
    let quasi = correction.quasiProbabilities(of: counts)
    let unfolded = correction.unfolded(counts, using: &source)
    #expect(abs(quasi.reduce(0) { $0 + $1.value } - 1) < 1e-12 && abs(unfolded.reduce(0) { $0 + $1.value } - 1) < 1e-12)
    for state in 0..<4 {
      for estimate in [quasi[state], unfolded[state]] {
        #expect(abs(estimate.value - truth[state]) < 4 * estimate.standardError && estimate.standardError < 0.01)
      }
      #expect(unfolded[state].value >= 0)
    }
    let error = #expect(throws: MitigationError.self) { try ReadoutCorrection(confusion: [[[0.5, 0.5], [0.5, 0.5]]]) }
    #expect(error?.description == "The confusion matrix of qubit 0 has no inverse: measure it again with more shots.")
    #expect(counts.verified(parity: 3, isEven: true).shots == (counts.occurrences[0] ?? 0) + (counts.occurrences[3] ?? 0))
  }

  @Test func aLineIsLearnedFromNearbyCircuits() throws {
    let channels: [Channel] = [.depolarizing(errorProbability: 0.03)]
    let (noisy, ideal) = (Self.circuit(noise: channels), Self.circuit(noise: []))
    var pairs: [(noisy: Double, exact: Double)] = []
    for seed in 0..<20 {
      var sources = (RandomSource(seed: UInt64(seed)), RandomSource(seed: UInt64(seed)))
      pairs.append(
        (
          try Self.exact(noisy.nearClifford(keeping: 2, using: &sources.0)),
          try Self.exact(ideal.nearClifford(keeping: 2, using: &sources.1))
        ))
    }
    let regression = try CliffordRegression(training: pairs)
    let raw = try Self.exact(noisy)
    let mitigated = regression(Estimate(raw, standardError: 0.001))
    let truth = try Self.exact(ideal)
    #expect(abs(mitigated.value - truth) < 0.5 * abs(raw - truth))
    #expect(abs(mitigated.value - truth) < 4 * mitigated.standardError)
    #expect(throws: MitigationError.self) { try CliffordRegression(training: Array(pairs.prefix(2))) }
  }
}
