import QuantumStates

/// Words of an observable that one setting of the measurement gives together.
public struct MeasurementGroup: Sendable, Hashable {
  /// The terms, coefficients as in the observable.
  public let terms: [PauliSum.Term]
  /// What to run after the state's circuit and before all qubits are measured.
  public let rotation: Circuit
  /// For each term the qubits whose outcomes' parity is its value, as a mask.
  public let masks: [UInt64]
  /// For each term 1, or -1 where the parity has the opposite sign.
  public let signs: [Double]

  /// The value of the group's sum for one outcome of all qubits.
  public func value(of outcome: Int) -> Double {
    var sum = 0.0
    for index in terms.indices {
      let isEven = (UInt64(outcome) & masks[index]).nonzeroBitCount.isMultiple(of: 2)
      sum += terms[index].coefficient * signs[index] * (isEven ? 1 : -1)
    }
    return sum
  }
}

/// Which words are measured together.
public enum PauliGrouping: String, Sendable, Hashable, Codable, CaseIterable {
  /// Each word by itself.
  case none
  /// Words that have on each qubit the same matrix or the identity: one-qubit rotations suffice.
  case qubitWise
  /// Words that commute: fewer groups, with two-qubit gates before the measurement.
  case commuting
}

extension PauliSum {
  /// The terms but for the constant in groups that are measured together, largest coefficients first.
  ///
  /// Complexity: O(T^2) for T terms, greedy: each term goes to the first group that takes it.
  ///
  /// Source: Verteletskyi, Yen, Izmaylov, "Measurement optimization in the variational quantum eigensolver using a minimum clique
  /// cover", 2020 (largest first); van den Berg, Temme, "Circuit optimization of Hamiltonian simulation by simultaneous
  /// diagonalization of Pauli clusters", 2020.
  public func measurementGroups(_ grouping: PauliGrouping, qubits count: Int) -> [MeasurementGroup] {
    precondition(count >= qubitCount, "PauliSum.measurementGroups: \(count) qubits for an observable of \(qubitCount)")
    let ordered = terms.filter { !$0.word.isIdentity }
      .sorted { ($1.coefficient.magnitude, $0.word) < ($0.coefficient.magnitude, $1.word) }
    var groups: [[Term]] = []
    for term in ordered {
      let place = groups.firstIndex { group in group.allSatisfy { grouping.joins($0.word, term.word) } }
      if let place { groups[place].append(term) } else { groups.append([term]) }
    }
    return groups.map { MeasurementGroup(commuting: $0, qubits: count) }
  }
}

extension PauliGrouping {
  fileprivate func joins(_ left: PauliWord, _ right: PauliWord) -> Bool {
    switch self {
    case .none: return false
    case .qubitWise:
      let both = (left.xMask | left.zMask) & (right.xMask | right.zMask)
      return (left.xMask ^ right.xMask) & both == 0 && (left.zMask ^ right.zMask) & both == 0
    case .commuting: return left.commutes(with: right)
    }
  }
}

extension MeasurementGroup {
  /// Finds a Clifford circuit that takes all words to products of Z.
  ///
  /// Word by word: on qubits that are not settled yet, rotations turn X and Y to Z and CX gates gather the Z on one qubit, which is
  /// settled then. The later words commute with its Z, so that they keep no X or Y there. Words that agree qubit by qubit need no
  /// CX but those that a sign of a product could take; they are left out by measuring the parity instead.
  fileprivate init(commuting terms: [PauliSum.Term], qubits count: Int) {
    var rotation = Circuit(qubits: count)
    var words = terms.map { SignedWord($0.word) }
    let agree = terms.allSatisfy { left in terms.allSatisfy { PauliGrouping.qubitWise.joins(left.word, $0.word) } }
    var settled: UInt64 = 0
    func add(_ gate: CliffordStep) {
      rotation.append(gate.instruction)
      for index in words.indices { words[index].apply(gate) }
    }
    for index in words.indices {
      let free = (words[index].x | words[index].z) & ~settled
      let support = PauliWord.qubitRange.filter { free >> UInt64($0) & 1 == 1 }
      for qubit in support where words[index].x >> UInt64(qubit) & 1 == 1 {
        if words[index].z >> UInt64(qubit) & 1 == 1 { add(.s(qubit)) }
        add(.h(qubit))
      }
      if agree {
        settled |= free
      } else if let last = support.last, words.contains(where: { $0.x != 0 }) {
        for qubit in support.dropLast() { add(.cx(qubit, last)) }
        settled |= 1 << UInt64(last)
      }
    }
    self.init(terms: terms, rotation: rotation, masks: words.map(\.z), signs: words.map { $0.isNegative ? -1 : 1 })
  }
}

/// A gate of the circuits that diagonalize words.
private enum CliffordStep {
  case h(Int), s(Int), cx(Int, Int)

  var instruction: Instruction {
    switch self {
    case .h(let qubit): H(qubit)
    case .s(let qubit): S(qubit)
    case .cx(let control, let target): CX(control, target)
    }
  }
}

/// A word with its sign, taken through Clifford gates.
///
/// Source of the sign rules: Aaronson, Gottesman, "Improved simulation of stabilizer circuits", 2004, section III.
private struct SignedWord {
  var x: UInt64
  var z: UInt64
  var isNegative = false

  init(_ word: PauliWord) { (x, z) = (word.xMask, word.zMask) }

  mutating func apply(_ step: CliffordStep) {
    switch step {
    case .h(let qubit):
      let bit = UInt64(1) << UInt64(qubit)
      if x & z & bit != 0 { isNegative.toggle() }
      let (oldX, oldZ) = (x & bit, z & bit)
      x = x & ~bit | oldZ
      z = z & ~bit | oldX
    case .s(let qubit):
      let bit = UInt64(1) << UInt64(qubit)
      if x & z & bit != 0 { isNegative.toggle() }
      z ^= x & bit
    case .cx(let control, let target):
      let (xc, zc) = (x >> UInt64(control) & 1, z >> UInt64(control) & 1)
      let (xt, zt) = (x >> UInt64(target) & 1, z >> UInt64(target) & 1)
      if xc & zt & (xt ^ zc ^ 1) == 1 { isNegative.toggle() }
      x ^= xc << UInt64(target)
      z ^= zt << UInt64(control)
    }
  }
}
