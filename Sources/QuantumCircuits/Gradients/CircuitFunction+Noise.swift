import Execution
import LinearAlgebra
import QuantumStates

extension CircuitFunction {
  /// Expectation values after a circuit under a noise model, its errors of readout included, and the report of what fired.
  ///
  /// - Throws: `CompilationError`; a channel that does not fit the circuit is reported as its `CircuitError`.
  public static func expectation(
    of observables: [PauliSum], after circuit: Circuit, under noise: NoiseModel, precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current, isLightCone: Bool = false
  ) throws(CompilationError) -> (function: CircuitFunction, report: NoiseReport) {
    let noisy: NoiseModel.NoisyCircuit
    do { noisy = try noise.applied(to: circuit) } catch { throw .circuit(error) }
    let read = noisy.readout.map { readout in observables.map { readout.applied(to: $0) } } ?? observables
    return (
      try .expectation(
        of: read, after: noisy.circuit, precision: precision, loop: loop, level: level, isLightCone: isLightCone), noisy.report
    )
  }

  /// The probabilities of all reported values of some qubits after a circuit under a noise model, and the report of what fired.
  ///
  /// Qubits whose readout is confused together are listed all or none.
  ///
  /// - Throws: `CompilationError`; a channel that does not fit the circuit is reported as its `CircuitError`.
  public static func probabilities(
    of qubits: [Int], after circuit: Circuit, under noise: NoiseModel, precision: Precision = .double,
    loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) -> (function: CircuitFunction, report: NoiseReport) {
    let noisy: NoiseModel.NoisyCircuit
    do { noisy = try noise.applied(to: circuit) } catch { throw .circuit(error) }
    guard let readout = noisy.readout else {
      return (try .probabilities(of: qubits, after: noisy.circuit, precision: precision, loop: loop, level: level), noisy.report)
    }
    try checkProbabilities(of: qubits, after: circuit)
    _ = try Confusion.all(of: readout, measured: qubits.map { ($0, $0) }, at: "The list \(qubits)")
    let function = try CircuitFunction(
      noisy.circuit, precision: precision, loop: loop, level: level, readout: .reported(qubits, readout))
    return (function, noisy.report)
  }

  /// Tr rho^2 of the state of every sample after a circuit with noise: from 2^-n (maximally mixed) to 1 (pure).
  ///
  /// - Throws: `CompilationError` as `values` does, and for a circuit without noise, whose states are pure.
  public func purities(
    features: RealMatrix = noFeatures, parameters: [Double] = []
  ) throws(CompilationError) -> [Double] {
    if isLightCone {
      throw .unsupported(
        method: "CircuitFunction.purities", reason: "the function runs the light cone of its outputs, not the whole state")
    }
    guard let mixed = engine as? MixedEvaluator else {
      throw .unsupported(method: "CircuitFunction.purities", reason: "the circuit has no noise, so every state has purity 1")
    }
    let batch = try engine.batch(parameters: parameters, features: features, loop: loop)
    return try mixed.purities(batch)
  }
}

extension Circuit {
  /// The density matrix that a circuit with noise makes of |0...0>, exactly.
  ///
  /// - Parameters:
  ///   - parameters: `parameterCount` numbers.
  ///   - features: `featureCount` numbers of one sample.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, or a matrix that does not fit in memory.
  /// - Complexity: O(4^n) for each step, on real numbers; then O(n 4^n).
  public func density(
    parameters: [Double] = [], features: [Double] = [], precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current
  ) throws(CompilationError) -> DensityMatrix {
    let evaluator = try MixedEvaluator(
      self, readout: .expectations(of: []), precision: precision, loop: loop, level: level)
    let batch = try evaluator.batch(
      parameters: parameters, features: RealMatrix(rows: 1, columns: features.count, elements: features), loop: loop)
    let components = try evaluator.components(batch)
    let scale = 1 / Double(1 << qubitCount)
    do {
      return try DensityMatrix(
        unchecked: PauliBasis.matrix(of: components.map { Complex(scale * $0) }), precision: precision, loop: loop, level: level)
    } catch {
      throw .state(error)
    }
  }
}

extension CircuitFunction {
  /// The most bytes of states, tiles and copies that evaluations of a circuit with noise have held at once.
  package var mostStateBytes: Int? { (engine as? MixedEvaluator)?.meter.most }
}

extension MixedEvaluator {
  /// Tr(P rho) of every Pauli word, for the first sample.
  func components(_ batch: CircuitEvaluator.Batch) throws(CompilationError) -> [Double] {
    var result = [Double](repeating: 0, count: layout.componentCount)
    try result.withUnsafeMutableBufferPointer { result throws(CompilationError) in
      let destination = UncheckedPointer(result.baseAddress!)
      try run(batch) { run in
        for component in 0..<layout.componentCount { destination.pointer[component] = run.ket[component, 0] }
      }
    }
    try checkFinite(result, batch, derivatives: .none)
    return result
  }

  func purities(_ batch: CircuitEvaluator.Batch) throws(CompilationError) -> [Double] {
    var result = [Double](repeating: 0, count: batch.sampleCount)
    try result.withUnsafeMutableBufferPointer { result throws(CompilationError) in
      guard let base = result.baseAddress else { return }
      let destination = UncheckedPointer(base)
      try run(batch) { run in
        for lane in 0..<run.sampleCount {
          var sum = 0.0
          for component in 0..<layout.componentCount {
            let value = run.ket[component, lane]
            sum += value * value
          }
          destination.pointer[run.firstSample + lane] = sum / Double(1 << circuit.qubitCount)
        }
      }
    }
    try checkFinite(result, batch, derivatives: .none)
    return result
  }
}
