import LinearAlgebra
import QuantumStates

extension Instruction {
  /// Whether the order of two unitary gates does not matter, as far as their structure tells.
  ///
  /// Two gates commute when on every qubit that they share both are functions of the same Pauli matrix: a control and a diagonal
  /// gate, two targets of CNOTs. Rotations by Pauli words commute when the words do. Gates that commute for other reasons are not
  /// found.
  package func commutes(with other: Instruction) -> Bool {
    let shared = Set(qubits).intersection(other.qubits)
    if shared.isEmpty { return true }
    if let word = bareWord, let otherWord = other.bareWord { return word.commutes(with: otherWord) }
    return shared.allSatisfy { !axes(on: $0).isDisjoint(with: other.axes(on: $0)) }
  }

  /// The Pauli matrices on a qubit with which the instruction commutes, whatever its angles.
  private func axes(on qubit: Int) -> Set<Pauli> {
    guard let place = targets.firstIndex(of: qubit) else { return [.z] }
    switch kind {
    case .gate(let gate, _): return GateFacts.all[gate]!.axes[place]
    case .diagonal: return [.z]
    case .pauliRotation(let word, _): return word[place].map { [$0] } ?? Set(Pauli.allCases)
    case .unitary, .permutation:
      // Beyond a few qubits the products would cost more than what they find.
      guard targets.count <= 4 else { return [] }
      let factor = GateFactor(factors[0].action, targets: Array(targets.indices))
      return Set(Pauli.allCases.filter { factor.commutes(with: $0, on: place) })
    case .preparation, .channel, .barrier, .measurement, .reset, .assignment, .conditional, .loop, .snapshot: return []
    }
  }

  /// The word of a rotation by one Pauli word without controls, on the circuit's qubits.
  private var bareWord: PauliWord? {
    guard controls.isEmpty else { return nil }
    switch kind {
    case .pauliRotation(let word, _): return word.mapped(to: targets)
    case .gate(let gate, _):
      guard GateFacts.all[gate]!.isSingleRotation, let factor = gate.row.factors.first,
        case .rotation(let rotation) = factor.action, case .pauli(let word) = rotation.generator
      else { return nil }
      return word.mapped(to: factor.targets.map { targets[$0] })
    default: return nil
    }
  }
}
