import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Circuit {
  /// A two-qubit unitary, up to its global phase, as three CX and gates on one qubit.
  ///
  /// `U = (A1 x A0) exp(i (a XX + b YY + c ZZ)) (B1 x B0)`: in the basis of Bell states, products of one-qubit unitaries are real
  /// orthogonal and the middle is diagonal. So U there is `O1 D O2`, and `U^T U = O2^T D^2 O2` gives D and O2 by real eigenvectors.
  ///
  /// - Parameters:
  ///   - matrix: 4 x 4, `first` as the least significant bit.
  ///   - first: a qubit of the circuit.
  ///   - second: another one.
  ///
  /// Source: Kraus, Cirac, "Optimal creation of entanglement using a two-qubit gate", 2001; Vatan, Williams, "Optimal quantum
  /// circuits for general two-qubit gates", 2004, figure 6.
  public mutating func appendTwoQubit(_ matrix: ComplexMatrix, on first: Int, _ second: Int) {
    precondition(
      matrix.rows == 4 && matrix.isUnitary(tolerance: 1e-9), "Circuit.appendTwoQubit: the matrix is no unitary on two qubits")
    let parts = TwoQubitParts(matrix)
    let (a, b, c) = parts.coordinates
    let early = ComplexMatrix.rotationZ(-.pi / 2) * parts.before.second
    let late = parts.after.first * ComplexMatrix.rotationZ(.pi / 2)
    append(Instruction.euler(parts.before.first, on: first))
    append(Instruction.euler(early, on: second))
    append(CX(second, first))
    append(RZ(Angle(.pi / 2 - 2 * c), first))
    append(RY(Angle(2 * a - .pi / 2), second))
    append(CX(first, second))
    append(RY(Angle(.pi / 2 - 2 * b), second))
    append(CX(second, first))
    append(Instruction.euler(late, on: first))
    append(Instruction.euler(parts.after.second, on: second))
  }
}

extension Instruction {
  /// A unitary on one qubit, up to its global phase, as `U(theta, phi, lambda)`.
  public static func euler(_ matrix: ComplexMatrix, on qubit: Int) -> Instruction {
    precondition(matrix.rows == 2 && matrix.columns == 2, "Instruction.euler: a matrix of \(matrix.rows) x \(matrix.columns)")
    let (c, s) = (matrix[0, 0].length, matrix[1, 0].length)
    // U's first entry is cos(theta/2) up to the global phase; entries that vanish have no phase.
    let base = c > 1e-12 ? matrix[0, 0].phase : 0
    let (phi, lambda) =
      s > 1e-12 ? (matrix[1, 0].phase - base, (-matrix[0, 1]).phase - base) : (0, matrix[1, 1].phase - base)
    return .gate(.u, angles: [Angle(2 * atan2(s, c)), Angle(phi), Angle(lambda)], qubits: [qubit])
  }
}

extension ComplexMatrix {
  /// RZ.
  fileprivate static func rotationZ(_ angle: Double) -> ComplexMatrix {
    .diagonal([Complex(length: 1, phase: -angle / 2), Complex(length: 1, phase: angle / 2)])
  }
}

/// The parts of a two-qubit unitary.
private struct TwoQubitParts {
  typealias Pair = (first: ComplexMatrix, second: ComplexMatrix)
  let before: Pair
  let after: Pair
  let coordinates: (a: Double, b: Double, c: Double)

  init(_ matrix: ComplexMatrix) {
    let bell = Self.bell
    let inBell = bell.adjoint * matrix * bell
    let square = inBell.transpose * inBell
    var right = Self.commonEigenvectors(square.realPart, square.imaginaryPart)
    if Self.determinant(right) < 0 { for row in 0..<4 { right[row, 0].negate() } }
    let vectors = ComplexMatrix(right)
    let diagonal = (vectors.transpose * square * vectors).diagonal
    var phases = diagonal.map { $0.phase / 2 }
    func left() -> RealMatrix {
      (inBell * vectors * ComplexMatrix.diagonal(phases.map { Complex(length: 1, phase: -$0) })).realPart
    }
    if Self.determinant(left()) < 0 { phases[0] += .pi }
    after = Self.factors(bell * ComplexMatrix(left()) * bell.adjoint)
    before = Self.factors(bell * vectors.transpose * bell.adjoint)
    // The phases of (|00> + |11>), (|01> + |10>), (|01> - |10>), (|00> - |11>) are a - b + c, a + b - c, -a - b - c, -a + b + c.
    let mean = phases.reduce(0, +) / 4
    coordinates = ((phases[0] + phases[1]) / 2 - mean, (phases[1] + phases[3]) / 2 - mean, (phases[0] + phases[3]) / 2 - mean)
  }

  /// Bell states as columns, with the phases that make products of one-qubit unitaries of determinant 1 real.
  private static let bell: ComplexMatrix = {
    var result = ComplexMatrix(rows: 4, columns: 4)
    let half = Complex<Double>(0.5.squareRoot())
    (result[0, 0], result[3, 0]) = (half, half)
    (result[1, 1], result[2, 1]) = (.i * half, .i * half)
    (result[1, 2], result[2, 2]) = (half, -half)
    (result[0, 3], result[3, 3]) = (.i * half, -.i * half)
    return result
  }()

  /// Real eigenvectors of two symmetric matrices that commute: those of a sum in which no two pairs of eigenvalues meet.
  private static func commonEigenvectors(_ one: RealMatrix, _ other: RealMatrix) -> RealMatrix {
    var best: (error: Double, vectors: RealMatrix)?
    for angle in [0.3, 1.1, 1.9, 2.7, 0.71, 1.51, 2.33] {
      guard let vectors = try? (cos(angle) * one + sin(angle) * other).symmetricEigen().vectors else { continue }
      var error = 0.0
      for matrix in [one, other] {
        let turned = vectors.transpose * matrix * vectors
        for row in 0..<4 { for column in 0..<4 where row != column { error = max(error, abs(turned[row, column])) } }
      }
      if error < best?.error ?? .infinity { best = (error, vectors) }
      if error < 1e-13 { break }
    }
    return best!.vectors
  }

  private static func determinant(_ matrix: RealMatrix) -> Double {
    func minor(_ rows: [Int], _ columns: [Int]) -> Double {
      guard rows.count > 1 else { return matrix[rows[0], columns[0]] }
      return columns.indices.reduce(0) { sum, place in
        let rest = columns.indices.filter { $0 != place }.map { columns[$0] }
        return sum + (place.isMultiple(of: 2) ? 1 : -1) * matrix[rows[0], columns[place]] * minor(Array(rows.dropFirst()), rest)
      }
    }
    return minor([0, 1, 2, 3], [0, 1, 2, 3])
  }

  /// The factors of a product: blocks are multiples of the first, entries at equal places of blocks multiples of the second.
  private static func factors(_ product: ComplexMatrix) -> Pair {
    var first = ComplexMatrix(rows: 2, columns: 2)
    var second = ComplexMatrix(rows: 2, columns: 2)
    let places = (0..<4).flatMap { row in (0..<4).map { (row, $0) } }
    let (row, column) = places.max { product[$0.0, $0.1].length < product[$1.0, $1.1].length }!
    for i in 0..<2 {
      for j in 0..<2 {
        first[i, j] = product[row & 2 | i, column & 2 | j]
        second[i, j] = product[2 * i | row & 1, 2 * j | column & 1]
      }
    }
    return (normalized(first), normalized(second))
  }

  private static func normalized(_ matrix: ComplexMatrix) -> ComplexMatrix {
    Complex((2.0).squareRoot() / matrix.frobeniusNorm) * matrix
  }
}
