import Execution
import LinearAlgebra
import QuantumStates
import Randomness

/// Expectation values after a circuit, with or without noise, for batches, from states or from shots, with gradients.
///
/// ```swift
/// let simulation = try Simulation(of: Z(0) * Z(1), after: circuit, under: .transmonChain(qubits: 16))
/// let result = try simulation.run(features: batch, parameters: weights, using: &source)
/// print(result.method, result.estimates[0][0])     // trajectories, value and standard error
/// print(simulation.costs)                          // what each method would take
/// ```
/// Kind of state, noise, batch, shots and gradient method are switches of their own; what a combination cannot honour is an error
/// that names it. Documentation/SupportMatrix.md lists all combinations, as the tests find them.
public struct Simulation: Sendable {
  /// What is read.
  public let observables: [PauliSum]
  /// The circuit with its noise, without measurements at its end.
  public let circuit: Circuit
  /// How it is run; never `automatic`.
  public let method: SimulationMethod
  /// States, trajectories or shots.
  public let sampling: ExpectationSampling
  /// What each method would take; `automatic` takes the cheapest that can be used.
  public let costs: [MethodCost]
  /// How often each part of the noise model added something; nil without a model.
  public let report: NoiseReport?
  /// Where values are exact.
  let exact: CircuitFunction?
  let sampler: ExpectationSampler

  /// - Parameters:
  ///   - noise: added to the circuit; channels that stand in it already stay.
  ///   - method: `automatic` takes the cheapest by `costs`.
  ///   - sampling: exact values of states, or outcomes of shots.
  ///   - allowingTwirling: whether `automatic` may replace channels by their Pauli twirls.
  /// - Throws: `CompilationError` for a circuit that the method cannot run, and for one that does not fit in memory.
  public init(
    of observables: [PauliSum], after circuit: Circuit, under noise: NoiseModel? = nil, method: SimulationMethod = .automatic,
    sampling: ExpectationSampling = .states(), allowingTwirling: Bool = false, precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    guard sampling.draws >= 2 else {
      throw .unsupported(method: "Simulation", reason: "\(sampling) draws fewer than two, which gives no standard error")
    }
    for observable in observables where observable.qubitCount > circuit.qubitCount {
      throw .qubitOutOfRange(
        readout: "The observable \(observable)", qubit: observable.qubitCount - 1, qubitCount: circuit.qubitCount)
    }
    var noisy = circuit
    var readout: ReadoutError?
    if let noise {
      do {
        let applied = try noise.applied(to: circuit)
        (noisy, readout, report) = (applied.circuit, applied.readout, applied.report)
      } catch {
        throw .circuit(error)
      }
    } else {
      report = nil
    }
    // An error of readout makes two words of each Pauli matrix.
    let words = observables.flatMap(\.terms).reduce(0) { $0 + 1 << min($1.word.weight, 40) }
    guard readout == nil || sampling.shots != nil || words <= 1 << 13 else {
      throw .unsupported(
        method: "Readout in exact values",
        reason: "its errors make up to \(words) words of the observables; take .shots, or leave it out")
    }
    let stripped = noisy.removingFinalMeasurements
    let costs = Self.costs(
      of: observables, after: stripped, sampling: sampling, allowingTwirling: allowingTwirling, precision: precision)
    self.costs = costs
    self.method = try Self.chosen(method, costs)
    (self.observables, self.circuit, self.sampling) = (observables, stripped, sampling)
    sampler = ExpectationSampler(
      method: self.method, sampling: sampling, readout: readout, precision: precision, loop: loop, level: level)
    guard sampling.shots == nil, [.stateVector, .densityMatrix].contains(self.method) else {
      exact = nil
      return
    }
    let read = readout.map { readout in observables.map { readout.applied(to: $0) } } ?? observables
    exact = try CircuitFunction(
      stripped, precision: precision, loop: loop, level: level, readout: .expectations(read),
      isMixed: self.method == .densityMatrix)
  }

  /// The same for observables written with Pauli factors.
  public init(
    of observables: any PauliExpression..., after circuit: Circuit, under noise: NoiseModel? = nil,
    method: SimulationMethod = .automatic, sampling: ExpectationSampling = .states(), allowingTwirling: Bool = false,
    precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    try self.init(
      of: observables.map(\.pauliSum), after: circuit, under: noise, method: method, sampling: sampling,
      allowingTwirling: allowingTwirling, precision: precision, loop: loop, level: level)
  }

