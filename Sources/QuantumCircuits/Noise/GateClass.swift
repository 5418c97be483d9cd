import LinearAlgebra
import QuantumStates

/// Kinds of operation that noise rules and durations speak of; an instruction can belong to several.
///
/// They are found from what an instruction is, not from how it is spelled: a rule for one-qubit gates fires for `H`, `U` and a
/// matrix.
public enum GateClass: String, CaseIterable, Sendable, Hashable {
  /// Gates on one qubit.
  case oneQubit = "one-qubit"
  /// Of those the diagonal ones (Z, S, T, RZ, P), which many devices do by shifting a phase, without error and without time.
  case phase
  /// Gates on two qubits, controls counted.
  case twoQubit = "two-qubit"
  /// Gates on three or more qubits.
  case manyQubit = "many-qubit"
  case measurement
  case reset
}

extension Instruction {
  /// The classes that the instruction belongs to; none for barriers, preparations and classical instructions.
  public var gateClasses: Set<GateClass> {
    switch kind {
    case .measurement: return [.measurement]
    case .reset: return [.reset]
    case .gate, .unitary, .diagonal, .permutation, .pauliRotation:
      switch qubits.count {
      case 0: return []
      case 1: return factors.allSatisfy(\.isDiagonal) ? [.oneQubit, .phase] : [.oneQubit]
      case 2: return [.twoQubit]
      default: return [.manyQubit]
      }
    case .preparation, .channel, .barrier, .assignment, .conditional, .loop, .snapshot: return []
    }
  }
}

extension GateFactor {
  fileprivate var isDiagonal: Bool {
    switch action {
    case .diagonal: true
    case .permutation(let images): images == Array(images.indices)
    case .fixed(let matrix): matrix.isDiagonal()
    case .rotation(let rotation): rotation.generator.isDiagonal
    }
  }
}
