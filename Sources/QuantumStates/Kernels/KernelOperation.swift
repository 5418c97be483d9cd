import CStateKernels
import LinearAlgebra

/// A matrix placed on qubits of a layout: which kernel does it, over which blocks, and where its entries go.
///
/// Unchecked `Sendable`: what its pointers lead to is written by the initializer and only read afterwards.
///
/// Made once when a circuit is compiled; running it needs only coefficients. An entry of the matrix may stand in several
/// coefficients: one for each lane, where targets or controls are lane bits.
package final class KernelOperation: @unchecked Sendable {
  package enum Kind: Sendable {
    case identity, dense1, dense2, dense3, dense4, lane1, terms, diagonal, swaps, pauli
    /// More than 16 rows, or a permutation of lanes: amplitude by amplitude, without a kernel.
    case general, permutation
  }

  /// What a lane of a coefficient holds: `scale` times entry `index` of the matrix, or the constant `scale` (index -1).
  struct Source { var index: Int32, scale: Complex<Double> }

  package let layout: AmplitudeLayout
  package let kind: Kind
  package let targets: [Int]
  package let controls: [Control]
  /// Numbers that a caller supplies for a matrix: dimension squared, or 2 (identity and word) for a Pauli word.
  package let entryCount: Int
  /// For a permutation without a kernel: row k becomes row `permutation[k]`.
  let permutation: [Int]
  /// Blocks of coefficients for one set of entries.
  package var coefficientBlocks: Int { Int(operation.term_count) }
  /// Iterations of the kernel's loop over the whole state.
  package let loopCount: Int
  /// coefficientBlocks x lanes.
  let sources: [Source]
  /// Whether all lanes of a coefficient hold the same: in a batch, and where targets and controls are block bits.
  let isUniform: Bool
  /// The kernel's argument, without coefficients.
  let operation: hilbert_operation
  private let offsets: UnsafeMutableBufferPointer<Int64>
  private let terms: UnsafeMutableBufferPointer<hilbert_term>

  /// Places a 2^k x 2^k matrix on k qubits; the first target is the lowest bit of its row index.
  package init(pattern: MatrixPattern, targets: [Int], controls: [Control] = [], layout: AmplitudeLayout) {
    let place = Placement(targets: targets, controls: controls, layout: layout)
    precondition(
      pattern.dimension == 1 << targets.count,
      "KernelOperation: a matrix of dimension \(pattern.dimension) on \(targets.count) qubits")
    self.layout = layout
    self.targets = targets
    self.controls = controls
    entryCount = pattern.dimension * pattern.dimension
    permutation = []
    guard place.rows <= 16 else {
      // No kernel: the coefficients are the entries themselves, packed.
      kind = .general
      sources = pattern.entries.enumerated().map { at, entry in
        entry == .any ? Source(index: Int32(at), scale: 1) : Source(index: -1, scale: entry == .one ? 1 : 0)
      }
      let blocks = (entryCount + layout.lanes - 1) / layout.lanes
      var operation = hilbert_operation()
      (offsets, terms) = Self.own([], Array(repeating: hilbert_term(), count: blocks), in: &operation)
      self.operation = operation
      isUniform = false
      loopCount = 0
      return
    }

    var kept: [(term: hilbert_term, sources: [Source])] = []
    for row in 0..<place.rows {
      for column in 0..<place.rows {
        for flip in place.laneFlips {
          let lanes = place.sources(row: row, column: column, flip: flip, pattern: pattern)
          guard lanes.contains(where: { $0.index >= 0 || $0.scale != 0 }) else { continue }
          kept.append((hilbert_term(row: Int32(row), column: Int32(column), lane_xor: Int32(flip)), lanes))
        }
      }
    }
    var offsets = place.offsets
    let onDiagonal = kept.allSatisfy { $0.term.row == $0.term.column && $0.term.lane_xor == 0 }
    if onDiagonal {
      // The kernel leaves rows without a coefficient as they are: rows of ones need none, rows of zeros do.
      kept = (0..<place.rows).map { row in
        (
          hilbert_term(row: Int32(row), column: Int32(row), lane_xor: 0),
          place.sources(row: row, column: row, flip: 0, pattern: pattern)
        )
      }.filter { !$0.sources.allSatisfy { $0.index < 0 && $0.scale == 1 } }
      offsets = kept.map { place.offsets[Int($0.term.row)] }
      for index in kept.indices { kept[index].term = hilbert_term(row: Int32(index), column: Int32(index), lane_xor: 0) }
      kind = kept.isEmpty ? .identity : .diagonal
    } else if place.laneTargets == 0, !place.hasLaneControls, let permutation = pattern.permutation {
      kept = Self.swaps(of: permutation).map { (hilbert_term(row: Int32($0.0), column: Int32($0.1), lane_xor: 0), []) }
      kind = .swaps
    } else if place.laneTargets == 0, place.rows == 2 || kept.count * 2 > place.rows * place.rows {
      // A dense kernel reads a full table, so entries that are always zero get coefficients too.
      kept = (0..<place.rows * place.rows).map { at in
        let (row, column) = (at / place.rows, at % place.rows)
        return (
          hilbert_term(row: Int32(row), column: Int32(column), lane_xor: 0),
          place.sources(row: row, column: column, flip: 0, pattern: pattern)
        )
      }
      kind = [2: .dense1, 4: .dense2, 8: .dense3][place.rows] ?? .dense4
    } else if place.rows == 1, place.laneTargets == 1 {
      kept = place.laneFlips.map {
        (hilbert_term(row: 0, column: 0, lane_xor: Int32($0)), place.sources(row: 0, column: 0, flip: $0, pattern: pattern))
      }
      kind = .lane1
    } else {
      kind = .terms
    }

    var operation = hilbert_operation()
    (self.offsets, terms) = Self.own(offsets, kept.map(\.term), in: &operation)
    sources = kept.flatMap(\.sources)
    isUniform = place.isUniform
    operation.fixed_mask = place.fixedMask
    operation.fixed_value = place.fixedValue
    operation.lane_xor = kind == .lane1 ? kept[1].term.lane_xor : 0
    operation.sample_bits = Int32(layout.sampleBlockBits)
    self.operation = operation
    loopCount = layout.blockCount >> place.fixedMask.nonzeroBitCount
  }

  /// Places `own * I + word * P` for the Pauli word P = i^(x.z) X^x Z^z (Y = iXZ); its two entries are (own, word).
  package init(xMask: UInt64, zMask: UInt64, controls: [Control] = [], layout: AmplitudeLayout) {
    precondition(
      (xMask | zMask) >> UInt64(layout.qubitCount) == 0,
      "KernelOperation: \(PauliWord(xMask: xMask, zMask: zMask)) acts beyond the \(layout.qubitCount) qubits of the state")
    let place = Placement(targets: [], controls: controls, layout: layout)
    let (x, z) = (Int(xMask) << layout.sampleBits, Int(zMask) << layout.sampleBits)
    let (laneX, laneZ) = (x & (layout.lanes - 1), z & (layout.lanes - 1))
    let (blockX, blockZ) = (x >> layout.laneBits, z >> layout.laneBits)
    let phases: [Complex<Double>] = [1, Complex(0, 1), -1, Complex(0, -1)]
    let phase = phases[(x & z).nonzeroBitCount % 4]
    self.layout = layout
    targets = (0..<layout.qubitCount).filter { (xMask | zMask) >> UInt64($0) & 1 == 1 }
    self.controls = controls
    permutation = []
    kind = .pauli
    entryCount = 2
    var lanes: (own: [Source], word: [Source]) = ([], [])
    for lane in 0..<layout.lanes {
      let active = place.laneControlsHold(lane)
      let sign: Complex<Double> = ((lane ^ laneX) & laneZ).nonzeroBitCount % 2 == 0 ? phase : -phase
      lanes.own.append(active ? Source(index: 0, scale: 1) : Source(index: -1, scale: 1))
      lanes.word.append(active ? Source(index: 1, scale: sign) : Source(index: -1, scale: 0))
    }
    sources = lanes.own + lanes.word
    isUniform = layout.isBatched
    var operation = hilbert_operation()
    (offsets, terms) = Self.own([0], Array(repeating: hilbert_term(), count: 2), in: &operation)
    // Of each pair (j, j ^ x) the loop visits the one whose highest flipped bit is zero.
    let pivot = blockX == 0 ? 0 : 1 << (Int.bitWidth - 1 - blockX.leadingZeroBitCount)
    operation.fixed_mask = place.fixedMask | Int64(pivot)
    operation.fixed_value = place.fixedValue
    operation.x_mask = Int64(blockX)
    operation.z_mask = Int64(blockZ)
    operation.lane_xor = Int32(laneX)
    operation.sample_bits = Int32(layout.sampleBlockBits)
    self.operation = operation
    loopCount = layout.blockCount >> operation.fixed_mask.nonzeroBitCount
  }

  /// Places a diagonal matrix on any number of qubits; its entries are the diagonal alone.
  package init(diagonal: [MatrixPattern.Entry], targets: [Int], controls: [Control] = [], layout: AmplitudeLayout) {
    let place = Placement(targets: targets, controls: controls, layout: layout)
    precondition(
      diagonal.count == 1 << targets.count, "KernelOperation: a diagonal of \(diagonal.count) entries on \(targets.count) qubits")
    self.layout = layout
    self.targets = targets
    self.controls = controls
    entryCount = diagonal.count
    permutation = []
    let all = place.offsets
    let rows = (0..<place.rows).map { row in (all[row], place.sources(row: row, diagonal: diagonal)) }
      .filter { !$0.1.allSatisfy { $0.index < 0 && $0.scale == 1 } }
    kind = rows.isEmpty ? .identity : .diagonal
    sources = rows.flatMap(\.1)
    isUniform = place.isUniform
    var operation = hilbert_operation()
    (offsets, terms) = Self.own(
      rows.map(\.0), rows.indices.map { hilbert_term(row: Int32($0), column: Int32($0), lane_xor: 0) }, in: &operation)
    operation.fixed_mask = place.fixedMask
    operation.fixed_value = place.fixedValue
    operation.sample_bits = Int32(layout.sampleBlockBits)
    self.operation = operation
    loopCount = layout.blockCount >> place.fixedMask.nonzeroBitCount
  }

  private init(permutation images: [Int], targets: [Int], controls: [Control] = [], layout: AmplitudeLayout) {
    let place = Placement(targets: targets, controls: controls, layout: layout)
    precondition(
      images.sorted() == Array(0..<1 << targets.count),
      "KernelOperation: \(images.prefix(16)) is no permutation of 0..<\(1 << targets.count)")
    self.layout = layout
    self.targets = targets
    self.controls = controls
    permutation = images
    entryCount = 0
    sources = []
    isUniform = true
    kind = place.laneTargets == 0 && !place.hasLaneControls ? .swaps : .permutation
    var columns = images
    for (row, image) in images.enumerated() { columns[image] = row }
    let swaps = kind == .swaps ? Self.swaps(of: columns) : []
    var operation = hilbert_operation()
    (offsets, terms) = Self.own(
      place.offsets, swaps.map { hilbert_term(row: Int32($0.0), column: Int32($0.1), lane_xor: 0) }, in: &operation)
    operation.fixed_mask = place.fixedMask
    operation.fixed_value = place.fixedValue
    operation.sample_bits = Int32(layout.sampleBlockBits)
    self.operation = operation
    loopCount = layout.blockCount >> place.fixedMask.nonzeroBitCount
  }

  deinit {
    offsets.deallocate()
    terms.deallocate()
  }

  /// Places a permutation on any number of qubits: row k becomes row `images[k]`.
  package static func permutation(
    _ images: [Int], targets: [Int], controls: [Control] = [], layout: AmplitudeLayout
  ) -> KernelOperation {
    let inLanes = (targets + controls.map(\.qubit)).contains { $0 + layout.sampleBits < layout.laneBits }
    guard inLanes, targets.count <= 4 else {
      return KernelOperation(permutation: images, targets: targets, controls: controls, layout: layout)
    }
    // Lanes are permuted by products with zeros and ones, which have a kernel.
    var entries = [MatrixPattern.Entry](repeating: .zero, count: images.count * images.count)
    for (row, image) in images.enumerated() { entries[image * images.count + row] = .one }
    return KernelOperation(
      pattern: MatrixPattern(dimension: images.count, entries: entries), targets: targets, controls: controls, layout: layout)
  }

  private static func own(
    _ offsets: [Int64], _ terms: [hilbert_term], in operation: inout hilbert_operation
  ) -> (UnsafeMutableBufferPointer<Int64>, UnsafeMutableBufferPointer<hilbert_term>) {
    let ownedOffsets = UnsafeMutableBufferPointer<Int64>.allocate(capacity: offsets.count)
    _ = ownedOffsets.initialize(from: offsets)
    let ownedTerms = UnsafeMutableBufferPointer<hilbert_term>.allocate(capacity: terms.count)
    _ = ownedTerms.initialize(from: terms)
    operation.offsets = ownedOffsets.baseAddress.map { UnsafePointer($0) }
    operation.terms = ownedTerms.baseAddress.map { UnsafePointer($0) }
    operation.row_count = Int32(offsets.count)
    operation.term_count = Int32(terms.count)
    return (ownedOffsets, ownedTerms)
  }

  /// The swaps of rows that bring row `columns[r]` to row r, in order.
  private static func swaps(of columns: [Int]) -> [(Int, Int)] {
    var holds = Array(columns.indices), place = holds
    var result: [(Int, Int)] = []
    for row in columns.indices {
      let found = place[columns[row]]
      guard found != row else { continue }
      result.append((row, found))
      place[holds[row]] = found
      holds.swapAt(row, found)
    }
    return result
  }
}
