import CStateKernels

/// A real matrix on the Pauli components of some qubits, placed on the rows of tiles: made once when a circuit is compiled.
///
/// Unchecked `Sendable`: what its pointers lead to is written by the initializer and only read afterwards.
package final class TransferOperation: @unchecked Sendable {
  /// Components of the targets: 4^k.
  package let size: Int
  /// The entries that have a coefficient, as row * size + column, ascending.
  package let entries: [Int]
  private let layout: ComponentLayout
  private let isDense: Bool
  private let operation: hilbert_transfer
  private let offsets: UnsafeMutableBufferPointer<Int64>
  private let terms: UnsafeMutableBufferPointer<hilbert_term>

  /// - Parameters:
  ///   - pattern: size x size, whether an entry can differ from zero.
  ///   - places: the targets' places among the qubits of the tile, the first the lowest digit of the matrix.
  package init(pattern: [Bool], places: [Int], layout: ComponentLayout) {
    let size = 1 << (2 * places.count)
    precondition(
      pattern.count == size * size && 1...4 ~= places.count && places.allSatisfy { $0 < layout.tileQubits },
      "TransferOperation: \(pattern.count) entries on places \(places) of \(layout)")
    self.size = size
    self.layout = layout
    let used = pattern.indices.filter { pattern[$0] }
    isDense = size == 4 && used.count > 7
    entries = isDense ? Array(0..<16) : used
    offsets = .allocate(capacity: size)
    _ = offsets.initialize(
      from: (0..<size).map { component in
        places.enumerated().reduce(0) { $0 | Int64(component >> (2 * $1.offset) & 3) << Int64(2 * $1.element) }
      })
    terms = .allocate(capacity: max(1, entries.count))
    _ = terms.initialize(
      from: entries.map { hilbert_term(row: Int32($0 / size), column: Int32($0 % size), lane_xor: 0) })
    var operation = hilbert_transfer()
    operation.row_count = 1 << Int64(2 * layout.tileQubits)
    operation.fixed_mask = offsets[size - 1]
    operation.offsets = UnsafePointer(offsets.baseAddress)
    operation.size = Int32(size)
    operation.term_count = Int32(entries.count)
    operation.vectors = Int32(layout.vectors)
    operation.terms = UnsafePointer(terms.baseAddress)
    self.operation = operation
  }

  deinit {
    offsets.deallocate()
    terms.deallocate()
  }

  /// Bytes of one set of coefficients, and of one set of overlaps.
  package var byteCount: Int { entries.count * 64 }

  /// Writes the coefficients of one matrix, row by row, for all lanes.
  package func fill(_ destination: UnsafeMutableRawPointer, _ matrix: UnsafePointer<Double>) {
    let lanes = layout.precision.lanes
    for (place, entry) in entries.enumerated() {
      switch layout.precision {
      case .float:
        (destination + place * 64).assumingMemoryBound(to: Float.self).update(repeating: Float(matrix[entry]), count: lanes)
      case .double: (destination + place * 64).assumingMemoryBound(to: Double.self).update(repeating: matrix[entry], count: lanes)
      }
    }
  }

  /// Writes the coefficients of the sample in one lane.
  package func fill(_ destination: UnsafeMutableRawPointer, lane: Int, _ matrix: UnsafePointer<Double>) {
    for (place, entry) in entries.enumerated() {
      switch layout.precision {
      case .float: (destination + place * 64).assumingMemoryBound(to: Float.self)[lane] = Float(matrix[entry])
      case .double: (destination + place * 64).assumingMemoryBound(to: Double.self)[lane] = matrix[entry]
      }
    }
  }

  /// Applies the matrix to a tile.
  package func apply(to tile: UnsafeMutableRawPointer, coefficients: UnsafeRawPointer, kernels: Kernels) {
    var argument = operation
    argument.coefficients = coefficients
    if isDense {
      kernels.table.pointee.transfer_dense(&argument, tile)
    } else {
      kernels.table.pointee.transfer_terms(&argument, tile)
    }
  }

  /// Adds the sums over a tile of bra[row] * ket[column] to `result`: a vector for each entry.
  package func overlap(
    bra: UnsafeRawPointer, ket: UnsafeRawPointer, result: UnsafeMutableRawPointer, kernels: Kernels
  ) {
    var argument = operation
    kernels.table.pointee.transfer_overlap(&argument, bra, ket, result)
  }

  /// Adds the overlaps of all lanes to their places in a matrix, row by row.
  package func reduce(_ result: UnsafeRawPointer, into matrix: UnsafeMutablePointer<Double>) {
    for lane in 0..<layout.precision.lanes { reduce(result, lane: lane, into: matrix) }
  }

  /// Adds the overlaps of one lane to their places in a matrix, row by row.
  package func reduce(_ result: UnsafeRawPointer, lane: Int, into matrix: UnsafeMutablePointer<Double>) {
    for (place, entry) in entries.enumerated() {
      switch layout.precision {
      case .float: matrix[entry] += Double((result + place * 64).assumingMemoryBound(to: Float.self)[lane])
      case .double: matrix[entry] += (result + place * 64).assumingMemoryBound(to: Double.self)[lane]
      }
    }
  }
}
