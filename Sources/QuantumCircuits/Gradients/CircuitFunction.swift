import Execution
import LinearAlgebra
import QuantumStates

/// Real numbers read from the final state of a circuit, as a differentiable function of parameters and features.
///
/// A whole batch goes through at once: `features` has one row for each sample. Gradients are of the sum over samples and
/// outputs of cotangent * output; without cotangents each is 1.
///
/// Complexity: a gradient by the adjoint method costs about three forward passes for any number of outputs and parameters.
public struct CircuitFunction: Sendable {
  /// The circuit, as written.
  public let circuit: Circuit
  /// Threads on which batches run; results do not depend on it.
  public var loop: ParallelLoop
  /// What computes the function: on state vectors, or on density matrices where the circuit has noise.
  private(set) var engine: any FunctionEngine
  private let readout: FunctionReadout
  /// Whether to run mixed states; where nil, as the circuit needs.
  private let isMixed: Bool?
  /// Whether only what the outputs depend on is run.
  public let isLightCone: Bool

  init(
    _ whole: Circuit, precision: Precision, loop: ParallelLoop, level: SIMDLevel, readout read: FunctionReadout,
    isMixed: Bool? = nil, isLightCone: Bool = false
  ) throws(CompilationError) {
    self.circuit = whole
    self.readout = read
    self.loop = loop
    self.isMixed = isMixed
    self.isLightCone = isLightCone
    let cone = isLightCone ? LightCone(of: read, after: whole) : nil
    let (circuit, readout) = (cone?.circuit ?? whole, cone?.readout ?? read)
    if isMixed ?? circuit.isNoisy {
      engine = read.completing(
        try MixedEvaluator(circuit, readout: readout.mixed, precision: precision, loop: loop, level: level))
      return
    }
    try CompilationError.checkIsPure(circuit, for: "CircuitFunction")
    do {
      // Ket and bra of every thread; large states run one after another, with the threads inside.
      try AmplitudeLayout.check(
        qubitCount: circuit.qubitCount, precision: precision,
        copies: 2 * CircuitEvaluator.statesAtOnce(qubitCount: circuit.qubitCount, precision: precision, loop: loop),
        purpose: "A circuit of \(circuit.qubitCount) qubits with its gradient")
    } catch {
      throw .state(error)
    }
    let layout = CompiledCircuit.layout(of: circuit, precision: precision)
    let compiled = CompiledCircuit(circuit, layout: layout, level: level, order: readout.order)
    engine = read.completing(CircuitEvaluator(compiled, readout: readout.pure(compiled), level: level))
  }

  /// The evaluator of state vectors.
  ///
  /// - Throws: `CompilationError` for a circuit with noise.
  func pureEvaluator(for what: String) throws(CompilationError) -> CircuitEvaluator {
    guard let evaluator = engine as? CircuitEvaluator else {
      try CompilationError.checkIsPure(circuit, for: what)
      throw .unsupported(method: what, reason: "errors of readout stand behind the circuit; leave them out")
    }
    return evaluator
  }

  /// How the circuit is run: as state vectors, or as density matrices where it has noise.
  public var method: SimulationMethod { engine.method }

  /// Numbers for each sample.
  public var outputCount: Int { engine.outputCount }
  /// Trained angles of the circuit.
  public var parameterCount: Int { circuit.parameterCount }
  /// Numbers that a sample brings.
  public var featureCount: Int { circuit.featureCount }
  /// The precision of the states.
  public var precision: Precision { engine.precision }

  /// The same function with states of its own layout, cut into other tiles or none; for samples one at a time.
  package func running(in tiles: TileChoice) -> CircuitFunction {
    var function = self
    let layout = AmplitudeLayout(qubitCount: circuit.qubitCount, precision: precision)
    let compiled = CompiledCircuit(circuit, layout: layout, level: engine.level, tiles: tiles, order: readout.order)
    function.engine = CircuitEvaluator(compiled, readout: readout.pure(compiled), level: engine.level)
    return function
  }

  /// The same function of another circuit on as many qubits: with noise, say, or without.
  ///
  /// - Throws: `CompilationError` for a circuit that cannot be run.
  public func replacing(_ circuit: Circuit) throws(CompilationError) -> CircuitFunction {
    try CircuitFunction(
      circuit, precision: precision, loop: loop, level: engine.level, readout: readout, isMixed: isMixed, isLightCone: isLightCone)
  }

