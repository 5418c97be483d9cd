import LinearAlgebra
import RealModule

/// What follows from eigenvalues, each by its textbook formula.
extension ReferenceDensity {
  /// Ascending eigenvalues.
  public func eigenvalues() throws -> [Double] { try matrix.hermitianEigen().values }

  /// -sum p ln p over the positive eigenvalues, in nats.
  public func entropy() throws -> Double {
    try eigenvalues().reduce(0) { $1 > 0 ? $0 - $1 * .log($1) : $0 }
  }

  /// (Tr sqrt(sqrt(rho) sigma sqrt(rho)))^2 by two eigendecompositions.
  public func fidelity(_ other: ReferenceDensity) throws -> Double {
    let root = try Self.squareRoot(matrix)
    let inner = try (root * other.matrix * root).hermitianEigen().values
    let trace = inner.reduce(0) { $0 + max(0, $1).squareRoot() }
    return trace * trace
  }

  /// Half the sum of the absolute eigenvalues of rho - sigma.
  public func traceDistance(_ other: ReferenceDensity) throws -> Double {
    try (matrix - other.matrix).hermitianEigen().values.reduce(0) { $0 + abs($1) } / 2
  }

  /// The sum of the absolute negative eigenvalues of the partial transpose.
  public func negativity(of qubits: [Int]) throws -> Double {
    try partialTranspose(on: qubits).hermitianEigen().values.reduce(0) { $0 + max(0, -$1) }
  }

  private static func squareRoot(_ matrix: ComplexMatrix) throws -> ComplexMatrix {
    let eigen = try matrix.hermitianEigen()
    var result = ComplexMatrix(rows: matrix.rows, columns: matrix.columns)
    for (index, value) in eigen.values.enumerated() {
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          result[row, column] +=
            Complex(max(0, value).squareRoot()) * eigen.vectors[row, index] * eigen.vectors[column, index].conjugate
        }
      }
    }
    return result
  }
}
