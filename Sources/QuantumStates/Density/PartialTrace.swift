import LinearAlgebra

extension StateVector {
  /// The state of some qubits when nothing is known of the others: `rho_A = Tr_B |psi><psi|`.
  ///
  /// - Parameter kept: different qubits; qubit j of the result is qubit `kept[j]`.
  /// - Throws: `StateError.tooLarge` if 4^k entries do not fit into memory.
  /// - Complexity: O(2^(n + k)) for k kept qubits.
  public func partialTrace(keeping kept: [Int]) throws(StateError) -> DensityMatrix {
    let result = try DensityMatrix(zeroOf: kept.count, precision: precision, loop: loop, level: level)
    result.fill(with: reducedMatrix(of: kept))
    return result
  }

  /// `rho_A` as a plain matrix in double precision.
  func reducedMatrix(of kept: [Int]) -> ComplexMatrix {
    let selection = QubitSelection(kept, of: qubitCount, "partialTrace")
    let rows = selection.outcomeCount
    var result = ComplexMatrix(rows: rows, columns: rows)
    // Amplitudes as a matrix psi[kept, rest]: rho_A = psi psi^+, added up over tiles of columns that stay in cache.
    let tile = max(1, min(1 << (qubitCount - kept.count), 65536 / rows))
    forEachTile(of: selection, columns: tile) { amplitudes in
      result.elements.withUnsafeMutableBufferPointer { result in
        BLAS.herk(n: rows, k: tile, a: amplitudes, lda: tile, beta: 1, c: result.baseAddress!, ldc: rows)
      }
    }
    return result
  }

  /// Amplitudes as a matrix: row = values of the selected qubits, column = values of the others, ascending.
  func amplitudeMatrix(rows selection: QubitSelection) -> ComplexMatrix {
    let columns = 1 << (qubitCount - selection.count)
    var elements: [Complex<Double>] = []
    elements.reserveCapacity(1 << qubitCount)
    forEachTile(of: selection, columns: columns) { tile in
      elements.append(contentsOf: UnsafeBufferPointer(start: tile, count: selection.outcomeCount * columns))
    }
    return ComplexMatrix(rows: selection.outcomeCount, columns: columns, elements: elements)
  }

  /// Calls `body` with tiles of `columns` columns of the amplitude matrix, row-major.
  private func forEachTile(of selection: QubitSelection, columns: Int, _ body: (UnsafePointer<Complex<Double>>) -> Void) {
    let access = AmplitudeAccess(base: amplitudes.base, precision: precision)
    let offsets = selection.offsets
    withUnsafeTemporaryAllocation(of: Complex<Double>.self, capacity: offsets.count * columns) { tile in
      let tile = tile.baseAddress!
      var rest = 0
      for _ in 0..<(1 << (qubitCount - selection.count)) / columns {
        for column in 0..<columns {
          for (row, offset) in offsets.enumerated() { tile[row * columns + column] = access[rest | offset] }
          rest = selection.nextRest(after: rest)
        }
        body(tile)
      }
    }
  }
}

extension DensityMatrix {
  /// The state of some qubits when nothing is known of the others: `rho_A = Tr_B rho`.
  ///
  /// - Parameter kept: different qubits; qubit j of the result is qubit `kept[j]`.
  /// - Throws: `StateError.tooLarge`.
  /// - Complexity: O(2^(n + k)) for k kept qubits.
  public func partialTrace(keeping kept: [Int]) throws(StateError) -> DensityMatrix {
    let result = try DensityMatrix(zeroOf: kept.count, precision: precision, loop: vector.loop, level: vector.level)
    result.fill(with: reducedMatrix(of: kept))
    return result
  }

  /// `rho_A` as a plain matrix in double precision.
  func reducedMatrix(of kept: [Int]) -> ComplexMatrix {
    let selection = QubitSelection(kept, of: qubitCount, "partialTrace")
    let offsets = selection.offsets
    var result = ComplexMatrix(rows: offsets.count, columns: offsets.count)
    var rest = 0
    for _ in 0..<1 << (qubitCount - kept.count) {
      for (row, rowOffset) in offsets.enumerated() {
        for (column, columnOffset) in offsets.enumerated() {
          result[row, column] += self[rest | rowOffset, rest | columnOffset]
        }
      }
      rest = selection.nextRest(after: rest)
    }
    return result
  }

  /// Writes all entries.
  func fill(with matrix: ComplexMatrix) {
    for row in 0..<matrix.rows {
      for column in 0..<matrix.columns { self[row, column] = matrix[row, column] }
    }
  }
}