  /// A batch of one sample without features.
  public static let noFeatures = RealMatrix(rows: 1, columns: 0)

  /// The outputs of every sample.
  ///
  /// - Parameters:
  ///   - features: samples x features.
  ///   - parameters: `parameterCount` numbers.
  /// - Returns: samples x outputs.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, or a sample that gives no state.
  public func values(
    features: RealMatrix = noFeatures, parameters: [Double] = []
  ) throws(CompilationError) -> RealMatrix {
    let batch = try engine.batch(parameters: parameters, features: features, loop: loop)
    return matrix(try engine.values(batch), rows: features.rows)
  }

  /// The outputs of every sample, and the gradient of their sum weighted by the cotangents.
  ///
  /// - Parameters:
  ///   - cotangents: samples x outputs; 1 each where nil.
  ///   - method: exact and fast unless another is asked for; what a method cannot do is an error.
  public func valueWithGradient(
    features: RealMatrix = noFeatures, parameters: [Double] = [], cotangents: RealMatrix? = nil, method: GradientMethod = .adjoint
  ) throws(CompilationError) -> (values: RealMatrix, gradient: CircuitGradient) {
    let batch = try engine.batch(parameters: parameters, features: features, loop: loop)
    if let cotangents {
      precondition(
        cotangents.rows == features.rows && cotangents.columns == outputCount,
        "CircuitFunction: cotangents are \(cotangents.rows) x \(cotangents.columns), outputs \(features.rows) x \(outputCount)")
    }
    let weights = cotangents?.elements ?? Array(repeating: 1, count: features.rows * outputCount)
    switch method {
    case .adjoint:
      let (values, gradients, recovery) = try engine.gradients(batch, ofFeatures: true) { sample, _, cotangents in
        for output in 0..<outputCount { cotangents[output] = weights[sample * outputCount + output] }
      }
      return (
        matrix(values, rows: features.rows),
        gradient(gradients, rows: features.rows, method, evaluations: 1, recovery: recovery)
      )
    case .twoTermShift, .generalShift:
      return try shiftGradient(batch, weights, method)
    case .finiteDifferences(let step):
      return try differenceGradient(batch, weights, step: step, method)
    case .spsa(let draws, let step, let seed):
      return try perturbationGradient(batch, weights, draws: draws, step: step, seed: seed, method)
    }
  }

  /// The outputs, with a loss whose cotangents are known only sample by sample: `rule` reads a sample's outputs and writes
  /// its cotangents, while the sample's state is still in the cache. It is called from several threads at once.
  public func valueWithGradient(
    features: RealMatrix, parameters: [Double],
    cotangents rule:
      @Sendable (
        _ sample: Int, _ outputs: UnsafePointer<Double>, _ cotangents: UnsafeMutablePointer<Double>
      ) -> Void
  ) throws(CompilationError) -> (values: RealMatrix, gradient: CircuitGradient) {
    let batch = try engine.batch(parameters: parameters, features: features, loop: loop)
    let (values, gradients, recovery) = try engine.gradients(batch, ofFeatures: true, cotangents: rule)
    return (
      matrix(values, rows: features.rows),
      gradient(gradients, rows: features.rows, .adjoint, evaluations: 1, recovery: recovery)
    )
  }

  func matrix(_ values: [Double], rows: Int) -> RealMatrix { RealMatrix(rows: rows, columns: outputCount, elements: values) }

  func gradient(
    _ gradients: CircuitEvaluator.Gradients, rows: Int, _ method: GradientMethod, evaluations: Int, standardErrors: [Double]? = nil,
    recovery: StateRecovery? = nil
  ) -> CircuitGradient {
    CircuitGradient(
      parameters: gradients.parameters,
      features: RealMatrix(
        rows: rows, columns: gradients.features.isEmpty && rows > 0 ? 0 : featureCount, elements: gradients.features),
      method: method, evaluations: evaluations, standardErrors: standardErrors, featureStandardErrors: nil,
      stateRecovery: recovery)
  }
}

