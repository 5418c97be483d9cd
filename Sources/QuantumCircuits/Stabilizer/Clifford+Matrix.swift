import LinearAlgebra
import Stabilizers

extension Clifford {
  /// The element of the Clifford group with the given unitary matrix, the first qubit as the least significant bit.
  ///
  /// So no gate needs a row of images: `U P U^+` of every X and Z is worked out from the matrix that the gate has anyway, whatever
  /// its angles.
  ///
  /// - Returns: nil if the matrix takes some Pauli matrix to something else.
  /// - Complexity: O(k 8^k) on k qubits.
  public init?(matrix: ComplexMatrix) {
    precondition(
      matrix.isSquare && matrix.rows.nonzeroBitCount == 1 && matrix.rows > 1,
      "Clifford: a matrix of \(matrix.rows) x \(matrix.columns)")
    let (count, adjoint) = (matrix.rows.trailingZeroBitCount, matrix.adjoint)
    var images: [SignedPauli] = []
    for qubit in 0..<2 * count {
      let pauli = qubit < count ? SignedPauli.x(qubit) : .z(qubit - count)
      guard let image = Self.pauli(matrix * pauli.matrix(qubits: count) * adjoint, qubits: count) else { return nil }
      images.append(image)
    }
    self.init(x: Array(images[..<count]), z: Array(images[count...]))
  }

  /// How far an entry may be from that of a Pauli product.
  private static let tolerance = 1e-9

  /// The product that a matrix is: `i^r X^x Z^z` sends |0> to i^r |x>, and the sign of its column 2^q shows whether it has Z on
  /// qubit q.
  private static func pauli(_ matrix: ComplexMatrix, qubits count: Int) -> SignedPauli? {
    guard let x = (0..<matrix.rows).first(where: { matrix[$0, 0].length > 0.5 }) else { return nil }
    let phases: [Complex<Double>] = [1, .i, -1, Complex(0, -1)]
    guard let turns = phases.firstIndex(where: { (matrix[x, 0] - $0).length < tolerance }) else { return nil }
    var z = 0
    for qubit in 0..<count where (matrix[x ^ 1 << qubit, 1 << qubit] + phases[turns]).length < tolerance { z |= 1 << qubit }
    let result = SignedPauli(x: UInt64(x), z: UInt64(z), turns: turns)
    return (matrix - result.matrix(qubits: count)).maximumMagnitude < tolerance ? result : nil
  }
}

extension SignedPauli {
  /// The 2^n x 2^n matrix.
  public func matrix(qubits count: Int) -> ComplexMatrix {
    var result = ComplexMatrix(rows: 1 << count, columns: 1 << count)
    let phases: [Complex<Double>] = [1, .i, -1, Complex(0, -1)]
    for column in 0..<UInt64(1) << UInt64(count) {
      result[Int(column ^ x), Int(column)] = phases[(turns + 2 * (z & column).nonzeroBitCount) & 3]
    }
    return result
  }
}
