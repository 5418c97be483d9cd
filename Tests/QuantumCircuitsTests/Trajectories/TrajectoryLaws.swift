import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// Trajectories and shots against the exact density matrix: z-tests with fixed seeds, four standard errors wide.
struct TrajectoryLaws {
  static let observables: [PauliSum] = [
    Z(0).pauliSum, 0.5 * (X(0) * Z(1)) - 1.2 * Y(2) + 0.3, Z(0) * Z(1) * X(2),
  ]

  @Test(arguments: ChannelLaws.all.indices)
  func theMeanOfTrajectoriesIsTheDensityMatrix(_ index: Int) throws {
    var source = RandomSource(seed: 5, index: UInt64(index))
    let circuit = DynamicExamples.noisyCircuit([ChannelLaws.all[index]], qubits: 3, &source)
    let exact = try ReferenceProgram(circuit)
    for precision in Precision.allCases {
      let estimates = try circuit.estimates(
        of: Self.observables, trajectories: 4000, using: &source, settings: TrajectorySettings(precision: precision))
      for (estimate, observable) in zip(estimates, Self.observables) {
        let error = estimate.value - exact.expectation(observable)
        #expect(abs(error) < 4 * estimate.standardError + 1e-5, "\(circuit) \(observable): \(estimate), off by \(error)")
      }
    }
  }

  @Test func largeStatesAndBatchesAgreeTrajectoryByTrajectory() throws {
    // The same instructions on 17 qubits are run as single states: shots have the same draws.
    var source = RandomSource(seed: 9)
    let small = DynamicExamples.noisyCircuit(ChannelLaws.all, qubits: 3, &source)
    let large = small.mapped(to: [0, 1, 2], qubitCount: 17)
    for precision in Precision.allCases {
      let settings = TrajectorySettings(precision: precision)
      var sources = (RandomSource(seed: 1), RandomSource(seed: 1))
      let batch = try small.estimates(of: Self.observables, trajectories: 100, using: &sources.0, settings: settings)
      let single = try large.estimates(of: Self.observables, trajectories: 100, using: &sources.1, settings: settings)
      let tolerance = precision == .double ? 1e-11 : 1e-4
      for (left, right) in zip(batch, single) {
        #expect(abs(left.value - right.value) < tolerance && abs(left.standardError - right.standardError) < tolerance)
      }
    }
  }

  @Test func aPauliTwirlHasTheSamePauliProbabilities() throws {
    var source = RandomSource(seed: 12)
    let circuit = DynamicExamples.noisyCircuit([.amplitudeDamping(0.3), .phaseDamping(0.2)], qubits: 3, &source)
    let twirled = try circuit.pauliTwirled()
    let exact = try ReferenceProgram(twirled)
    let estimates = try twirled.estimates(of: Self.observables, trajectories: 4000, using: &source)
    for (estimate, observable) in zip(estimates, Self.observables) {
      #expect(abs(estimate.value - exact.expectation(observable)) < 4 * estimate.standardError)
    }
  }

  @Test(arguments: DynamicExamples.all.indices, [ShotMethod.branching, .trajectories])
  func countsHaveTheExactDistribution(_ index: Int, _ method: ShotMethod) throws {
    let circuit = DynamicExamples.all[index]
    let exact = try ReferenceProgram(circuit).probabilities
    var source = RandomSource(seed: 21, index: UInt64(index))
    let result = try circuit.run(shots: 20_000, using: &source, settings: TrajectorySettings(method: method))
    #expect(result.method == method && result.shots == 20_000)
    let counts = exact.indices.map { result.counts.occurrences[$0] ?? 0 }
    let z = Statistics.chiSquareZScore(counts: counts, probabilities: exact.map { $0 < 1e-12 ? 0 : $0 })
    #expect(abs(z) < 4, "\(circuit)\n\(counts) \(exact)")
  }

  @Test(arguments: DynamicExamples.all.indices)
  func everyMethodGivesTheSameShots(_ index: Int) throws {
    let circuit = DynamicExamples.all[index]
    func memory(_ method: ShotMethod, threads: Int, qubits: Int? = nil) throws -> [BitString] {
      var source = RandomSource(seed: 33)
      let wide = qubits.map { circuit.mapped(to: Array(0..<circuit.qubitCount), qubitCount: $0) } ?? circuit
      let result = try wide.run(
        shots: 500, using: &source,
        settings: TrajectorySettings(method: method, loop: ParallelLoop(threads: threads)))
      return (0..<500).map { result.memory(ofShot: $0) }
    }
    let expected = try memory(.trajectories, threads: 1)
    #expect(Set(expected).count > 1)
    #expect(try memory(.trajectories, threads: 3) == expected)
    #expect(try memory(.branching, threads: 2) == expected)
    #expect(try memory(.trajectories, threads: 2, qubits: 17) == expected)
  }
}
