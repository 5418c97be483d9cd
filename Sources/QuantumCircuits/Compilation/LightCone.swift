import QuantumStates

/// The part of a circuit that what is read depends on: gates and channels that meet the light cone of the readout, on its qubits
/// alone.
///
/// Read backward, an observable grows by the qubits of every gate that touches it; a gate, a channel or a reset that does not touch
/// it keeps the trace and drops out, and so does a diagonal gate where the operator is diagonal on all it touches. Qubits that
/// nothing reaches leave the register, and those that stay move together.
///
/// Numbers keep their places: the parameters and features of what dropped out are still taken, and their gradients are 0.
struct LightCone {
  let circuit: Circuit
  let readout: FunctionReadout
  /// The qubits that stay, ascending: qubit `qubits[k]` of the whole circuit is qubit k of this one.
  let qubits: [Int]

  init(of readout: FunctionReadout, after whole: Circuit) {
    guard let read = readout.qubits, whole.instructions.allSatisfy(\.keepsTrace) else {
      (circuit, self.readout, qubits) = (whole, readout, Array(0..<whole.qubitCount))
      return
    }
    // For each qubit of the cone whether the operator so far is diagonal there.
    var cone = read
    var kept: [Instruction] = []
    for instruction in whole.instructions.reversed() {
      let touched = instruction.qubits.compactMap { cone[$0] }
      let commutes = instruction.isDiagonal && touched.allSatisfy { $0 }
      guard !touched.isEmpty, !commutes, instruction.actsOnState else { continue }
      kept.append(instruction)
      let staysDiagonal = instruction.isMonomial && touched.allSatisfy { $0 }
      for qubit in instruction.targets { cone[qubit] = staysDiagonal || instruction.isDiagonal && cone[qubit] ?? true }
      for control in instruction.controls { cone[control.qubit] = cone[control.qubit] ?? true }
    }
    // A circuit has at least one qubit, even where only constants are read.
    qubits = cone.isEmpty ? [0] : cone.keys.sorted()
    var places = [Int](repeating: 0, count: whole.qubitCount)
    for (place, qubit) in qubits.enumerated() { places[qubit] = place }
    circuit = Circuit(
      qubits: qubits.count, instructions: kept.reversed().map { $0.mapped(to: places) }, countsOf: whole)
    self.readout = readout.mapped(to: places)
  }
}

extension Instruction {
  /// Whether the instruction leaves the trace of every state as it is and changes its own qubits alone.
  fileprivate var keepsTrace: Bool { isUnitary || isChannel || kind == .reset }
}

extension GateFactor {
  fileprivate var isDiagonal: Bool {
    switch action {
    case .diagonal: true
    case .fixed(let matrix): MatrixPattern(of: matrix).isDiagonal
    case .permutation: false
    case .rotation(let rotation): MatrixPattern(of: rotation.generator.matrix(targetCount: targets.count)).isDiagonal
    }
  }

  fileprivate var isPermutation: Bool {
    switch action {
    case .permutation: true
    case .fixed(let matrix): MatrixPattern(of: matrix).permutation != nil
    case .diagonal, .rotation: false
    }
  }
}

extension Instruction {
  /// Preparations have no factors, and are no gates for that.
  private var isGate: Bool { isUnitary && !isPreparation }
  /// A unitary gate that multiplies every basis state by a number.
  fileprivate var isDiagonal: Bool { isGate && factors.allSatisfy(\.isDiagonal) }
  /// A unitary gate that takes every basis state to a multiple of one: operators that are diagonal stay so.
  fileprivate var isMonomial: Bool { isGate && factors.allSatisfy { $0.isDiagonal || $0.isPermutation } }
}

extension FunctionReadout {
  /// The qubits that are read, and whether what is read is diagonal there; nil for all of them.
  fileprivate var qubits: [Int: Bool]? {
    switch self {
    case .expectations(let observables):
      let factors = observables.flatMap { $0.terms.flatMap(\.word.factors) }
      return Dictionary(factors.map { ($0.qubit, $0.pauli == .z) }) { $0 && $1 }
    case .probabilities(let qubits), .reported(let qubits, _): return Dictionary(uniqueKeysWithValues: qubits.map { ($0, true) })
    case .fidelity: return nil
    }
  }

  fileprivate func mapped(to places: [Int]) -> FunctionReadout {
    switch self {
    case .expectations(let observables): .expectations(observables.map { $0.mapped(to: places) })
    case .probabilities(let qubits): .probabilities(qubits.map { places[$0] })
    case .reported(let qubits, let error): .reported(qubits.map { places[$0] }, error)
    case .fidelity: self
    }
  }
}
