import Execution
import LinearAlgebra
import QuantumStates

extension Circuit {
  /// The state that the circuit makes of |0...0>.
  ///
  /// ```swift
  /// let bell = Circuit(qubits: 2) { H(0); CX(0, 1) }
  /// let state = try bell.run()
  /// ```
  /// - Parameters:
  ///   - parameters: `parameterCount` numbers in radians.
  ///   - features: `featureCount` numbers of one sample.
  /// - Throws: `CompilationError` for wrong counts, values that are not finite, or a state that does not fit in memory.
  /// - Complexity: O(2^n) for each step; runs of one-qubit gates are one step.
  public func run(
    parameters: [Double] = [], features: [Double] = [], precision: Precision = .double, loop: ParallelLoop = ParallelLoop(),
    level: SIMDLevel = .current
  ) throws(CompilationError) -> StateVector {
    try CircuitRunner(self, precision: precision, loop: loop, level: level).run(parameters: parameters, features: features)
  }
}

extension QuantumState where Self: ~Copyable {
  /// Applies every instruction of a circuit: for states of any kind, gate by gate.
  public mutating func apply(_ circuit: Circuit, parameters: [Double] = [], features: [Double] = []) {
    precondition(circuit.qubitCount <= qubitCount, "QuantumState: a circuit of \(circuit.qubitCount) qubits on \(qubitCount)")
    for instruction in circuit.instructions {
      precondition(!instruction.isChannel, "QuantumState.apply: \(instruction) is no gate; run the circuit as a density matrix")
      precondition(!instruction.isPreparation, "QuantumState.apply: a state preparation is no gate; run the circuit instead")
      precondition(instruction.isUnitary, "QuantumState.apply: \(instruction) is no unitary gate; run the circuit with shots")
      for factor in instruction.factors {
        apply(factor, controls: instruction.controls) { $0.value(parameters: parameters, features: features) }
      }
    }
  }

  /// Applies one factor of an instruction; `angleValue` gives the number of a rotation's angle.
  mutating func apply(_ factor: GateFactor, controls: [Control], angleValue: (Angle) -> Double) {
    switch factor.action {
    case .diagonal(let entries): apply(diagonal: entries, targets: factor.targets, controls: controls)
    case .permutation(let images): apply(permutation: images, targets: factor.targets, controls: controls)
    case .rotation(let rotation):
      if case .pauli(let word) = rotation.generator, rotation.frequency == 0.5 {
        apply(rotation: word.mapped(to: factor.targets), angle: angleValue(rotation.angle), controls: controls)
      } else {
        apply(factor.matrix(angleValue: angleValue), targets: factor.targets, controls: controls)
      }
    case .fixed(let matrix): apply(matrix, targets: factor.targets, controls: controls)
    }
  }
}
