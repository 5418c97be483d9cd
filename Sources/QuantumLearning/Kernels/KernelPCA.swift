import LinearAlgebra

/// Principal components in the space of a kernel: the directions in which the centred training samples vary most.
///
/// With `K' = K - 1K - K1 + 1K1` (1: the matrix of 1/samples) and its unit eigenvectors v_j of eigenvalue l_j, component j of a
/// sample with centred kernel values k' is `v_j · k' / sqrt(l_j)`. The entry of largest magnitude of every v_j is positive.
///
/// Source: Schölkopf, Smola, Müller, "Nonlinear component analysis as a kernel eigenvalue problem", 1998.
public struct KernelPCA: Sendable {
  /// The eigenvalues l_j of the centred Gram matrix, descending.
  public let eigenvalues: [Double]
  /// Column j is v_j / sqrt(l_j).
  private let directions: RealMatrix
  private let columnMeans: [Double]
  private let mean: Double

  /// - Parameters:
  ///   - gram: kernel values of all pairs of training samples.
  ///   - count: components to keep; fewer where the matrix has a lower rank.
  /// - Throws: `KernelMachineError`.
  /// - Complexity: O(samples^3).
  public init(gram: RealMatrix, count: Int) throws(KernelMachineError) {
    precondition(count >= 1, "KernelPCA: \(count) components, at least 1")
    let samples = gram.rows
    try KernelMachineChecks.gram(gram, samples: samples)
    columnMeans = (0..<samples).map { column in gram.column(column).reduce(0, +) / Double(samples) }
    mean = columnMeans.reduce(0, +) / Double(max(1, samples))
    let eigen: HermitianEigen<Double>
    do { eigen = try Self.centred(gram, columnMeans, mean).symmetricEigen() } catch { throw .linearAlgebra(error) }
    // Eigenvalues come in ascending order; those of rounding size belong to no direction.
    let least = 1e-12 * max(0, eigen.values.last ?? 0)
    let chosen = eigen.values.indices.reversed().prefix(count).filter { eigen.values[$0] > least }
    eigenvalues = chosen.map { eigen.values[$0] }
    var directions = RealMatrix(rows: samples, columns: chosen.count)
    for (column, place) in chosen.enumerated() {
      let vector = eigen.vectors.column(place)
      let largest = vector.max { abs($0) < abs($1) }!
      let scale = (largest < 0 ? -1 : 1) / eigen.values[place].squareRoot()
      for row in 0..<samples { directions[row, column] = scale * vector[row] }
    }
    self.directions = directions
  }

  /// The components of new samples: new samples x components.
  ///
  /// - Parameter kernel: new samples x training samples; the Gram matrix for the training samples themselves.
  public func transform(_ kernel: RealMatrix) throws(KernelMachineError) -> RealMatrix {
    try KernelMachineChecks.kernel(kernel, trainingCount: columnMeans.count)
    return Self.centred(kernel, columnMeans, mean) * directions
  }

  private static func centred(_ kernel: RealMatrix, _ columnMeans: [Double], _ mean: Double) -> RealMatrix {
    var result = kernel
    for row in 0..<kernel.rows {
      let rowMean = kernel.row(row).reduce(0, +) / Double(max(1, kernel.columns))
      for column in 0..<kernel.columns { result[row, column] += mean - rowMean - columnMeans[column] }
    }
    return result
  }
}
