import LinearAlgebra
import QuantumStates

/// What cannot be compiled or evaluated.
public enum CompilationError: Error, Sendable, CustomStringConvertible {
  /// An observable or readout names a qubit that the circuit lacks.
  case qubitOutOfRange(readout: String, qubit: Int, qubitCount: Int)
  /// A qubit that a readout lists twice.
  case repeatedQubit(Int, in: [Int])
  /// A target state of another size than the circuit's.
  case targetSize(found: Int, expected: Int)
  /// Wrong number of parameters.
  case parameterCount(found: Int, expected: Int)
  /// Wrong number of features in the rows of a batch.
  case featureCount(found: Int, expected: Int)
  /// A value that is not finite: what, at which row and column.
  case nonFinite(what: String, row: Int, column: Int)
  /// An angle without a finite value, or without a finite derivative by a symbol, at a sample.
  case angle(Angle, derivative: Angle.Symbol?, row: Int)
  /// A sample that gives no state.
  case preparation(PreparationError)
  /// More memory than there is.
  case state(StateError)
  /// A channel whose strengths are out of range for a sample.
  case channel(ChannelError, row: Int)
  /// An instruction that is no unitary gate where only those can be: which, where in the program, what it was for.
  case notUnitary(instruction: String, source: String?, purpose: String)
  /// A loop that some shot did not leave within its limit: which, and where in the program.
  case loop(instruction: String, source: String?, limit: Int)
  /// A circuit to which a noise model cannot be applied.
  case circuit(CircuitError)
  /// A gradient method that cannot honour a setting.
  case unsupported(method: String, reason: String)

  public var description: String {
    switch self {
    case .qubitOutOfRange(let readout, let qubit, let qubitCount):
      "\(readout) reads qubit \(qubit), the circuit has \(qubitCount): use qubits 0 to \(qubitCount - 1)."
    case .repeatedQubit(let qubit, let qubits):
      "The list \(qubits) names qubit \(qubit) twice: name each once."
    case .targetSize(let found, let expected):
      "The target state has \(found) amplitudes, the circuit's has \(expected): give one for each basis state."
    case .parameterCount(let found, let expected):
      "The circuit takes \(expected) parameters, got \(found)."
    case .featureCount(let found, let expected):
      "The circuit takes \(expected) features a sample, the batch has \(found)."
    case .nonFinite(let what, let row, let column):
      "\(what) in row \(row), column \(column) is not a finite number: remove the row or fill in the value."
    case .angle(let angle, let symbol, let row):
      "The angle \(angle) has no finite \(symbol.map { "derivative by \($0)" } ?? "value") for row \(row): "
        + "keep its features and parameters inside the domains of its functions."
    case .preparation(let error): error.description
    case .state(let error): error.description
    case .channel(let error, let row): "Row \(row): \(error)"
    case .notUnitary(let instruction, let source, let purpose):
      "\(instruction)\(source.map { " at \($0)" } ?? "") is no unitary gate, and \(purpose) needs a circuit of unitary gates: "
        + "run it with shots (Circuit.run(shots:)), or leave final measurements out (Circuit.removingFinalMeasurements)."
    case .loop(let instruction, let source, let limit):
      "\(instruction)\(source.map { " at \($0)" } ?? "") still goes on after \(limit) rounds in some shot: raise the limit, "
        + "or see that the condition ends."
    case .circuit(let error): "\(error)"
    case .unsupported(let method, let reason): "\(method) cannot be used here: \(reason)."
    }
  }
}

extension CompilationError {
  /// A shot that did not leave a loop.
  static func loopLimit(_ instruction: Instruction) -> CompilationError {
    guard case .loop(_, let limit, _) = instruction.kind else { preconditionFailure("\(instruction) is no loop") }
    return .loop(instruction: "\(instruction)", source: instruction.source.map { "\($0)" }, limit: limit)
  }

  /// Throws for a circuit without one pure final state: with noise channels, measurements, conditions.
  static func checkIsPure(_ circuit: Circuit, for what: String) throws(CompilationError) {
    if let instruction = circuit.instructions.first(where: \.isChannel) {
      throw .unsupported(
        method: what, reason: "\(instruction) leaves a mixed state; run the circuit as a density matrix or by trajectories")
    }
    if let instruction = circuit.instructions.first(where: { !$0.isUnitary }) {
      throw .notUnitary(instruction: "\(instruction)", source: instruction.source.map { "\($0)" }, purpose: what)
    }
  }

  /// Throws unless there are as many parameters and features as a circuit takes, all of them finite.
  static func check(
    parameters: [Double], features: RealMatrix, parameterCount: Int, featureCount: Int
  ) throws(CompilationError) {
    guard parameters.count == parameterCount else { throw .parameterCount(found: parameters.count, expected: parameterCount) }
    guard features.columns == featureCount else { throw .featureCount(found: features.columns, expected: featureCount) }
    if let bad = parameters.firstIndex(where: { !$0.isFinite }) { throw .nonFinite(what: "A parameter", row: 0, column: bad) }
    if let bad = features.elements.firstIndex(where: { !$0.isFinite }) {
      throw .nonFinite(what: "A feature", row: bad / features.columns, column: bad % features.columns)
    }
  }
}
