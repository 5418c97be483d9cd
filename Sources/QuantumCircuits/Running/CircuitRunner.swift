import Execution
import LinearAlgebra
import QuantumStates

/// A circuit compiled for one state: compiled once, run for many parameters and features.
///
/// ```swift
/// let runner = try CircuitRunner(ansatz)
/// var state = try runner.run(parameters: first)
/// try runner.run(parameters: second, into: &state)   // in the same memory
/// ```
public struct CircuitRunner: Sendable {
  /// The circuit, as written.
  public let circuit: Circuit
  /// The precision of the amplitudes.
  public var precision: Precision { evaluator.layout.precision }
  private let evaluator: CircuitEvaluator
  private let loop: ParallelLoop

  /// - Throws: `CompilationError` for a state that does not fit in memory.
  public init(
    _ circuit: Circuit, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    try self.init(circuit, precision: precision, loop: loop, level: level, tiles: .standard)
  }

  package init(
    _ circuit: Circuit, precision: Precision, loop: ParallelLoop, level: SIMDLevel, tiles: TileChoice
  ) throws(CompilationError) {
    try CompilationError.checkIsPure(circuit, for: "CircuitRunner")
    do {
      try AmplitudeLayout.check(
        qubitCount: circuit.qubitCount, precision: precision, purpose: "A state vector of \(circuit.qubitCount) qubits")
    } catch {
      throw .state(error)
    }
    self.circuit = circuit
    self.loop = loop
    let layout = AmplitudeLayout(qubitCount: circuit.qubitCount, precision: precision)
    let compiled = CompiledCircuit(circuit, layout: layout, level: level, tiles: tiles)
    evaluator = CircuitEvaluator(compiled, readout: PauliReadout([], layout: layout), level: level)
  }

  /// The state that the circuit makes of |0...0>, in memory of its own.
  ///
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, or a state that does not fit in memory.
  public func run(parameters: [Double] = [], features: [Double] = []) throws(CompilationError) -> StateVector {
    var state: StateVector
    do {
      state = try StateVector(qubits: circuit.qubitCount, precision: precision, loop: loop, level: evaluator.level)
    } catch {
      throw .state(error)
    }
    try run(parameters: parameters, features: features, into: &state)
    return state
  }

  /// Puts the state that the circuit makes of |0...0> in place of a state of as many qubits and the same precision.
  public func run(
    parameters: [Double] = [], features: [Double] = [], into state: inout StateVector
  ) throws(CompilationError) {
    precondition(
      state.qubitCount == circuit.qubitCount && state.precision == precision,
      "CircuitRunner: a state of \(state.qubitCount) qubits (\(state.precision)) for \(circuit.qubitCount) (\(precision))")
    let batch = try evaluator.batch(
      parameters: parameters, features: RealMatrix(rows: 1, columns: features.count, elements: features), loop: loop)
    try evaluator.run(batch, on: state.amplitudes.base)
  }
}
