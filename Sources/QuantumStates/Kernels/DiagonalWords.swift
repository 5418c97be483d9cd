import CStateKernels
import Execution

/// A list of Pauli words of Z alone, measured together in one pass over the probabilities.
package struct DiagonalWords: Sendable {
  package let layout: AmplitudeLayout
  package var count: Int { blockMasks.count }
  private let blockMasks: [Int64]
  /// words x lanes: the sign that lane bits give.
  private let laneSigns: [Double]

  package init(zMasks: [UInt64], layout: AmplitudeLayout) {
    self.layout = layout
    let masks = zMasks.map { Int($0) << layout.sampleBits }
    blockMasks = masks.map { Int64($0 >> layout.laneBits) }
    laneSigns = masks.flatMap { mask in
      (0..<layout.lanes).map { ($0 & mask).nonzeroBitCount % 2 == 0 ? 1 : -1 }
    }
  }

  /// Bytes of scratch memory that both methods need: rows of the words and, for each piece of a large state, their sums.
  package var scratchBytes: Int { pieceBytes * pieces }
  private var rowBytes: Int { count * layout.sampleBlocks * 64 }
  private var pieceBytes: Int { rowBytes + (8 * count + 63) & ~63 }
  /// Into how many pieces a state is cut.
  private var pieces: Int { layout.isBatched ? 1 : max(1, layout.blockCount / 16_384) }

  /// Writes <word> for every sample and word: samples x words.
  ///
  /// Sums over more than 256 blocks are short runs in the state's precision added in double, in a fixed order.
  package func expectations(
    of state: UnsafeRawPointer, into result: UnsafeMutablePointer<Double>, scratch: UnsafeMutableRawPointer, kernels: Kernels,
    loop: ParallelLoop = .serial
  ) {
    let iterations = layout.blockCount
    guard !layout.isBatched, iterations > 256 else {
      measure(state, scratch: scratch, kernels: kernels, first: 0, count: iterations)
      return collect(scratch, adding: false, into: result)
    }
    let (run, pieces) = (256, pieces)
    let memory = UncheckedPointer(scratch.assumingMemoryBound(to: UInt8.self))
    /// A piece's rows, and its sums.
    func own(_ piece: Int) -> (rows: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>) {
      let rows = UnsafeMutableRawPointer(memory.pointer + piece * pieceBytes)
      return (rows, (rows + rowBytes).assumingMemoryBound(to: Double.self))
    }
    (pieces > 1 ? loop : .serial).run(count: pieces) { index in
      let (rows, sums) = own(index)
      sums.update(repeating: 0, count: count)
      for first in stride(from: index * iterations / pieces, to: (index + 1) * iterations / pieces, by: run) {
        measure(state, scratch: rows, kernels: kernels, first: first, count: run)
        collect(rows, adding: true, into: sums)
      }
    }
    for word in 0..<count { result[word] = (0..<pieces).reduce(0) { $0 + own($1).sums[word] } }
  }

  private func measure(_ state: UnsafeRawPointer, scratch: UnsafeMutableRawPointer, kernels: Kernels, first: Int, count: Int) {
    scratch.initializeMemory(as: UInt8.self, repeating: 0, count: rowBytes)
    kernels.table.pointee.diagonal_expectations(
      state, blockMasks, Int64(self.count), Int64(layout.sampleBlockBits), scratch, Int64(first), Int64(count))
  }

  private func collect(_ scratch: UnsafeRawPointer, adding: Bool, into result: UnsafeMutablePointer<Double>) {
    switch layout.precision {
    case .float: transpose(scratch.assumingMemoryBound(to: Float.self), adding: adding, into: result)
    case .double: transpose(scratch.assumingMemoryBound(to: Double.self), adding: adding, into: result)
    }
  }

  @inline(__always)
  private func transpose<Scalar: BinaryFloatingPoint>(
    _ sums: UnsafePointer<Scalar>, adding: Bool, into result: UnsafeMutablePointer<Double>
  ) {
    let (lanes, count) = (layout.lanes, count)
    if layout.isBatched {
      for block in 0..<layout.sampleBlocks {
        for word in 0..<count {
          let (row, column) = (sums + (block * count + word) * lanes, result + block * lanes * count + word)
          for lane in 0..<lanes { column[lane * count] = Double(row[lane]) }
        }
      }
    } else {
      for word in 0..<count {
        var sum = adding ? result[word] : 0
        for lane in 0..<lanes { sum += laneSigns[word * lanes + lane] * Double(sums[word * lanes + lane]) }
        result[word] = sum
      }
    }
  }

  /// bra = (sum over words of weight * word) |state>, with weights for each sample: samples x words.
  package func apply(
    weights: UnsafePointer<Double>, to state: UnsafeRawPointer, bra: UnsafeMutableRawPointer, scratch: UnsafeMutableRawPointer,
    kernels: Kernels, loop: ParallelLoop = .serial
  ) {
    switch layout.precision {
    case .float: spread(weights, into: scratch.assumingMemoryBound(to: Float.self))
    case .double: spread(weights, into: scratch.assumingMemoryBound(to: Double.self))
    }
    let iterations = layout.blockCount
    let piece = 4096
    let pieces = layout.isBatched || iterations < 4 * piece ? 1 : iterations / piece
    let scratchAddress = UncheckedPointer(scratch.assumingMemoryBound(to: UInt8.self))
    (pieces > 1 ? loop : .serial).run(count: pieces) { index in
      kernels.table.pointee.diagonal_weighted(
        state, blockMasks, Int64(count), Int64(layout.sampleBlockBits), scratchAddress.pointer, bra,
        Int64(index * iterations / pieces), Int64(iterations / pieces))
    }
  }

  /// Weights in the lanes of the words' rows.
  @inline(__always)
  private func spread<Scalar: BinaryFloatingPoint>(_ weights: UnsafePointer<Double>, into rows: UnsafeMutablePointer<Scalar>) {
    let (lanes, count) = (layout.lanes, count)
    for block in 0..<layout.sampleBlocks {
      for word in 0..<count {
        let row = rows + (block * count + word) * lanes
        if layout.isBatched {
          let column = weights + block * lanes * count + word
          for lane in 0..<lanes { row[lane] = Scalar(column[lane * count]) }
        } else {
          for lane in 0..<lanes { row[lane] = Scalar(weights[word] * laneSigns[word * lanes + lane]) }
        }
      }
    }
  }
}

/// Rows of real numbers in the precision of the amplitudes.
struct ScalarAccess {
  let base: UnsafeMutableRawPointer
  let precision: Precision

  subscript(index: Int) -> Double {
    get {
      precision == .float
        ? Double(base.assumingMemoryBound(to: Float.self)[index]) : base.assumingMemoryBound(to: Double.self)[index]
    }
    nonmutating set {
      if precision == .float {
        base.assumingMemoryBound(to: Float.self)[index] = Float(newValue)
      } else {
        base.assumingMemoryBound(to: Double.self)[index] = newValue
      }
    }
  }
}
