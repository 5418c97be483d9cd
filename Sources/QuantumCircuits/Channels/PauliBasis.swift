import LinearAlgebra
import QuantumStates

/// The Pauli words of k qubits in the order of transfer matrices: digit I, X, Y, Z of each qubit, the first qubit lowest.
package enum PauliBasis {
  /// Word number i: its digit in base 4 on qubit q is 0 for I, 1 for X, 2 for Y, 3 for Z.
  package static func word(_ index: Int, qubitCount: Int) -> PauliWord {
    var (x, z): (UInt64, UInt64) = (0, 0)
    for qubit in 0..<qubitCount {
      let digit = index >> (2 * qubit) & 3
      if digit == 1 || digit == 2 { x |= 1 << UInt64(qubit) }
      if digit >= 2 { z |= 1 << UInt64(qubit) }
    }
    return PauliWord(xMask: x, zMask: z)
  }

  /// The number of a word.
  package static func index(of word: PauliWord) -> Int {
    word.factors.reduce(0) { $0 | [Pauli.x: 1, .y: 2, .z: 3][$1.pauli]! << (2 * $1.qubit) }
  }

  /// All 4^k words.
  package static func words(qubitCount: Int) -> [PauliWord] {
    (0..<1 << (2 * qubitCount)).map { word($0, qubitCount: qubitCount) }
  }

  /// The transfer matrix R[i][j] = Tr(P_i E(P_j))/2^k of E(ρ) = Σ A ρ B^+ over the pairs (A, B), and its largest imaginary part.
  package static func transfer(_ pairs: [(ComplexMatrix, ComplexMatrix)]) -> (matrix: RealMatrix, imaginary: Double) {
    let dimension = pairs[0].0.rows
    let count = dimension.trailingZeroBitCount
    let words = words(qubitCount: count).map { $0.matrix(qubits: count) }
    var result = RealMatrix(rows: words.count, columns: words.count)
    var imaginary = 0.0
    for (column, word) in words.enumerated() {
      let image = pairs.map { $0.0 * word * $0.1.adjoint }.reduce(ComplexMatrix(rows: dimension, columns: dimension), +)
      for (row, other) in words.enumerated() {
        // Tr(P image): P has one entry in each row.
        let sum = component(other, of: image)
        result[row, column] = sum.real / Double(dimension)
        imaginary = max(imaginary, abs(sum.imaginary) / Double(dimension))
      }
    }
    return (result, imaginary)
  }

  private static func component(_ word: ComplexMatrix, of matrix: ComplexMatrix) -> Complex<Double> {
    var sum: Complex<Double> = 0
    for row in 0..<word.rows {
      for column in 0..<word.columns where word[row, column] != 0 { sum += word[row, column] * matrix[column, row] }
    }
    return sum
  }
}
