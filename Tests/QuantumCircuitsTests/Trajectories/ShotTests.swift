import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

struct ShotTests {
  @Test func aTeleportedStateIsWhatWentIn() throws {
    var source = RandomSource(seed: 2)
    let result = try DynamicExamples.teleportation.run(shots: 1000, using: &source)
    #expect(result.method == .branching)
    // The state is turned back at the end, so that the last outcome is always 0; the others are uniform.
    #expect(result.marginal("d").occurrences == [0: 1000])
    let counts = (0..<4).map { result.marginal("c").occurrences[$0] ?? 0 }
    #expect(abs(Statistics.chiSquareZScore(counts: counts, probabilities: Array(repeating: 0.25, count: 4))) < 4)
    #expect(result.memory(of: "c", ofShot: 7) == result.memory(of: [0, 1], ofShot: 7))
    #expect(result.bit(DynamicExamples.c[1], ofShot: 7) == (result.memory(of: "c", ofShot: 7)[1] == 1))
  }

  @Test func measurementsAtTheEndAreDrawnFromOneState() throws {
    let bell = Circuit(qubits: 2) {
      H(0)
      CX(0, 1)
    }
    var source = RandomSource(seed: 3)
    let result = try bell.run(shots: 10_000, using: &source)
    #expect(result.method == .sampling && result.registers.map(\.name) == ["measured"])
    #expect(result.counts["01"] == 0 && result.counts["10"] == 0 && result.counts["00"] + result.counts["11"] == 10_000)
    #expect(abs(Statistics.binomialZScore(successes: result.counts["11"], trials: 10_000, probability: 0.5)) < 4)
    var wanted = Circuit(qubits: 2, bits: 2)
    wanted.append(bell)
    wanted.append(Measure(1, into: 0))
    let part = try wanted.run(shots: 100, using: &source)
    #expect(part.counts["00"] + part.counts["01"] == 100 && part.method == .sampling)
  }

  @Test func theMethodFollowsTheCost() throws {
    var source = RandomSource(seed: 4)
    func method(_ circuit: Circuit, shots: Int) throws -> ShotMethod { try circuit.run(shots: shots, using: &source).method }
    #expect(try method(DynamicExamples.reuse, shots: 10) == .trajectories)
    #expect(try method(DynamicExamples.reuse, shots: 1000) == .branching)
    #expect(try method(DynamicExamples.repeatUntilSuccess, shots: 1000) == .trajectories)
    #expect(try method(DynamicExamples.noisy, shots: 1000) == .trajectories)
  }

