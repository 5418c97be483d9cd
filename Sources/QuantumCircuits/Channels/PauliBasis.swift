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

  /// The transfer matrix R[i][j] = Tr(P_i E(P_j))/2^k of the map E(ρ) = Σ A ρ B† over the pairs (A, B), which keeps Hermiticity.
  package static func transfer(_ pairs: [(ComplexMatrix, ComplexMatrix)]) -> RealMatrix {
    let dimension = pairs[0].0.rows
    let count = dimension.trailingZeroBitCount
    let words = words(qubitCount: count)
    let adjoints = pairs.map(\.1.adjoint)
    var result = RealMatrix(rows: words.count, columns: words.count)
    for (column, word) in words.enumerated() {
      let matrix = word.matrix(qubits: count)
      var image = ComplexMatrix(rows: dimension, columns: dimension)
      for (pair, adjoint) in zip(pairs, adjoints) { image = image + pair.0 * matrix * adjoint }
      for (row, component) in components(of: image).enumerated() { result[row, column] = component.real / Double(dimension) }
    }
    return result
  }

  /// Tr(P M) of every word P.
  package static func components(of matrix: ComplexMatrix) -> [Complex<Double>] {
    let count = matrix.rows.trailingZeroBitCount
    // Entry (r, c) goes to the digit 2 r + c of each qubit; then each qubit's four numbers become its I, X, Y, Z in place.
    var values = [Complex<Double>](repeating: 0, count: 1 << (2 * count))
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { values[interleaved(row, column, count)] = matrix[row, column] }
    }
    for qubit in 0..<count {
      let step = 1 << (2 * qubit)
      for base in values.indices where base >> (2 * qubit) & 3 == 0 {
        let (a, b, c, d) = (values[base], values[base + step], values[base + 2 * step], values[base + 3 * step])
        (values[base], values[base + step]) = (a + d, b + c)
        (values[base + 2 * step], values[base + 3 * step]) = (Complex.i * (b - c), a - d)
      }
    }
    return values
  }

  /// The matrix Σ v_P P.
  package static func matrix(of values: [Complex<Double>]) -> ComplexMatrix {
    let count = values.count.trailingZeroBitCount / 2
    var values = values
    for qubit in 0..<count {
      let step = 1 << (2 * qubit)
      for base in values.indices where base >> (2 * qubit) & 3 == 0 {
        let (one, x, y, z) = (values[base], values[base + step], values[base + 2 * step], values[base + 3 * step])
        (values[base], values[base + step]) = (one + z, x - Complex.i * y)
        (values[base + 2 * step], values[base + 3 * step]) = (x + Complex.i * y, one - z)
      }
    }
    var result = ComplexMatrix(rows: 1 << count, columns: 1 << count)
    for row in 0..<result.rows {
      for column in 0..<result.columns { result[row, column] = values[interleaved(row, column, count)] }
    }
    return result
  }

  private static func interleaved(_ row: Int, _ column: Int, _ count: Int) -> Int {
    (0..<count).reduce(0) { $0 | (row >> $1 & 1) << (2 * $1 + 1) | (column >> $1 & 1) << (2 * $1) }
  }
}
