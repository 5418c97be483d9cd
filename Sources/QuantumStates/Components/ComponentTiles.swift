import CStateKernels

/// How the tiles on some qubits lie in a state: which components are rows, which stand side by side in a row.
///
/// Unchecked `Sendable`: what its pointers lead to is written by the initializer and only read afterwards.
package final class ComponentTiles: @unchecked Sendable {
  /// The qubits of a tile, ascending.
  package let qubits: [Int]
  private let layout: ComponentLayout
  /// Qubits neither in the tile nor in its rows.
  private let outside: [Int]
  private let rows: hilbert_rows
  private let rowOffsets: UnsafeMutableBufferPointer<Int64>
  private let laneOffsets: UnsafeMutableBufferPointer<Int64>

  /// - Parameter qubits: `layout.tileQubits` of them, ascending.
  package init(qubits: [Int], layout: ComponentLayout) {
    precondition(
      !layout.isBatched && qubits.count == layout.tileQubits && qubits == Set(qubits).sorted()
        && qubits.allSatisfy { 0..<layout.qubitCount ~= $0 }, "ComponentTiles: qubits \(qubits) on \(layout)")
    self.qubits = qubits
    self.layout = layout
    let others = (0..<layout.qubitCount).filter { !qubits.contains($0) }
    outside = Array(others.dropFirst(2))
    rowOffsets = Self.offsets(of: qubits)
    let lanes = Array(others.prefix(2))
    laneOffsets = Self.offsets(of: lanes)
    rows = hilbert_rows(
      row_count: Int64(rowOffsets.count), row_offsets: UnsafePointer(rowOffsets.baseAddress),
      lane_offsets: lanes == [0, 1] ? nil : UnsafePointer(laneOffsets.baseAddress))
  }

  deinit {
    rowOffsets.deallocate()
    laneOffsets.deallocate()
  }

  private static func offsets(of qubits: [Int]) -> UnsafeMutableBufferPointer<Int64> {
    let result = UnsafeMutableBufferPointer<Int64>.allocate(capacity: 1 << (2 * qubits.count))
    _ = result.initialize(from: (0..<result.count).map { Int64(Self.component($0, on: qubits)) })
    return result
  }

  /// The component whose digits on the qubits are those of `index`.
  package static func component(_ index: Int, on qubits: [Int]) -> Int {
    qubits.enumerated().reduce(0) { $0 | (index >> (2 * $1.offset) & 3) << (2 * $1.element) }
  }

  /// How many tiles a state has.
  package var count: Int { 1 << (2 * outside.count) }

  private func offset(ofTile tile: Int) -> Int { Self.component(tile, on: outside) * layout.scalarBytes }

  /// Copies a tile out of a state.
  package func gather(_ tile: Int, from state: UnsafeRawPointer, into memory: UnsafeMutableRawPointer, kernels: Kernels) {
    var argument = rows
    kernels.table.pointee.gather_rows(&argument, state + offset(ofTile: tile), memory)
  }

  /// Copies a tile back into its state.
  package func scatter(_ tile: Int, from memory: UnsafeRawPointer, into state: UnsafeMutableRawPointer, kernels: Kernels) {
    var argument = rows
    kernels.table.pointee.scatter_rows(&argument, memory, state + offset(ofTile: tile))
  }
}
