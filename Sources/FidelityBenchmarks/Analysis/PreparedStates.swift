import QuantumCircuits
import QuantumStates

/// The products of |0>, |1>, |+> and |+i> on some qubits: their density matrices span all matrices.
struct PreparedStates {
  let qubits: Int

  var count: Int { 1 << (2 * qubits) }
  var indices: Range<Int> { 0..<count }

  private static let preparations: [(letter: String, gates: [Gate])] = [("0", []), ("1", [.x]), ("p", [.h]), ("i", [.h, .s])]

  private func digit(_ index: Int, _ qubit: Int) -> Int { index >> (2 * qubit) & 3 }

  /// A letter for each qubit, qubit 0 first.
  func name(_ index: Int) -> String { (0..<qubits).map { Self.preparations[digit(index, $0)].letter }.joined() }

  /// What prepares the state of a number whose digit in base 4 is that of the qubit.
  func gates(_ index: Int) -> [Instruction] {
    (0..<qubits).flatMap { qubit in Self.preparations[digit(index, qubit)].gates.map { Instruction.gate($0, on: qubit) } }
  }

  /// A Pauli word as a sum of prepared states: I = |0> + |1>, Z = |0> - |1>, X = 2|+> - |0> - |1>, Y likewise.
  func coefficients(_ word: PauliWord) -> [Double] {
    indices.map { input in
      (0..<qubits).reduce(1) { product, qubit in
        let row: [Double] =
          switch word[qubit] {
          case nil: [1, 1, 0, 0]
          case .x: [-1, -1, 2, 0]
          case .y: [-1, -1, 0, 2]
          case .z: [1, -1, 0, 0]
          }
        return product * row[digit(input, qubit)]
      }
    }
  }
}
