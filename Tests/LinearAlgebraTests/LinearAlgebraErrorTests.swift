import LinearAlgebra
import Testing

/// Every input that has no answer gives its error, with the whole message.
@Suite struct LinearAlgebraErrorTests {
  struct Refusal: Sendable {
    let name: String
    let message: String
    let attempt: @Sendable () throws -> Void
  }

  static let broken: RealMatrix = [[1, 2], [.nan, 4]]
  static let notFinite =
    ": the entry in row 1, column 0 is not a finite number; look for a division by zero or an overflow where the matrix was made."

  static let refusals = [
    Refusal(
      name: "singular",
      message: "solve: the matrix is singular (pivot 1 is zero); remove dependent rows or add a small multiple of the identity."
    ) { _ = try RealMatrix([[1, 2], [2, 4]]).inverse() },
    Refusal(
      name: "indefinite",
      message: "cholesky: the leading 2 x 2 block is not positive definite; add a small multiple of the identity."
    ) { _ = try RealMatrix([[1, 2], [2, 1]]).cholesky() },
    Refusal(
      name: "negative",
      message: "squareRoot: the matrix has the negative eigenvalue -2.0; pass a positive semidefinite matrix."
    ) { _ = try ComplexMatrix([[3, 0], [0, -2]]).squareRoot() },
    Refusal(name: "symmetricEigen", message: "symmetricEigen" + notFinite) { _ = try broken.symmetricEigen() },
    Refusal(name: "hermitianEigen", message: "hermitianEigen" + notFinite) { _ = try ComplexMatrix(broken).hermitianEigen() },
    Refusal(name: "eigen", message: "eigen" + notFinite) { _ = try ComplexMatrix(broken).eigen() },
    Refusal(name: "singularValues", message: "singularValues" + notFinite) { _ = try broken.singularValues() },
    Refusal(name: "qrDecomposition", message: "qrDecomposition" + notFinite) { _ = try broken.qrDecomposition() },
    Refusal(name: "cholesky", message: "cholesky" + notFinite) { _ = try broken.cholesky() },
    Refusal(name: "exponential", message: "exponential" + notFinite) { _ = try broken.exponential() },
    Refusal(name: "exponentialDerivative", message: "exponentialDerivative" + notFinite) {
      _ = try broken.exponentialDerivative(along: broken)
    },
    Refusal(name: "solve", message: "solve" + notFinite) { _ = try broken.solve([1, 1]) },
    Refusal(name: "right-hand side", message: "solve, right-hand side" + notFinite) {
      _ = try RealMatrix.identity(2).solve([1, .infinity])
    },
    Refusal(name: "unitaryPower", message: "unitaryPower" + notFinite) { _ = try ComplexMatrix(broken).unitaryPower(0.5) },
  ]

  @Test(arguments: refusals)
  func refusedWithItsMessage(_ refusal: Refusal) throws {
    let error = try #require(throws: LinearAlgebraError.self) { try refusal.attempt() }
    #expect(error.description == refusal.message, "\(refusal.name)")
  }

  @Test func notConvergedSaysWhatToDo() {
    let error = LinearAlgebraError.notConverged(operation: "hermitianEigen", count: 3)
    #expect(
      error.description
        == "hermitianEigen: the iteration did not converge for 3 values; scale the matrix to entries near 1.")
  }
}
