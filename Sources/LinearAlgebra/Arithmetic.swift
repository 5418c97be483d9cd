import ComplexModule
import RealModule

// Inlinable, so that callers in other modules get loops over concrete numbers: the generic code is a hundred times slower.
extension Matrix {
  @inlinable
  public static func + (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, "+", +) }

  @inlinable
  public static func - (left: Matrix, right: Matrix) -> Matrix { left.combined(with: right, "-", -) }

  @inlinable
  public static prefix func - (matrix: Matrix) -> Matrix { matrix.map { -$0 } }

  @inlinable
  public static func * (factor: Scalar, matrix: Matrix) -> Matrix { matrix.map { factor * $0 } }

  /// The matrix product.
  ///
  /// Shape: (m x k) (k x n) -> m x n.
  ///
  /// - Complexity: O(m n k); a plain loop for small matrices, BLAS above.
  @inlinable
  public static func * (left: Matrix, right: Matrix) -> Matrix {
    precondition(
      left.columns == right.rows,
      "Matrix *: \(left.rows) x \(left.columns) times \(right.rows) x \(right.columns), inner dimensions must agree")
    var result = Matrix(rows: left.rows, columns: right.columns)
    left.elements.withUnsafeBufferPointer { a in
      right.elements.withUnsafeBufferPointer { b in
        result.elements.withUnsafeMutableBufferPointer { c in
          guard let a = a.baseAddress, let b = b.baseAddress, let c = c.baseAddress, !left.elements.isEmpty, !right.elements.isEmpty
          else { return }
          Scalar.multiply(a, b, into: c, m: left.rows, n: right.columns, k: left.columns)
        }
      }
    }
    return result
  }

  /// The matrix applied to a column vector.
  @inlinable
  public static func * (matrix: Matrix, vector: [Scalar]) -> [Scalar] {
    (matrix * Matrix(rows: vector.count, columns: 1, elements: vector)).elements
  }

  /// Entry (r, c) is entry (c, r) of the original.
  @inlinable
  public var transpose: Matrix { transposed { $0 } }

  /// The conjugate transpose.
  @inlinable
  public var adjoint: Matrix { transposed { $0.conjugate } }

  /// Every entry conjugated.
  @inlinable
  public var conjugate: Matrix { map { $0.conjugate } }

  /// The sum of the diagonal entries of a square matrix.
  @inlinable
  public var trace: Scalar {
    requireSquare("trace")
    return diagonal.reduce(.zero, +)
  }

  /// `A (x) B`, with entry `(r p + s, c q + t) = A(r, c) B(s, t)` for B of p x q: B acts on the low digits of the index.
  ///
  /// With qubit 0 the least significant bit, a gate U on qubit 0 and V on qubit 1 is `V.kronecker(U)`.
  @inlinable
  public func kronecker(_ low: Matrix) -> Matrix {
    var result: [Scalar] = []
    result.reserveCapacity(elements.count * low.elements.count)
    for row in 0..<rows {
      for lowRow in 0..<low.rows {
        for column in 0..<columns {
          let factor = elements[row * columns + column]
          for entry in low.elements[lowRow * low.columns..<(lowRow + 1) * low.columns] { result.append(factor * entry) }
        }
      }
    }
    return Matrix(rows: rows * low.rows, columns: columns * low.columns, elements: result)
  }

  /// The matrix with `transform` applied to every entry.
  @inlinable
  public func map(_ transform: (Scalar) -> Scalar) -> Matrix {
    Matrix(rows: rows, columns: columns, elements: elements.map(transform))
  }

  @inlinable
  func transposed(_ transform: (Scalar) -> Scalar) -> Matrix {
    var result: [Scalar] = []
    result.reserveCapacity(elements.count)
    for column in 0..<columns {
      for row in 0..<rows { result.append(transform(elements[row * columns + column])) }
    }
    return Matrix(rows: columns, columns: rows, elements: result)
  }

  @inlinable
  func combined(with other: Matrix, _ name: StaticString, _ combine: (Scalar, Scalar) -> Scalar) -> Matrix {
    precondition(
      rows == other.rows && columns == other.columns,
      "Matrix \(name): \(rows) x \(columns) and \(other.rows) x \(other.columns), shapes must agree")
    return Matrix(rows: rows, columns: columns, elements: zip(elements, other.elements).map(combine))
  }
}

extension ComplexMatrix {
  /// A real matrix as a complex one.
  public init(_ real: RealMatrix) {
    self.init(rows: real.rows, columns: real.columns, elements: real.elements.map { Complex($0) })
  }

  /// The real parts of the entries.
  @inlinable
  public var realPart: RealMatrix { RealMatrix(rows: rows, columns: columns, elements: elements.map { $0.rawStorage.x }) }

  /// The imaginary parts of the entries.
  @inlinable
  public var imaginaryPart: RealMatrix {
    RealMatrix(rows: rows, columns: columns, elements: elements.map { $0.rawStorage.y })
  }
}
