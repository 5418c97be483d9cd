/// A qubit as two masks over the basis index, after permutations that were not carried out.
///
/// CNOT, SWAP and X gates change which amplitude belongs to which values of the qubits; instead of moving amplitudes one may keep
/// count of it. All that such permutations do is linear over bits, so a qubit stays a parity.
package struct RelabelledQubit: Sendable, Hashable {
  /// The bits of a basis index that change where the qubit is flipped.
  package var flips: Int
  /// The bits whose parity is the qubit's value.
  package var parity: Int
  /// Whether the value is the opposite of the parity.
  package var isInverted: Bool

  package init(flips: Int, parity: Int, isInverted: Bool) {
    (self.flips, self.parity, self.isInverted) = (flips, parity, isInverted)
  }

  /// The qubit's value at a basis index.
  package func value(at index: Int) -> Int { ((index & parity).nonzeroBitCount + (isInverted ? 1 : 0)) & 1 }

  /// Whether unitaries on the two qubits commute: neither value changes where the other is flipped.
  package func isIndependent(of other: RelabelledQubit) -> Bool {
    (flips & other.parity).nonzeroBitCount % 2 == 0 && (other.flips & parity).nonzeroBitCount % 2 == 0
  }
}

extension PauliWord {
  /// The word on relabelled qubits: as a word over the bits of an index, and whether it is the opposite of that.
  func relabelled(by qubits: [RelabelledQubit]) -> (word: PauliWord, isNegative: Bool) {
    var (x, z, isNegative) = (0, 0, false)
    for (place, qubit) in qubits.enumerated() {
      if xMask >> UInt64(place) & 1 == 1 { x ^= qubit.flips }
      if zMask >> UInt64(place) & 1 == 1 {
        z ^= qubit.parity
        isNegative = isNegative != qubit.isInverted
      }
    }
    // Both words carry i^|x & z|: the quotient of the two is 1 or -1.
    let turns = (xMask & zMask).nonzeroBitCount - (x & z).nonzeroBitCount
    return (PauliWord(xMask: UInt64(x), zMask: UInt64(z)), isNegative != (turns & 2 != 0))
  }
}

extension PauliSum {
  /// The observable of the state that belongs to amplitudes whose qubits were relabelled, as one of those amplitudes.
  package func relabelled(by qubits: [RelabelledQubit]) -> PauliSum {
    PauliSum(
      terms.map { term in
        let (word, isNegative) = term.word.relabelled(by: qubits)
        return Term(isNegative ? -term.coefficient : term.coefficient, word)
      })
  }
}
