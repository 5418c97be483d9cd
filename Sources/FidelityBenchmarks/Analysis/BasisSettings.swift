import QuantumCircuits
import QuantumStates

/// The products of the bases of X, Y and Z on some qubits.
struct BasisSettings {
  let qubits: Int

  var count: Int { (0..<qubits).reduce(1) { count, _ in 3 * count } }
  var indices: Range<Int> { 0..<count }

  /// The digits of the number in base 3, that of the last qubit lowest.
  subscript(index: Int) -> [Pauli] {
    var rest = index
    return (0..<qubits).map { _ in
      defer { rest /= 3 }
      return [Pauli.x, .y, .z][rest % 3]
    }.reversed()
  }

  func name(_ index: Int) -> String { self[index].map(\.rawValue).joined() }
}

extension Circuit {
  /// Turns the basis of every qubit into that of Z.
  mutating func appendBases(_ bases: [Pauli]) {
    for (qubit, basis) in bases.enumerated() {
      if basis == .y { append(Sdg(qubit)) }
      if basis != .z { append(H(qubit)) }
    }
  }
}
