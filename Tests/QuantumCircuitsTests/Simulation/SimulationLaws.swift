import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates
import Randomness
import TestSupport
import Testing

/// The choice of a method, and estimates whose errors are right.
struct SimulationLaws {
  private static func chain(_ qubits: Int) -> Circuit {
    Circuit(qubits: qubits) {
      H(0)
      for qubit in 1..<qubits { CX(qubit - 1, qubit) }
    }
  }

  @Test func theChoiceFollowsTheCostAndIsNamed() throws {
    func method(_ qubits: Int, _ noise: NoiseModel?, trajectories: Int = 1000) throws -> Simulation {
      try Simulation(of: [Z(0).pauliSum], after: Self.chain(qubits), under: noise, sampling: .states(trajectories: trajectories))
    }
    #expect(try method(3, nil).method == .stateVector)
    #expect(try method(3, .transmonChain(qubits: 3)).method == .densityMatrix)
    #expect(try method(14, .transmonChain(qubits: 14), trajectories: 100).method == .trajectories)
    // The more trajectories, the later they pay.
    #expect(try method(10, .transmonChain(qubits: 10), trajectories: 100_000).method == .densityMatrix)
    let large = try method(22, .transmonChain(qubits: 22), trajectories: 2)
    #expect(large.method == .trajectories && large.report?.warnings.isEmpty == true)
    #expect(large.costs.map(\.method) == [.stateVector, .densityMatrix, .trajectories, .pauliTwirled])
    #expect(large.costs[1].exclusion == "4^22 numbers do not fit in memory")
    #expect(large.costs[3].exclusion?.hasPrefix("it changes the noise") == true)
    let twirled = try Simulation(
      of: [Z(0).pauliSum], after: Self.chain(16), under: .transmonChain(qubits: 16), sampling: .states(trajectories: 50),
      allowingTwirling: true)
    #expect(twirled.method == .pauliTwirled)
  }

