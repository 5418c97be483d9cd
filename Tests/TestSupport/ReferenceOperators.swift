import LinearAlgebra
import RealModule

/// Full 2^n x 2^n matrices, written as plainly as possible and sharing nothing with the simulator under test.
///
/// Deliberately slow. Two independent constructions of the same operator stand here so that the reference itself can be checked:
/// `embedded` by index arithmetic and `kroneckerSum` by explicit Kronecker products.
public enum ReferenceOperators {
  /// The operator of `matrix` on `targets` under `controls`, element by element.
  ///
  /// Row r and column c are connected if they agree outside the targets; then the element is the one of `matrix` at the target
  /// bits of r and c. Where a control does not hold its value the operator is the identity.
  ///
  /// - Parameters:
  ///   - matrix: 2^k x 2^k; the first target is its least significant bit.
  ///   - targets: k distinct qubits.
  ///   - controls: qubit -> value (0 or 1) that it must have.
  public static func embedded(
    _ matrix: ComplexMatrix, targets: [Int], controls: [Int: Int] = [:], qubitCount: Int
  ) -> ComplexMatrix {
    check(matrix, targets, controls, qubitCount)
    let dimension = 1 << qubitCount
    var result = ComplexMatrix.identity(dimension)
    let targetMask = targets.reduce(0) { $0 | (1 << $1) }
    for row in 0..<dimension where holds(controls, at: row) {
      for column in 0..<dimension {
        let connected = row & ~targetMask == column & ~targetMask
        result[row, column] = connected ? matrix[bits(of: row, at: targets), bits(of: column, at: targets)] : .zero
      }
    }
    return result
  }

  /// The same operator as a sum of Kronecker products of single-qubit matrices:
  /// (1 - P) + sum over r, c of matrix[r, c] (x)_q F_q, P the projector of the controls, with F_q = |r_j><c_j| on target j,
  /// the projector on a control and the identity elsewhere. The highest qubit is the leftmost factor.
  public static func kroneckerSum(
    _ matrix: ComplexMatrix, targets: [Int], controls: [Int: Int] = [:], qubitCount: Int
  ) -> ComplexMatrix {
    check(matrix, targets, controls, qubitCount)
    let dimension = 1 << qubitCount
    let projector = kroneckerProduct(
      (0..<qubitCount).map { qubit in
        controls[qubit].map { outer($0, $0) } ?? ComplexMatrix.identity(2)
      })
    var result = ComplexMatrix.identity(dimension)
    accumulate(into: &result, projector, scale: Complex(-1))
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns {
        let factors = (0..<qubitCount).map { qubit -> ComplexMatrix in
          if let position = targets.firstIndex(of: qubit) { return outer((row >> position) & 1, (column >> position) & 1) }
          if let value = controls[qubit] { return outer(value, value) }
          return ComplexMatrix.identity(2)
        }
        accumulate(into: &result, kroneckerProduct(factors), scale: matrix[row, column])
      }
    }
    return result
  }

  /// The matrix of a Pauli word given as letters, qubit -> "X", "Y" or "Z"; qubits not named carry the identity.
  public static func pauliWord(_ letters: [Int: Character], qubitCount: Int) -> ComplexMatrix {
    precondition(letters.keys.allSatisfy { (0..<qubitCount).contains($0) }, "letters \(letters) outside \(qubitCount) qubits")
    return kroneckerProduct((0..<qubitCount).map { pauli(letters[$0] ?? "I") })
  }

  /// exp(-i angle/2 P) = cos(angle/2) 1 - i sin(angle/2) P of a Pauli word P.
  public static func pauliRotation(_ letters: [Int: Character], angle: Double, qubitCount: Int) -> ComplexMatrix {
    var result = ComplexMatrix.identity(1 << qubitCount)
    for index in 0..<(1 << qubitCount) { result[index, index] = Complex(Double.cos(angle / 2)) }
    accumulate(into: &result, pauliWord(letters, qubitCount: qubitCount), scale: Complex(0, -Double.sin(angle / 2)))
    return result
  }

  /// The 2 x 2 Pauli matrix of a letter.
  public static func pauli(_ letter: Character) -> ComplexMatrix {
    switch letter {
    case "I": square(2, [1, 0, 0, 1])
    case "X": square(2, [0, 1, 1, 0])
    case "Y": square(2, [0, Complex(0, -1), Complex(0, 1), 0])
    case "Z": square(2, [1, 0, 0, -1])
    default: preconditionFailure("a Pauli letter is I, X, Y or Z, not \(letter)")
    }
  }

  /// factors[last] (x) ... (x) factors[0]: the factor of qubit 0 varies fastest.
  public static func kroneckerProduct(_ factors: [ComplexMatrix]) -> ComplexMatrix {
    factors.reduce(ComplexMatrix.identity(1)) { low, high in
      var result = ComplexMatrix(rows: low.rows * high.rows, columns: low.columns * high.columns)
      for row in 0..<result.rows {
        for column in 0..<result.columns {
          result[row, column] = high[row / low.rows, column / low.columns] * low[row % low.rows, column % low.columns]
        }
      }
      return result
    }
  }

  /// The integer whose bit j is bit `qubits[j]` of `index`.
  public static func bits(of index: Int, at qubits: [Int]) -> Int {
    var result = 0
    for (position, qubit) in qubits.enumerated() { result |= ((index >> qubit) & 1) << position }
    return result
  }

  /// Whether every control has its value in the basis state `index`.
  public static func holds(_ controls: [Int: Int], at index: Int) -> Bool {
    controls.allSatisfy { qubit, value in (index >> qubit) & 1 == value }
  }

  /// A square matrix from its elements, row by row.
  public static func square(_ order: Int, _ elements: [Complex<Double>]) -> ComplexMatrix {
    precondition(elements.count == order * order, "\(elements.count) elements do not fill \(order) x \(order)")
    var result = ComplexMatrix(rows: order, columns: order)
    for row in 0..<order {
      for column in 0..<order { result[row, column] = elements[row * order + column] }
    }
    return result
  }

  /// |row><column| of one qubit.
  private static func outer(_ row: Int, _ column: Int) -> ComplexMatrix {
    var result = ComplexMatrix(rows: 2, columns: 2)
    result[row, column] = Complex(1)
    return result
  }

  private static func accumulate(into sum: inout ComplexMatrix, _ term: ComplexMatrix, scale: Complex<Double>) {
    for row in 0..<sum.rows {
      for column in 0..<sum.columns { sum[row, column] += scale * term[row, column] }
    }
  }

  private static func check(_ matrix: ComplexMatrix, _ targets: [Int], _ controls: [Int: Int], _ qubitCount: Int) {
    let qubits = targets + controls.keys
    precondition(Set(qubits).count == qubits.count, "targets \(targets) and controls \(controls) must be distinct")
    precondition(qubits.allSatisfy { (0..<qubitCount).contains($0) }, "qubits \(qubits) outside 0..<\(qubitCount)")
    precondition(controls.values.allSatisfy { $0 == 0 || $0 == 1 }, "control values \(controls) must be 0 or 1")
    let order = 1 << targets.count
    precondition(
      matrix.rows == order && matrix.columns == order, "\(matrix.rows) x \(matrix.columns) does not fit \(targets.count) targets")
  }
}
