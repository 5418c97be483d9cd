import LinearAlgebra
import QuantumCircuits

extension FidelityKernel: Kernel {
  /// The exact kernel of new samples with training samples: every sample is simulated once.
  ///
  /// - Complexity: one run of the circuit for each sample, then 8 new training 2^n operations of a product.
  public func matrix(_ new: RealMatrix, against training: RealMatrix) throws(CompilationError) -> RealMatrix {
    let dimension = states.dimension
    try states.checkMemory(
      copies: new.rows + training.rows + new.rows * training.rows / (2 * dimension),
      purpose: "The kernel of \(new.rows) with \(training.rows) samples, their states included,")
    let left = UnsafeMutablePointer<Complex<Double>>.allocate(capacity: max(1, new.rows * dimension))
    let right = UnsafeMutablePointer<Complex<Double>>.allocate(capacity: max(1, training.rows * dimension))
    defer {
      left.deallocate()
      right.deallocate()
    }
    try states.fill(left, features: new)
    try states.fill(right, features: training)
    let elements = [Double](unsafeUninitializedCapacity: new.rows * training.rows) { result, count in
      if let base = result.baseAddress {
        let tiles = CrossTiles(left: left, right: right, rows: new.rows, columns: training.rows, dimension: dimension, result: base)
        loop.run(count: tiles.count) { tiles.fill($0) }
      }
      count = new.rows * training.rows
    }
    return RealMatrix(rows: new.rows, columns: training.rows, elements: elements)
  }
}

/// The product of two sets of states, cut into tiles that threads share.
///
/// Unchecked: the states are only read, and every entry of `result` belongs to one tile.
private struct CrossTiles: @unchecked Sendable {
  let left: UnsafeMutablePointer<Complex<Double>>
  let right: UnsafeMutablePointer<Complex<Double>>
  let rows: Int
  let columns: Int
  let dimension: Int
  let result: UnsafeMutablePointer<Double>

  private static let side = 128
  private var across: Int { (columns + Self.side - 1) / Self.side }
  var count: Int { (rows + Self.side - 1) / Self.side * across }

  func fill(_ tile: Int) {
    let (row, column) = (tile / across * Self.side, tile % across * Self.side)
    let (height, width) = (min(Self.side, rows - row), min(Self.side, columns - column))
    withUnsafeTemporaryAllocation(of: Complex<Double>.self, capacity: height * width) { overlaps in
      let overlaps = overlaps.baseAddress!
      BLAS.gemm(
        formB: .adjoint, m: height, n: width, k: dimension, a: left + row * dimension, lda: dimension,
        b: right + column * dimension, ldb: dimension, c: overlaps, ldc: width)
      for i in 0..<height {
        for j in 0..<width { result[(row + i) * columns + column + j] = overlaps[i * width + j].lengthSquared }
      }
    }
  }
}
