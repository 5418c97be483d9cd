import Execution
import LinearAlgebra
import QuantumStates

/// What runs a circuit and reads numbers from its final states: the switch between kinds of state.
protocol FunctionEngine: Sendable {
  var method: SimulationMethod { get }
  var precision: Precision { get }
  var level: SIMDLevel { get }
  var outputCount: Int { get }
  var parameterCount: Int { get }
  var featureCount: Int { get }

  /// Outputs of every sample, samples x outputs.
  func values(_ batch: CircuitEvaluator.Batch) throws(CompilationError) -> [Double]

  /// The gradient of sum over samples and outputs of cotangent * output.
  ///
  /// - Parameter kept: final states of an earlier forward pass, where the engine has such.
  func gradients(
    _ batch: CircuitEvaluator.Batch, kept: KeptStates?, ofFeatures: Bool,
    cotangents rule: CircuitEvaluator.CotangentRule
  ) throws(CompilationError) -> (values: [Double], gradients: CircuitEvaluator.Gradients, recovery: StateRecovery?)
}

extension FunctionEngine {
  /// Inputs of one evaluation, checked.
  func batch(
    parameters: [Double], features: RealMatrix, loop: ParallelLoop
  ) throws(CompilationError) -> CircuitEvaluator.Batch {
    try CompilationError.check(
      parameters: parameters, features: features, parameterCount: parameterCount, featureCount: featureCount)
    return CircuitEvaluator.Batch(parameters: parameters, features: features, loop: loop)
  }

  func gradients(
    _ batch: CircuitEvaluator.Batch, ofFeatures: Bool, cotangents rule: CircuitEvaluator.CotangentRule
  ) throws(CompilationError) -> (values: [Double], gradients: CircuitEvaluator.Gradients, recovery: StateRecovery?) {
    try gradients(batch, kept: nil, ofFeatures: ofFeatures, cotangents: rule)
  }
}

extension CircuitEvaluator: FunctionEngine {
  var method: SimulationMethod { .stateVector }
  var precision: Precision { layout.precision }
  var parameterCount: Int { circuit.parameterCount }
  var featureCount: Int { circuit.featureCount }

  func values(_ batch: Batch) throws(CompilationError) -> [Double] { try values(batch, keeping: nil) }

  func gradients(
    _ batch: Batch, kept: KeptStates?, ofFeatures: Bool, cotangents rule: CotangentRule
  ) throws(CompilationError) -> (values: [Double], gradients: Gradients, recovery: StateRecovery?) {
    let (values, gradients) = try gradients(batch, kept: kept, ofFeatures: ofFeatures, cotangents: rule) as ([Double], Gradients)
    return (values, gradients, nil)
  }
}

/// What a function reads, for every kind of state.
enum FunctionReadout: Sendable {
  case expectations([PauliSum])
  case probabilities([Int])
  /// Probabilities of what is reported for some qubits.
  case reported([Int], ReadoutError)
  case fidelity([Complex<Double>])

  /// In which order the amplitudes of a final state are read.
  var order: FinalOrder {
    switch self {
    case .expectations(let observables):
      observables.allSatisfy(\.isDiagonal) ? .relabelledUpToPhases : .relabelled
    case .probabilities, .reported, .fidelity: .basis
    }
  }

  func pure(_ circuit: CompiledCircuit) -> any Readout {
    let layout = circuit.layout
    switch self {
    case .expectations(let observables):
      return PauliReadout(
        circuit.finalQubits.map { qubits in observables.map { $0.relabelled(by: qubits) } } ?? observables, layout: layout)
    case .probabilities(let qubits), .reported(let qubits, _): return ProbabilityReadout(qubits: qubits, layout: layout)
    case .fidelity(let target): return FidelityReadout(target: target, layout: layout)
    }
  }

  var mixed: MixedReadout {
    switch self {
    case .expectations(let observables): .expectations(of: observables)
    case .probabilities(let qubits), .reported(let qubits, _): .probabilities(of: qubits)
    case .fidelity(let target): .fidelity(with: target)
    }
  }

  /// The engine with what comes after its readout.
  func completing(_ engine: any FunctionEngine) -> any FunctionEngine {
    if case .reported(let qubits, let readout) = self { ReportedEngine(engine, readout, of: qubits) } else { engine }
  }
}

extension Circuit {
  /// Whether the circuit leaves mixed states that a density matrix describes: it has channels or resets.
  public var isNoisy: Bool { instructions.contains { $0.isChannel || $0.kind == .reset } }

  /// Whether outcomes or classical bits decide what happens, so that neither a state vector nor a density matrix can run the
  /// circuit.
  public var isDynamic: Bool { instructions.contains(where: \.isDynamic) }
}

extension Instruction {
  /// Whether the instruction measures or is classical: no gate, no channel and no reset.
  public var isDynamic: Bool { !isUnitary && !isChannel && kind != .reset }
}
