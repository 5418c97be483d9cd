import LinearAlgebra
import Testing

@Suite struct MatrixTests {
  static let x: ComplexMatrix = [[0, 1], [1, 0]]
  static let y: ComplexMatrix = [[0, Complex(0, -1)], [Complex(0, 1), 0]]
  static let z: ComplexMatrix = [[1, 0], [0, -1]]

  @Test func pauliAlgebra() {
    #expect(Self.x * Self.y == Complex(0, 1) * Self.z)
    #expect(Self.y.adjoint == Self.y)
    #expect(Self.y.transpose == -Self.y)
    #expect(Self.y.conjugate == -Self.y)
    #expect(Self.z.trace == 0)
    #expect(Self.x + Self.x - Self.x == Self.x)
  }

  /// The right factor acts on the low digit of the index.
  @Test func kroneckerOrder() {
    let low = Self.z.kronecker(Self.x)
    #expect(low * [1, 0, 0, 0] == [0, 1, 0, 0])
    #expect(low * [0, 0, 1, 0] == [0, 0, 0, -1])
    let rectangular = RealMatrix([[1, 2, 3]]).kronecker([[1], [10]])
    #expect(rectangular == [[1, 2, 3], [10, 20, 30]])
  }

  @Test func rowsColumnsAndDiagonal() {
    var matrix: RealMatrix = [[1, 2, 3], [4, 5, 6]]
    #expect(matrix.row(1) == [4, 5, 6])
    #expect(matrix.column(2) == [3, 6])
    #expect(matrix.diagonal == [1, 5])
    matrix[1, 0] += 6
    #expect(matrix.elements == [1, 2, 3, 10, 5, 6])
    #expect(matrix.transpose == [[1, 10], [2, 5], [3, 6]])
    #expect(matrix * [1, 1, 1] == [6, 21])
    #expect(matrix.description == "1.0 2.0 3.0\n10.0 5.0 6.0")
  }

  @Test func realAndImaginaryParts() {
    #expect(Self.y.imaginaryPart == [[0, -1], [1, 0]])
    #expect(ComplexMatrix(Self.x.realPart) == Self.x)
  }

  @Test func wrongShapesStopTheProgram() async {
    await #expect(processExitsWith: .failure) { _ = RealMatrix(rows: 2, columns: 2, elements: [1, 2, 3]) }
    await #expect(processExitsWith: .failure) { _ = RealMatrix.identity(2) * RealMatrix.identity(3) }
    await #expect(processExitsWith: .failure) { _ = RealMatrix.identity(2) + RealMatrix.identity(3) }
    await #expect(processExitsWith: .failure) { _ = RealMatrix.identity(2)[0, 2] }
    await #expect(processExitsWith: .failure) { _ = RealMatrix([[1, 2], [3]]) }
  }
}
