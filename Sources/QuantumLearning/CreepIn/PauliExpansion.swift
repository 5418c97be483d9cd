import LinearAlgebra

/// Matrices on n qubits as sums of Pauli strings, by n butterflies of four points instead of 4^n matrices.
///
/// The strings stand in lexicographic order, I < X < Y < Z, the first letter on the most significant qubit, without II...I:
/// coefficient k belongs to the string that k + 1 spells in base 4.
enum PauliExpansion {
  /// How many strings there are without the identity: 4^n - 1.
  static func stringCount(qubits: Int) -> Int { 1 << (2 * qubits) - 1 }

  /// `sum_k c_k P_k`.
  ///
  /// - Complexity: O(n 4^n).
  static func matrix(_ coefficients: [Complex<Double>], qubits: Int) -> ComplexMatrix {
    let dimension = 1 << qubits
    precondition(
      coefficients.count == stringCount(qubits: qubits),
      "PauliExpansion: \(coefficients.count) coefficients, expected \(stringCount(qubits: qubits))")
    var digits = [Complex<Double>.zero] + coefficients
    forEachButterfly(qubits, &digits) { i, x, y, z in
      let turned = Complex(-y.imaginary, y.real)
      return (i + z, x - turned, x + turned, i - z)
    }
    var matrix = ComplexMatrix(rows: dimension, columns: dimension)
    matrix.elements = matrix.elements.indices.map { digits[digitIndex(row: $0 / dimension, column: $0 % dimension, qubits)] }
    return matrix
  }

  /// `tr(P_k M)` for every string, the adjoint of `matrix` up to conjugation.
  ///
  /// - Complexity: O(n 4^n).
  static func traces(_ matrix: ComplexMatrix, qubits: Int) -> [Complex<Double>] {
    let dimension = 1 << qubits
    precondition(matrix.rows == dimension && matrix.columns == dimension, "PauliExpansion: \(matrix.rows) x \(matrix.columns)")
    var digits = [Complex<Double>](repeating: .zero, count: dimension * dimension)
    for row in 0..<dimension {
      for column in 0..<dimension {
        digits[digitIndex(row: row, column: column, qubits)] = matrix.elements[row * dimension + column]
      }
    }
    forEachButterfly(qubits, &digits) { m00, m01, m10, m11 in
      let difference = m01 - m10
      return (m00 + m11, m01 + m10, Complex(-difference.imaginary, difference.real), m00 - m11)
    }
    return Array(digits.dropFirst())
  }

  /// The position whose base-4 digits are 2 r_q + c_q.
  private static func digitIndex(row: Int, column: Int, _ qubits: Int) -> Int {
    var index = 0
    for qubit in 0..<qubits { index |= (2 * (row >> qubit & 1) + (column >> qubit & 1)) << (2 * qubit) }
    return index
  }

  /// Replaces the four numbers that differ in one digit alone, digit after digit.
  @inline(__always)
  private static func forEachButterfly(
    _ qubits: Int, _ digits: inout [Complex<Double>],
    _ turn: (Complex<Double>, Complex<Double>, Complex<Double>, Complex<Double>) -> (
      Complex<Double>, Complex<Double>, Complex<Double>, Complex<Double>
    )
  ) {
    for qubit in 0..<qubits {
      let step = 1 << (2 * qubit)
      for block in stride(from: 0, to: digits.count, by: 4 * step) {
        for place in block..<block + step {
          (digits[place], digits[place + step], digits[place + 2 * step], digits[place + 3 * step]) = turn(
            digits[place], digits[place + step], digits[place + 2 * step], digits[place + 3 * step])
        }
      }
    }
  }
}