/// Expectation values <psi|O_k|psi> of observables after a circuit.
///
/// ```swift
/// let model = Expectation(of: Z(0) * Z(1), after: classifier)
/// let (values, gradient) = try model.valueWithGradient(features: batch, parameters: start)
/// ```
///
/// Observables that name a qubit which the circuit lacks stop the program; `CircuitFunction.expectation` throws instead.
///
/// - Parameter isLightCone: whether gates, channels and qubits that no observable depends on are left out. Values are the same; the
///   parameters and features of what is left out have gradient 0, and an angle there that has no finite value is not noticed. Off
///   unless asked for, so that what runs is what is written.
public func Expectation(
  of observables: any PauliExpression..., after circuit: Circuit, precision: Precision = .double,
  loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current, isLightCone: Bool = false
) -> CircuitFunction {
  stoppingOnError { () throws(CompilationError) in
    try .expectation(
      of: observables.map(\.pauliSum), after: circuit, precision: precision, loop: loop, level: level, isLightCone: isLightCone)
  }
}

/// The probabilities of all values of some qubits after a circuit; the first listed qubit is the least significant bit.
///
/// - Parameter isLightCone: as for `Expectation(of:after:)`.
public func Probabilities(
  of qubits: Int..., after circuit: Circuit, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
  level: SIMDLevel = .current, isLightCone: Bool = false
) -> CircuitFunction {
  stoppingOnError { () throws(CompilationError) in
    try .probabilities(
      of: qubits, after: circuit, precision: precision, loop: loop, level: level, isLightCone: isLightCone)
  }
}

/// The fidelity |<target|psi>|^2 of the state after a circuit with a target, 2^n amplitudes in little-endian order.
public func Fidelity(
  of circuit: Circuit, with target: [Complex<Double>], precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
  level: SIMDLevel = .current
) -> CircuitFunction {
  stoppingOnError { () throws(CompilationError) in
    try .fidelity(of: circuit, with: target, precision: precision, loop: loop, level: level)
  }
}

private func stoppingOnError(_ make: () throws(CompilationError) -> CircuitFunction) -> CircuitFunction {
  do {
    return try make()
  } catch {
    // Not preconditionFailure: its message is lost in release builds.
    fatalError(error.description)
  }
}

extension CircuitFunction {
  /// See `Expectation(of:after:)`.
  public static func expectation(
    of observables: [PauliSum], after circuit: Circuit, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current, isLightCone: Bool = false
  ) throws(CompilationError) -> CircuitFunction {
    for observable in observables where observable.qubitCount > circuit.qubitCount {
      throw .qubitOutOfRange(
        readout: "The observable \(observable)", qubit: observable.qubitCount - 1, qubitCount: circuit.qubitCount)
    }
    return try CircuitFunction(
      circuit, precision: precision, loop: loop, level: level, readout: .expectations(observables), isLightCone: isLightCone)
  }

  /// See `Probabilities(of:after:)`.
  public static func probabilities(
    of qubits: [Int], after circuit: Circuit, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current, isLightCone: Bool = false
  ) throws(CompilationError) -> CircuitFunction {
    try checkProbabilities(of: qubits, after: circuit)
    return try CircuitFunction(
      circuit, precision: precision, loop: loop, level: level, readout: .probabilities(qubits), isLightCone: isLightCone)
  }

  static func checkProbabilities(of qubits: [Int], after circuit: Circuit) throws(CompilationError) {
    if let bad = qubits.first(where: { !(0..<circuit.qubitCount).contains($0) }) {
      throw .qubitOutOfRange(readout: "The list \(qubits)", qubit: bad, qubitCount: circuit.qubitCount)
    }
    for (place, qubit) in qubits.enumerated() where qubits[..<place].contains(qubit) { throw .repeatedQubit(qubit, in: qubits) }
  }

  /// See `Fidelity(of:with:)`.
  public static func fidelity(
    of circuit: Circuit, with target: [Complex<Double>], precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current
  ) throws(CompilationError) -> CircuitFunction {
    guard target.count == 1 << circuit.qubitCount else {
      throw .targetSize(found: target.count, expected: 1 << circuit.qubitCount)
    }
    if let bad = target.firstIndex(where: { !$0.isFinite }) { throw .state(.nonFinite(index: bad)) }
    let (squaredNorm, tolerance) = (target.reduce(0) { $0 + $1.lengthSquared }, 1e-6)
    guard abs(squaredNorm - 1) <= tolerance else { throw .state(.notNormalized(found: squaredNorm, tolerance: tolerance)) }
    return try CircuitFunction(circuit, precision: precision, loop: loop, level: level, readout: .fidelity(target))
  }
}
