import LinearAlgebra

/// Which entries of a square matrix are always zero, always one, or anything: what a kernel is chosen by.
package struct MatrixPattern: Sendable, Hashable {
  package enum Entry: UInt8, Sendable { case zero, one, any }

  package let dimension: Int
  package let entries: [Entry]

  package init(dimension: Int, entries: [Entry]) {
    precondition(entries.count == dimension * dimension, "MatrixPattern: \(entries.count) entries for dimension \(dimension)")
    self.dimension = dimension
    self.entries = entries
  }

  /// The pattern of one matrix: exact zeros and ones count, rounding does not.
  package init(of matrix: ComplexMatrix) {
    self.init(dimension: matrix.rows, entries: matrix.elements.map { $0 == 0 ? .zero : $0 == 1 ? .one : .any })
  }

  package subscript(row: Int, column: Int) -> Entry { entries[row * dimension + column] }

  /// What a product of two matrices with these patterns may hold.
  package static func * (left: MatrixPattern, right: MatrixPattern) -> MatrixPattern {
    let d = left.dimension
    var product = [Entry](repeating: .zero, count: d * d)
    for r in 0..<d {
      for c in 0..<d {
        let terms = (0..<d).filter { left[r, $0] != .zero && right[$0, c] != .zero }
        guard let only = terms.first else { continue }
        product[r * d + c] = terms.count == 1 && left[r, only] == .one && right[only, c] == .one ? .one : .any
      }
    }
    return MatrixPattern(dimension: d, entries: product)
  }

  package var transposed: MatrixPattern {
    let d = dimension
    return MatrixPattern(dimension: d, entries: (0..<d * d).map { entries[$0 % d * d + $0 / d] })
  }

  package var isDiagonal: Bool {
    entries.indices.allSatisfy { entries[$0] == .zero || $0 / dimension == $0 % dimension }
  }

  /// For a permutation matrix, the column of the one in each row.
  package var permutation: [Int]? {
    guard !entries.contains(.any) else { return nil }
    let columns = (0..<dimension).map { r in (0..<dimension).filter { self[r, $0] == .one } }
    guard columns.allSatisfy({ $0.count == 1 }) else { return nil }
    return columns.map { $0[0] }
  }
}