  @Test func moreThan64BitsAreKept() throws {
    var circuit = Circuit(qubits: 1, bits: 100)
    for bit in 0..<100 {
      circuit.append(bit.isMultiple(of: 3) ? X(0).instruction : Reset(0))
      circuit.append(Measure(0, into: ClassicalBit(bit)))
    }
    for method in [ShotMethod.branching, .trajectories] {
      var source = RandomSource(seed: 5)
      let result = try circuit.run(shots: 3, using: &source, settings: TrajectorySettings(method: method))
      for bit in 0..<100 { #expect(result.bit(ClassicalBit(bit), ofShot: 2) == bit.isMultiple(of: 3)) }
      #expect(result.marginal(of: [99, 98, 63]).ranked.map(\.outcome) == ["101"])
    }
  }

  @Test(arguments: [ShotMethod.branching, .trajectories])
  func snapshotsAverageOverShots(_ method: ShotMethod) throws {
    var circuit = Circuit(qubits: 2, bits: 1)
    circuit.append(RY(0.8, 0))
    circuit.append(Snapshot("z", of: 2 * Z(0) + 0.5))
    circuit.append(CX(0, 1))
    circuit.append(Measure(0, into: 0))
    circuit.append(Snapshot("z", of: Z(1)))
    circuit.append(If(ClassicalBit(0)) { Snapshot("one", probabilitiesOf: 1, 0) })
    circuit.append(H(1))
    var source = RandomSource(seed: 6)
    let result = try circuit.run(shots: 4000, using: &source, settings: TrajectorySettings(method: method))
    let z = try #require(result.snapshots["z"])
    #expect(z.count == 2 && z[0].shots == 4000)
    #expect(abs(z[0].values[0].value - (2 * .cos(0.8) + 0.5)) < 1e-12 && z[0].values[0].standardError < 1e-7)
    #expect(abs(z[1].values[0].value - .cos(0.8)) < 4 * z[1].values[0].standardError && z[1].values[0].standardError > 0.01)
    let one = try #require(result.snapshots["one"]?.first)
    #expect(one.shots == result.counts["1"])
    #expect(one.values.map { $0.value.rounded() } == [0, 0, 0, 1])
  }

  @Test func exactSnapshotsAreTheMeansOfShots() throws {
    var circuit = Circuit(qubits: 2)
    circuit.append(RY(.feature(0), 0))
    circuit.append(Snapshot("z", of: 2 * Z(0) + 0.5))
    circuit.append(CX(0, 1))
    circuit.append(AmplitudeDamping(0.3, 1))
    circuit.append(Snapshot("z", of: Z(1)))
    circuit.append(RX(.parameter(0), 1))
    circuit.append(Snapshot("both", probabilitiesOf: 1, 0))
    let (features, weight) = (RealMatrix([[0.8], [2.1]]), 0.4)
    let exact = try circuit.exactSnapshots(features: features, parameters: [weight])
    let z = try #require(exact["z"])
    for (sample, angle) in [0.8, 2.1].enumerated() {
      let excited = (1 - .cos(angle)) / 2
      #expect(abs(z[0][sample, 0] - (2 * .cos(angle) + 0.5)) < 1e-14)
      #expect(abs(z[1][sample, 0] - (1 - 2 * 0.7 * excited)) < 1e-14)
    }
    var source = RandomSource(seed: 16)
    let bound = circuit.bound(parameters: [weight], features: features.row(1))
    let shots = try bound.run(shots: 4000, using: &source, settings: TrajectorySettings(method: .trajectories))
    let sampled = try #require(shots.snapshots["both"]?.first).values
    let both = try #require(exact["both"]?.first).row(1)
    for (value, estimate) in zip(both, sampled) {
      let (difference, band): (Double, Double) = (abs(value - estimate.value), 4 * estimate.standardError + 1e-12)
      #expect(difference < band)
    }
    let register = circuit.addRegister("m", size: 1)
    circuit.append(Measure([0], into: register))
    circuit.append(Snapshot("late", of: Z(0)))
    #expect(throws: CompilationError.self) { try circuit.exactSnapshots(features: features, parameters: [weight]) }
    #expect(throws: CompilationError.self) { try circuit.exactSnapshots() }
  }

  @Test(arguments: [ShotMethod.branching, .trajectories])
  func aLoopThatGoesOnIsAnError(_ method: ShotMethod) throws {
    var endless = Circuit(qubits: 1, bits: 1)
    endless.append(X(0))
    endless.append(Measure(0, into: 0))
    var loop = While(ClassicalBit(0), limit: 5) { Z(0) }
    loop.source = SourceLocation(fileID: "Classifier/main.swift", line: 12)
    endless.append(loop)
    let circuit = endless
    let error = #expect(throws: CompilationError.self) {
      var source = RandomSource(seed: 1)
      return try circuit.run(shots: 10, using: &source, settings: TrajectorySettings(method: method))
    }
    #expect(
      error?.description == "While(bit[0], limit: 5) at Classifier/main.swift:12 still goes on after 5 rounds in some shot: "
        + "raise the limit, or see that the condition ends.")
  }

  @Test func mistakesAreErrors() throws {
    func message(_ circuit: Circuit, parameters: [Double] = [], method: ShotMethod = .automatic) -> String? {
      var source = RandomSource(seed: 1)
      do {
        _ = try circuit.run(
          shots: 10, parameters: parameters, using: &source, settings: TrajectorySettings(method: method))
        return nil
      } catch {
        return error.description
      }
    }
    #expect(message(DynamicExamples.teleportation, parameters: [1]) == "The circuit takes 0 parameters, got 1.")
    #expect(
      message(DynamicExamples.reuse, method: .sampling)
        == "Sampling from one state cannot be used here: Measure(0, into: bit[0]) stands before the end; take .automatic.")
    let fitted = Circuit(qubits: 1) { AmplitudeDamping(.parameter(0), 0) }
    #expect(message(fitted, parameters: [1.5])?.hasPrefix("Row 0: AmplitudeDamping: ") == true)
    #expect(message(fitted, parameters: [.nan])?.hasPrefix("A parameter in row 0, column 0 is not a finite number") == true)
    let huge = Circuit(qubits: 50) { Depolarizing(errorProbability: 0.1, 0) }
    #expect(message(huge)?.hasPrefix("Shots of 50 qubits") == true)
  }
}
