import Execution
import LinearAlgebra
import QuantumCircuits

/// A Gram matrix that is too large for memory, computed tile by tile.
///
/// ```swift
/// let stream = KernelStream(kernel, features: samples, budget: MemoryBudget(bytes: 1 << 30), sampleBytes: 16 << 8)
/// try stream.forEachTile { tile in ... }
/// ```
/// Tiles of the lower triangle and the diagonal are computed, those above it are their transposes. How large a tile may be follows
/// from the budget: it holds the numbers of one tile, and what the kernel keeps of the samples on its two sides.
public struct KernelStream: Sendable {
  /// A rectangle of the matrix.
  public struct Tile: Sendable {
    /// The rows of the matrix that it covers.
    public let rows: Range<Int>
    /// The columns of the matrix that it covers.
    public let columns: Range<Int>
    /// Its entries: rows x columns.
    public let values: RealMatrix
    /// Whether it lies on the diagonal; any other stands for its transpose too.
    public var isDiagonal: Bool { rows == columns }
  }

  /// Samples on the side of a tile.
  public let side: Int
  private let kernel: any Kernel
  private let features: RealMatrix

  /// - Parameters:
  ///   - budget: bytes of memory that tiles may take.
  ///   - sampleBytes: what the kernel keeps of a sample while it computes: of a fidelity kernel the 16 x 2^n bytes of its state.
  public init(_ kernel: any Kernel, features: RealMatrix, budget: MemoryBudget, sampleBytes: Int) {
    (self.kernel, self.features) = (kernel, features)
    // Two copies of a tile (its values and what products leave beside them), and two sides of samples with their features.
    let perSample = 2 * Double(sampleBytes + 8 * features.columns)
    let bytes = Double(budget.bytes)
    let side = (((perSample * perSample + 4 * 16 * bytes).squareRoot() - perSample) / 32).rounded(.down)
    self.side = max(1, min(Int(side), features.rows))
  }

  /// Samples of the matrix.
  public var count: Int { features.rows }
  /// How many tiles are computed.
  public var tileCount: Int {
    let sides = (count + side - 1) / side
    return sides * (sides + 1) / 2
  }

  /// Computes the tiles one after another, row by row of tiles.
  ///
  /// - Parameter body: takes a tile; nothing of it is kept afterwards.
  /// - Throws: `CompilationError` as the kernel does, and what the body throws.
  /// - Complexity: the kernel's own, and for each row of tiles one more simulation of the samples left of it.
  public func forEachTile(_ body: (Tile) throws -> Void) throws {
    for top in stride(from: 0, to: count, by: side) {
      let rows = top..<min(top + side, count)
      for left in stride(from: 0, through: top, by: side) {
        let columns = left..<min(left + side, count)
        let values =
          left == top ? try kernel.gramMatrix(part(rows)) : try kernel.matrix(part(rows), against: part(columns))
        try body(Tile(rows: rows, columns: columns, values: values))
      }
    }
  }

  private func part(_ rows: Range<Int>) -> RealMatrix {
    let width = features.columns
    return RealMatrix(
      rows: rows.count, columns: width, elements: Array(features.elements[rows.lowerBound * width..<rows.upperBound * width]))
  }
}
