import LinearAlgebra

/// Gate sets that quantum mechanics allows, written in numbers without bounds.
///
/// - The state is `A A^+ / tr A A^+`.
/// - The effect of outcome 0 is `S^-1/2 A A^+ S^-1/2` with S = A A^+ + B B^+.
/// - A gate has the Choi matrix `S^-1/2 C C^+ S^-1/2` with S = tr_output C C^+, the root on the input.
///
/// All matrices are complex, real parts before imaginary ones: 8 numbers of the state, 16 of the effect, 32 of each gate.
enum PhysicalGateSet {
  static func entries(_ numbers: [Double]) -> [Double] { parts(numbers.count).flatMap { entries(ofPart: numbers[$0.numbers]) } }

  /// Derivatives of `entries`, a row for each number; those of a part follow its own numbers alone.
  static func slopes(_ numbers: [Double]) -> RealMatrix {
    let (parts, step) = (parts(numbers.count), 1e-6)
    var (result, moved) = (RealMatrix(rows: numbers.count, columns: parts.last!.entries.upperBound), numbers)
    for part in parts {
      for place in part.numbers {
        moved[place] = numbers[place] + step
        let more = entries(ofPart: moved[part.numbers])
        moved[place] = numbers[place] - step
        let less = entries(ofPart: moved[part.numbers])
        moved[place] = numbers[place]
        for (offset, entry) in part.entries.enumerated() { result[place, entry] = (more[offset] - less[offset]) / (2 * step) }
      }
    }
    return result
  }

  /// Where the numbers and the entries of the state, the effect and each gate stand.
  private static func parts(_ count: Int) -> [(numbers: Range<Int>, entries: Range<Int>)] {
    [(0..<8, 0..<3), (8..<24, 3..<7)]
      + (0..<(count - 24) / 32).map { (24 + 32 * $0..<56 + 32 * $0, 7 + 12 * $0..<19 + 12 * $0) }
  }

  /// The entries of the state, the effect or a gate, told apart by how many numbers they have.
  private static func entries(ofPart numbers: ArraySlice<Double>) -> [Double] {
    let first = numbers.startIndex
    switch numbers.count {
    case 8:
      let state = square(numbers)
      let trace = max(state.trace.real, 1e-300)
      return components(state).dropFirst().map { $0 / trace }
    case 16:
      let (zero, one) = (square(numbers[first..<first + 8]), square(numbers[first + 8..<first + 16]))
      let root = inverseRoot(zero + one)
      return components(root * zero * root).map { $0 / 2 }
    default:
      let choi = square(numbers)
      let frame = inverseRoot(ChoiProjection.partialTrace(choi)).kronecker(.identity(2))
      return Array(transfer(frame * choi * frame).elements[4...])
    }
  }

  /// Numbers of a gate set near another, which may be none that is allowed: mixed with a hundredth of noise, so that no factor is
  /// singular.
  static func numbers(near other: GateSet) -> [Double] {
    func root(_ matrix: ComplexMatrix, _ least: Double) -> [Double] {
      guard let eigen = try? (Complex(0.5) * (matrix + matrix.adjoint)).hermitianEigen() else { return factor(matrix) }
      return factor(eigen.matrix { Complex(max($0, least).squareRoot()) })
    }
    let (least, half) = (0.005, Complex<Double>(0.5))
    let state = sum(other.state.map { Complex($0) * half })
    let effect = sum(other.effect.map { Complex($0) })
    var result = root(state, least) + root(effect, least) + root(.identity(2) - effect, least)
    for gate in other.gates { result += root(choi(gate), least) }
    return result
  }

  /// The Choi matrix of a transfer matrix, the input as the more significant half.
  static func choi(_ transfer: RealMatrix) -> ComplexMatrix {
    var result = ComplexMatrix(rows: 4, columns: 4)
    for row in 0..<4 {
      for column in 0..<4 {
        result = result + Complex(transfer[row, column] / 2) * paulis[column].transpose.kronecker(paulis[row])
      }
    }
    return result
  }

  /// The transfer matrix of a Choi matrix J: `R_ij = tr((P_j^T x P_i) J)/2`.
  private static func transfer(_ choi: ComplexMatrix) -> RealMatrix {
    // tr(AB) is the sum of products of the entries of A^T and B.
    RealMatrix(
      rows: 4, columns: 4,
      elements: pairs.map { pair in zip(pair.elements, choi.elements).reduce(0) { $0 + ($1.0 * $1.1).real } / 2 })
  }

  /// `(P_j^T x P_i)^T` for i, j in order.
  private static let pairs = paulis.flatMap { row in paulis.map { column in column.kronecker(row.transpose) } }

  private static let paulis: [ComplexMatrix] = [
    .identity(2), ComplexMatrix([[0, 1], [1, 0]]), ComplexMatrix([[0, Complex(0, -1)], [.i, 0]]),
    ComplexMatrix([[1, 0], [0, -1]]),
  ]

  private static func components(_ matrix: ComplexMatrix) -> [Double] { paulis.map { ($0 * matrix).trace.real } }

  private static func sum(_ components: [Complex<Double>]) -> ComplexMatrix {
    zip(components, paulis).map { $0 * $1 }.reduce(ComplexMatrix(rows: 2, columns: 2), +)
  }

  private static func factor(_ matrix: ComplexMatrix) -> [Double] { matrix.elements.map(\.real) + matrix.elements.map(\.imaginary) }

  /// `A A^+` of the numbers of A.
  private static func square(_ numbers: ArraySlice<Double>) -> ComplexMatrix {
    let count = numbers.count / 2
    let dimension = count == 4 ? 2 : 4
    let matrix = ComplexMatrix(
      rows: dimension, columns: dimension,
      elements: (0..<count).map { Complex(numbers[numbers.startIndex + $0], numbers[numbers.startIndex + count + $0]) })
    return matrix * matrix.adjoint
  }

  /// Of a positive matrix of two rows: its root A has the determinant s = sqrt det and the trace t = sqrt(tr + 2s), and `A^-1 = (t
  /// - A)/s` with `A = (M + s)/t`.
  private static func inverseRoot(_ matrix: ComplexMatrix) -> ComplexMatrix {
    let determinant = (matrix[0, 0] * matrix[1, 1] - matrix[0, 1] * matrix[1, 0]).real
    let s = max(determinant, 1e-300).squareRoot()
    let t = (max(matrix.trace.real, 1e-300) + 2 * s).squareRoot()
    return Complex(1 / s) * (Complex(t - s / t) * .identity(2) - Complex(1 / t) * matrix)
  }
}
