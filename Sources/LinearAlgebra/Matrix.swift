import ComplexModule
import RealModule

/// A dense matrix of real numbers.
public typealias RealMatrix = Matrix<Double>
/// A dense matrix of complex numbers.
public typealias ComplexMatrix = Matrix<Complex<Double>>

/// A dense matrix, row-major: entry (r, c) is `elements[r * columns + c]`.
///
/// ```swift
/// let pauliX: ComplexMatrix = [[0, 1], [1, 0]]
/// let swap = pauliX.kronecker(pauliX) * ComplexMatrix.identity(4)
/// ```
public struct Matrix<Scalar: MatrixScalar>: Sendable, Hashable {
  /// How many rows.
  public let rows: Int
  /// How many columns.
  public let columns: Int
  /// All entries, row by row.
  public var elements: [Scalar] {
    didSet {
      precondition(
        elements.count == rows * columns, "Matrix: \(elements.count) elements do not fill \(rows) x \(columns)")
    }
  }

  /// The matrix with the given entries, row by row.
  @inlinable
  public init(rows: Int, columns: Int, elements: [Scalar]) {
    precondition(
      rows >= 0 && columns >= 0 && elements.count == rows * columns,
      "Matrix: \(elements.count) elements do not fill \(rows) x \(columns)")
    self.rows = rows
    self.columns = columns
    self.elements = elements
  }

  /// The zero matrix.
  @inlinable
  public init(rows: Int, columns: Int) {
    self.init(rows: rows, columns: columns, elements: Array(repeating: .zero, count: rows * columns))
  }

  /// The matrix with the given rows, all of one length.
  public init(_ rows: [[Scalar]]) {
    let columns = rows.first?.count ?? 0
    for (row, entries) in rows.enumerated() {
      precondition(entries.count == columns, "Matrix: row \(row) has \(entries.count) entries, row 0 has \(columns)")
    }
    self.init(rows: rows.count, columns: columns, elements: Array(rows.joined()))
  }

  /// The identity of the given dimension.
  @inlinable
  public static func identity(_ dimension: Int) -> Matrix { diagonal(Array(repeating: 1, count: dimension)) }

  /// The square matrix with the given diagonal and zeros elsewhere.
  @inlinable
  public static func diagonal(_ entries: [Scalar]) -> Matrix {
    var result = Matrix(rows: entries.count, columns: entries.count)
    for (place, entry) in entries.enumerated() { result[place, place] = entry }
    return result
  }

  /// The entry in the given row and column.
  @inlinable
  public subscript(row: Int, column: Int) -> Scalar {
    get {
      precondition(contains(row, column), "Matrix: no entry (\(row), \(column)) in \(rows) x \(columns)")
      return elements[row * columns + column]
    }
    _modify {
      precondition(contains(row, column), "Matrix: no entry (\(row), \(column)) in \(rows) x \(columns)")
      yield &elements[row * columns + column]
    }
  }

  @inlinable
  func contains(_ row: Int, _ column: Int) -> Bool { 0 <= row && row < rows && 0 <= column && column < columns }

  /// The entries of one row.
  @inlinable
  public func row(_ row: Int) -> [Scalar] {
    precondition(0..<rows ~= row, "Matrix: no row \(row) in \(rows) x \(columns)")
    return Array(elements[row * columns..<(row + 1) * columns])
  }

  /// The entries of one column.
  @inlinable
  public func column(_ column: Int) -> [Scalar] {
    precondition(0..<columns ~= column, "Matrix: no column \(column) in \(rows) x \(columns)")
    return (0..<rows).map { elements[$0 * columns + column] }
  }

  /// The entries (0, 0), (1, 1), ...
  @inlinable
  public var diagonal: [Scalar] { (0..<min(rows, columns)).map { elements[$0 * columns + $0] } }

  /// True when there are as many rows as columns.
  @inlinable
  public var isSquare: Bool { rows == columns }

  /// Checks that the matrix is square, for operations that need it.
  @inlinable
  func requireSquare(_ operation: StaticString) {
    precondition(isSquare, "\(operation): the matrix is \(rows) x \(columns), must be square")
  }
}

extension Matrix: ExpressibleByArrayLiteral {
  public init(arrayLiteral rows: [Scalar]...) { self.init(rows) }
}

extension Matrix: CustomStringConvertible {
  /// One line a row, entries separated by spaces.
  @inlinable
  public var description: String {
    (0..<rows).map { row(($0)).map { "\($0)" }.joined(separator: " ") }.joined(separator: "\n")
  }
}
