import LinearAlgebra

/// The channel nearest to a Hermitian matrix, by Dykstra's alternating projections.
///
/// Source: Boyle, Dykstra, "A method for finding projections onto the intersection of convex sets in Hilbert spaces", 1986.
enum ChoiProjection {
  /// - Parameter choi: Hermitian, the input as the more significant half of an index.
  /// - Returns: a Choi matrix that is positive and trace preserving to rounding.
  static func nearestChannel(to choi: ComplexMatrix) throws(LinearAlgebraError) -> ComplexMatrix {
    var (current, correction) = (choi, ComplexMatrix(rows: choi.rows, columns: choi.columns))
    for _ in 0..<2000 {
      let shifted = current + correction
      let eigen = try (Complex(0.5) * (shifted + shifted.adjoint)).hermitianEigen()
      let positive = eigen.matrix { Complex(max(0, $0)) }
      correction = shifted - positive
      let next = tracePreserving(positive)
      let moved = (next - current).maximumMagnitude
      current = next
      if moved < 1e-9 { break }
    }
    // What is left of negative eigenvalues goes, and `S^-1/2 J S^-1/2` with S = tr_output J keeps the trace again.
    let positive = try current.hermitianEigen().matrix { Complex(max(0, $0)) }
    let root = try partialTrace(positive).hermitianEigen().matrix { Complex(1 / max($0, 1e-12).squareRoot()) }
    let frame = root.kronecker(.identity(root.rows))
    return frame * positive * frame
  }

  /// The trace over the output.
  static func partialTrace(_ choi: ComplexMatrix) -> ComplexMatrix {
    var dimension = 1
    while dimension * dimension < choi.rows { dimension *= 2 }
    var result = ComplexMatrix(rows: dimension, columns: dimension)
    for row in 0..<dimension {
      for column in 0..<dimension {
        for output in 0..<dimension { result[row, column] += choi[row * dimension + output, column * dimension + output] }
      }
    }
    return result
  }

  /// The nearest matrix whose trace over the output is the identity.
  private static func tracePreserving(_ choi: ComplexMatrix) -> ComplexMatrix {
    let trace = partialTrace(choi)
    let dimension = trace.rows
    var result = choi
    for row in 0..<dimension {
      for column in 0..<dimension {
        let excess = (trace[row, column] - (row == column ? 1 : 0)) / Complex(Double(dimension))
        for output in 0..<dimension { result[row * dimension + output, column * dimension + output] -= excess }
      }
    }
    return result
  }
}