  /// What each method would take for a circuit with its noise, without measurements at its end.
  public static func costs(
    of observables: [PauliSum], after circuit: Circuit, sampling: ExpectationSampling = .states(), allowingTwirling: Bool = false,
    precision: Precision = .double
  ) -> [MethodCost] {
    MethodCosts(circuit, observables: observables, sampling: sampling, precision: precision).all(allowingTwirling: allowingTwirling)
  }

  private static func chosen(_ wanted: SimulationMethod, _ costs: [MethodCost]) throws(CompilationError) -> SimulationMethod {
    if wanted == .automatic {
      // Trajectories have no exclusion.
      return costs.filter { $0.exclusion == nil }.min { $0.seconds < $1.seconds }!.method
    }
    let cost = costs.first { $0.method == wanted }!
    // A twirl that is asked for is allowed.
    if let exclusion = cost.exclusion, wanted != .pauliTwirled {
      throw .unsupported(method: "The method \(wanted.rawValue)", reason: exclusion)
    }
    return wanted
  }

  /// Whether values are exact, without a standard error.
  public var isExact: Bool { exact != nil }

  /// The expectation values of every sample.
  ///
  /// - Parameters:
  ///   - features: samples x features.
  ///   - parameters: `parameterCount` numbers of the circuit.
  ///   - source: gives one number, the seed of all samples; the same for any number of threads.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, strengths out of range.
  public func run(
    features: RealMatrix = CircuitFunction.noFeatures, parameters: [Double] = [], using source: inout RandomSource
  ) throws(CompilationError) -> SimulationResult {
    let seed = source.next()
    if let exact {
      let values = try exact.values(features: features, parameters: parameters)
      return result(values)
    }
    return try sampled(StochasticBatch(self, features: features, parameters: parameters, seed: seed))
  }

  /// The expectation values, and the gradient of their sum weighted by cotangents.
  ///
  /// Exact values have every gradient method. Trajectories and shots have `generalShift` (and `twoTermShift`), whose gradients by
  /// weights, features and noise strengths are unbiased with standard errors; `spsa` and `finiteDifferences`, whose step must be
  /// large beside the noise; and no adjoint method.
  ///
  /// - Parameters:
  ///   - cotangents: samples x observables; 1 each where nil.
  ///   - method: nil for `adjoint` where values are exact, else `generalShift`.
  /// - Complexity: of shift rules two or more runs for each occurrence of a parameter or feature, and sample.
  public func runWithGradient(
    features: RealMatrix = CircuitFunction.noFeatures, parameters: [Double] = [], cotangents: RealMatrix? = nil,
    method: GradientMethod? = nil, using source: inout RandomSource
  ) throws(CompilationError) -> (result: SimulationResult, gradient: CircuitGradient) {
    let seed = source.next()
    if let exact {
      let (values, gradient) = try exact.valueWithGradient(
        features: features, parameters: parameters, cotangents: cotangents, method: method ?? .adjoint)
      return (result(values), gradient)
    }
    let batch = try StochasticBatch(self, features: features, parameters: parameters, seed: seed)
    if let cotangents {
      precondition(
        cotangents.rows == features.rows && cotangents.columns == observables.count,
        "Simulation: cotangents are \(cotangents.rows) x \(cotangents.columns), values \(features.rows) x \(observables.count)")
    }
    let weights = cotangents?.elements ?? Array(repeating: 1, count: features.rows * observables.count)
    let gradient = try batch.gradient(weights: weights, method: method ?? .generalShift)
    return (try sampled(batch), gradient)
  }

  private func result(_ values: RealMatrix) -> SimulationResult {
    SimulationResult(
      estimates: (0..<values.rows).map { values.row($0).map { Estimate($0, standardError: 0) } }, method: method, report: report)
  }

  private func sampled(_ batch: StochasticBatch) throws(CompilationError) -> SimulationResult {
    SimulationResult(estimates: try batch.estimates(), method: method, report: report)
  }

  /// Estimates for a circuit without symbols.
  func estimates(
    of observables: [PauliSum], after circuit: Circuit, using source: inout RandomSource
  ) throws(CompilationError) -> [Estimate] { try sampler.estimates(of: observables, after: circuit, using: &source) }
}

/// What a simulation gave.
public struct SimulationResult: Sendable {
  /// Samples x observables, with standard errors; 0 where values are exact.
  public let estimates: [[Estimate]]
  /// How the circuit was run.
  public let method: SimulationMethod
  /// How often each part of the noise model added something; nil without a model.
  public let report: NoiseReport?

  /// Shape: samples x observables.
  public var values: RealMatrix { RealMatrix(estimates.map { $0.map(\.value) }) }
}
