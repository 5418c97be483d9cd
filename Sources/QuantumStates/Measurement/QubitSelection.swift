/// A list of different qubits and the bits that they are in a basis index.
struct QubitSelection {
  let qubits: [Int]
  /// The bits of all selected qubits.
  let mask: Int

  init(_ qubits: [Int], of qubitCount: Int, _ operation: StaticString) {
    precondition(
      Set(qubits).count == qubits.count && qubits.allSatisfy { 0..<qubitCount ~= $0 },
      "\(operation): qubits \(qubits) must be different and in 0..<\(qubitCount)")
    self.qubits = qubits
    mask = qubits.reduce(0) { $0 | 1 << $1 }
  }

  var count: Int { qubits.count }
  /// 2^count.
  var outcomeCount: Int { 1 << qubits.count }

  /// Bit j of the result is the bit of `qubits[j]` in a basis index.
  func gather(_ basisIndex: Int) -> Int {
    var result = 0
    for (place, qubit) in qubits.enumerated() { result |= (basisIndex >> qubit & 1) << place }
    return result
  }

  /// The basis index with bit j of `outcome` at `qubits[j]` and zeros elsewhere.
  func scatter(_ outcome: Int) -> Int {
    var result = 0
    for (place, qubit) in qubits.enumerated() { result |= (outcome >> place & 1) << qubit }
    return result
  }

  /// `scatter` of every outcome.
  var offsets: [Int] { (0..<outcomeCount).map(scatter) }

  /// The qubits of a register that are not selected, ascending.
  func complement(in qubitCount: Int) -> [Int] { (0..<qubitCount).filter { mask >> $0 & 1 == 0 } }

  /// The next basis index whose selected bits are zero: a carry runs over the selected bits.
  func nextRest(after basisIndex: Int) -> Int { ((basisIndex | mask) + 1) & ~mask }

  func requireOutcome(_ outcome: BitString, _ operation: StaticString) {
    precondition(outcome.width == count, "\(operation): outcome \(outcome) has \(outcome.width) bits for \(count) qubits")
  }
}