  /// Mid-circuit measurements leave trajectories alone.
  @Test func dynamicCircuitsRunAsTrajectories() throws {
    let circuit = DynamicExamples.noisy
    let simulation = try Simulation(of: [Z(1).pauliSum], after: circuit, sampling: .states(trajectories: 4000))
    #expect(simulation.method == .trajectories)
    var source = RandomSource(seed: 4)
    let estimate = try simulation.run(using: &source).estimates[0][0]
    let exact = try ReferenceProgram(circuit).expectation(Z(1).pauliSum)
    #expect(abs(estimate.value - exact) < 4 * estimate.standardError)
    #expect(throws: CompilationError.self) {
      try Simulation(of: [Z(1).pauliSum], after: circuit, method: .densityMatrix)
    }
  }

  /// The scores of gradients from trajectories and from shots are standard normal, for weights, features and noise strengths.
  @Test(arguments: [ExpectationSampling.states(trajectories: 300), .shots(600)], SimulationExamples.Noise.allCases)
  func standardErrorsOfGradientsCoverTheirScatter(_ sampling: ExpectationSampling, _ noise: SimulationExamples.Noise) throws {
    let simulation = try Simulation(
      of: SimulationExamples.observables, after: SimulationExamples.circuit(noise), under: SimulationExamples.model(noise),
      method: noise == .none && sampling.isShots ? .stateVector : .trajectories, sampling: sampling)
    let expected = try SimulationExamples.referenceGradient(noise, samples: 2)
    var source = RandomSource(seed: 91)
    var scores: [[Double]] = []
    for _ in 0..<60 {
      let gradient = try simulation.runWithGradient(
        features: SimulationExamples.features.rows(0..<2), parameters: SimulationExamples.parameters(noise),
        cotangents: SimulationExamples.cotangents.rows(0..<2), using: &source
      ).gradient
      #expect(gradient.method == .generalShift)
      scores.append(
        zip(gradient.parameters + gradient.features.elements, expected.parameters + expected.features).enumerated().map {
          ($1.0 - $1.1) / ((gradient.standardErrors! + gradient.featureStandardErrors!.elements)[$0])
        })
    }
    // Pure circuits run as trajectories have no scatter at all.
    if noise == .none || noise == .readout, !sampling.isShots { return }
    for place in scores[0].indices {
      let column = scores.map { $0[place] }
      #expect(abs(column.reduce(0, +) / Double(60).squareRoot()) < 4, "place \(place)")
      #expect(abs(Statistics.chiSquareZScore(column.reduce(0) { $0 + $1 * $1 }, freedom: 60)) < 4, "place \(place)")
    }
  }

  /// Rules for rotations and noise strengths equal the adjoint method through noise.
  @Test(arguments: 0..<24)
  func shiftRulesEqualTheAdjointMethodThroughNoise(_ index: Int) throws {
    var source = RandomSource(seed: 92, index: UInt64(index))
    let qubits = 2 + index % 3
    let model = RandomCircuit(.init(qubits: qubits, length: 8, samples: 2), &source).addingNoise(strong: index % 2 == 0, &source)
    let function = try model.expectation()
    func gradient(_ method: GradientMethod) throws -> CircuitGradient {
      try function.valueWithGradient(
        features: model.features, parameters: model.parameters, cotangents: model.cotangents, method: method
      ).gradient
    }
    let (adjoint, shift) = (try gradient(.adjoint), try gradient(.generalShift))
    #expect(maximumDifference(adjoint.parameters, shift.parameters) < 1e-9)
    #expect(maximumDifference(adjoint.features.elements, shift.features.elements) < 1e-9)
  }

  /// Every gate of the table, under a control where there is room, with noise behind it.
  @Test(arguments: Gate.allCases.filter { $0.angleCount > 0 })
  func everyGateHasItsRule(_ gate: Gate) throws {
    var source = RandomSource(seed: 93)
    for controls in 0..<2 {
      let qubits = max(1, gate.qubitCount) + controls
      let angles = (0..<gate.angleCount).map { 0.7 * Angle.parameter($0) + 0.1 }
      let instruction = Instruction.gate(gate, angles: angles, qubits: Array(0..<gate.qubitCount))
        .controlled(by: controls == 0 ? [] : [Control(qubits - 1)])
      var circuit = Circuit(qubits: qubits)
      circuit.append(Instruction.unitary(RandomFixtures.unitary(1 << min(qubits, 4), &source), qubits: Array(0..<min(qubits, 4))))
      circuit.append(instruction)
      circuit.append(AmplitudeDamping(0.1, 0))
      let observables = [RandomCircuit.observable(qubits: qubits, isDiagonal: false, &source)]
      let function = try CircuitFunction.expectation(of: observables, after: circuit)
      let parameters = angles.map { _ in source.normal() }
      let adjoint = try function.valueWithGradient(parameters: parameters).gradient.parameters
      let shift = try function.valueWithGradient(parameters: parameters, method: .generalShift).gradient.parameters
      #expect(maximumDifference(adjoint, shift) < 1e-10, "\(instruction)")
    }
  }

  @Test(arguments: [SimulationMethod.trajectories, .densityMatrix], [ExpectationSampling.states(trajectories: 50), .shots(100)])
  func threadsChangeNoBit(_ method: SimulationMethod, _ sampling: ExpectationSampling) throws {
    func run(_ threads: Int) throws -> [[Estimate]] {
      var source = RandomSource(seed: 5)
      return try Simulation(
        of: SimulationExamples.observables, after: SimulationExamples.circuit(.model), under: SimulationExamples.model(.model),
        method: method, sampling: sampling, loop: ParallelLoop(threads: threads)
      ).run(features: SimulationExamples.features, parameters: SimulationExamples.parameters(.model), using: &source).estimates
    }
    let one = try run(1)
    #expect(try run(2) == one && run(5) == one)
  }

  @Test func mistakesAreErrors() throws {
    func message(
      _ sampling: ExpectationSampling = .states(), _ method: GradientMethod? = nil, parameters: [Double] = [0.7, -0.4, 0.3]
    )
      -> String?
    {
      var source = RandomSource(seed: 1)
      do {
        let simulation = try Simulation(
          of: SimulationExamples.observables, after: SimulationExamples.circuit(.channels), method: .trajectories,
          sampling: sampling)
        _ = try simulation.runWithGradient(
          features: SimulationExamples.features, parameters: parameters, method: method, using: &source)
        return nil
      } catch {
        return error.description
      }
    }
    #expect(
      message(.shots(1))
        == "Simulation cannot be used here: shots(1) draws fewer than two, which gives no standard error.")
    #expect(
      message(.states(), .adjoint)
        == "The adjoint method cannot be used here: the values are estimates from trajectories; use generalShift.")
    #expect(message(.shots(1000), .finiteDifferences(step: 1e-5))?.contains("would amplify the noise") == true)
    #expect(message(.shots(2))?.hasPrefix("An estimate from 2 shots cannot be used here") == true)
    #expect(message(parameters: [0.7, -0.4, 20])?.hasPrefix("Row 0: AmplitudeDamping: gamma is") == true)
    #expect(message(parameters: [0.7]) == "The circuit takes 3 parameters, got 1.")
  }
}

extension ExpectationSampling {
  fileprivate var isShots: Bool { if case .shots = self { true } else { false } }
}
