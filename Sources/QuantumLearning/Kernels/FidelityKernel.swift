import Execution
import LinearAlgebra
import QuantumCircuits
import QuantumStates

/// The kernel K(x, y) = |<psi(x)|psi(y)>|^2 of a feature map: how alike the states are that two samples make.
///
/// Source: Havlíček et al., "Supervised learning with quantum-enhanced feature spaces", 2019.
public struct FidelityKernel: Sendable {
  let states: BatchStates
  let loop: ParallelLoop

  /// - Parameter featureMap: any circuit of features, without parameters.
  /// - Throws: `CompilationError` for a circuit that cannot be compiled or whose states do not fit in memory.
  public init(
    featureMap: Circuit, precision: Precision = .double, loop: ParallelLoop = ParallelLoop(), level: SIMDLevel = .current
  ) throws(CompilationError) {
    states = try BatchStates(of: featureMap, precision: precision, loop: loop, level: level)
    self.loop = loop
  }

  /// The exact Gram matrix of a batch: every sample is simulated once.
  ///
  /// - Parameter features: samples x features.
  /// - Returns: samples x samples, symmetric, ones on the diagonal.
  /// - Throws: `CompilationError` for features that do not fit or are not finite, and for more memory than there is.
  /// - Complexity: samples runs of the circuit, then 4 samples^2 2^n operations of a Hermitian product.
  public func gramMatrix(_ features: RealMatrix) throws(CompilationError) -> RealMatrix {
    let (samples, dimension) = (features.rows, states.dimension)
    // An entry of the matrix has half the bytes of an amplitude.
    try states.checkMemory(
      copies: samples + samples * samples / (2 * dimension),
      purpose: "The Gram matrix of \(samples) samples, their states included,")
    // Neither the states nor the matrix are zeroed first: every entry is written, and that by the threads that work on them.
    let rows = UnsafeMutablePointer<Complex<Double>>.allocate(capacity: max(1, samples * dimension))
    defer { rows.deallocate() }
    try states.fill(rows, features: features)
    let gram = [Double](unsafeUninitializedCapacity: samples * samples) { result, count in
      if let base = result.baseAddress {
        let tiles = GramTiles(rows: rows, samples: samples, dimension: dimension, result: base)
        loop.run(count: tiles.count) { tiles.fill($0) }
      }
      count = samples * samples
    }
    return RealMatrix(rows: samples, columns: samples, elements: gram)
  }
}

/// The Hermitian product of the states with themselves, cut into tiles of the upper triangle that threads share.
///
/// Unchecked: the states are only read, and every entry of `result` belongs to one tile.
private struct GramTiles: @unchecked Sendable {
  let rows: UnsafeMutablePointer<Complex<Double>>
  let samples: Int
  let dimension: Int
  let result: UnsafeMutablePointer<Double>

  /// Samples on one side of a tile: the product is then much dearer than packing its factors, and a tile stays in the cache.
  private static let side = 128
  private var sides: Int { (samples + Self.side - 1) / Self.side }
  var count: Int { sides * (sides + 1) / 2 }

  private func range(_ place: Int) -> Range<Int> { place * Self.side..<min(samples, (place + 1) * Self.side) }

  func fill(_ tile: Int) {
    var (row, rest) = (0, tile)
    while rest >= sides - row { (row, rest) = (row + 1, rest - (sides - row)) }
    let (top, left) = (range(row), range(row + rest))
    withUnsafeTemporaryAllocation(of: Complex<Double>.self, capacity: top.count * left.count) { overlaps in
      let overlaps = overlaps.baseAddress!
      if rest == 0 {
        BLAS.herk(
          n: top.count, k: dimension, a: rows + top.lowerBound * dimension, lda: dimension, c: overlaps, ldc: left.count)
      } else {
        BLAS.gemm(
          formB: .adjoint, m: top.count, n: left.count, k: dimension, a: rows + top.lowerBound * dimension, lda: dimension,
          b: rows + left.lowerBound * dimension, ldb: dimension, c: overlaps, ldc: left.count)
      }
      for (i, row) in top.enumerated() {
        for (j, column) in left.enumerated() {
          let fidelity = overlaps[i * left.count + j].lengthSquared
          result[row * samples + column] = fidelity
          result[column * samples + row] = fidelity
        }
      }
    }
  }
}
