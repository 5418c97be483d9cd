import LinearAlgebra

/// Targets and controls of an operation split into block bits and lane bits of a layout.
struct Placement {
  /// Target number t of the matrix is this block bit or lane bit.
  private let blockTargets: [(target: Int, bit: Int)]
  private let laneTargetBits: [(target: Int, bit: Int)]
  private let laneControlMask: Int
  private let laneControlValue: Int
  private let lanes: Int
  let fixedMask: Int64
  let fixedValue: Int64

  init(targets: [Int], controls: [Control], layout: AmplitudeLayout) {
    let all = targets + controls.map(\.qubit)
    precondition(
      Set(all).count == all.count && all.allSatisfy { 0..<layout.qubitCount ~= $0 },
      "KernelOperation: targets \(targets) and controls \(controls.map(\.qubit)) must be different qubits below \(layout.qubitCount)"
    )
    let bits = targets.enumerated().map { (target: $0.offset, bit: $0.element + layout.sampleBits) }
    blockTargets = bits.filter { $0.bit >= layout.laneBits }.map { ($0.target, $0.bit - layout.laneBits) }
    laneTargetBits = bits.filter { $0.bit < layout.laneBits }
    lanes = layout.lanes
    var (laneMask, laneValue, mask, value) = (0, 0, 0, 0)
    for control in controls {
      let bit = control.qubit + layout.sampleBits
      if bit < layout.laneBits {
        laneMask |= 1 << bit
        laneValue |= control.isOne ? 1 << bit : 0
      } else {
        mask |= 1 << (bit - layout.laneBits)
        value |= control.isOne ? 1 << (bit - layout.laneBits) : 0
      }
    }
    (laneControlMask, laneControlValue) = (laneMask, laneValue)
    fixedMask = Int64(blockTargets.reduce(mask) { $0 | 1 << $1.bit })
    fixedValue = Int64(value)
  }

  var laneTargets: Int { laneTargetBits.count }
  var hasLaneControls: Bool { laneControlMask != 0 }
  /// Whether no lane differs from another.
  var isUniform: Bool { laneTargets == 0 && !hasLaneControls }
  /// Block rows of the matrix: 2^(block targets).
  var rows: Int { 1 << blockTargets.count }
  func laneControlsHold(_ lane: Int) -> Bool { lane & laneControlMask == laneControlValue }

  /// The block offset of each block row.
  var offsets: [Int64] {
    (0..<rows).map { row in
      blockTargets.enumerated().reduce(0) { $0 | Int64(row >> $1.offset & 1) << Int64($1.element.bit) }
    }
  }

  /// Every way to flip lane targets, none first.
  var laneFlips: [Int] {
    (0..<1 << laneTargets).map { flip in
      laneTargetBits.enumerated().reduce(0) { $0 | (flip >> $1.offset & 1) << $1.element.bit }
    }
  }

  /// The row of the matrix for a block row and a lane.
  private func matrixRow(_ blockRow: Int, _ lane: Int) -> Int {
    let high = blockTargets.enumerated().reduce(0) { $0 | (blockRow >> $1.offset & 1) << $1.element.target }
    return laneTargetBits.reduce(high) { $0 | (lane >> $1.bit & 1) << $1.target }
  }

  /// What each lane of the coefficient of (row, column, flip) holds; the identity where lane controls do not hold.
  func sources(row: Int, column: Int, flip: Int, pattern: MatrixPattern) -> [KernelOperation.Source] {
    (0..<lanes).map { lane in
      guard laneControlsHold(lane) else { return .init(index: -1, scale: row == column && flip == 0 ? 1 : 0) }
      let (r, c) = (matrixRow(row, lane), matrixRow(column, lane ^ flip))
      return switch pattern[r, c] {
      case .zero: .init(index: -1, scale: 0)
      case .one: .init(index: -1, scale: 1)
      case .any: .init(index: Int32(r * pattern.dimension + c), scale: 1)
      }
    }
  }

  /// What each lane of the coefficient of a row holds for a diagonal matrix.
  func sources(row: Int, diagonal: [MatrixPattern.Entry]) -> [KernelOperation.Source] {
    (0..<lanes).map { lane in
      guard laneControlsHold(lane) else { return .init(index: -1, scale: 1) }
      let r = matrixRow(row, lane)
      return diagonal[r] == .any ? .init(index: Int32(r), scale: 1) : .init(index: -1, scale: diagonal[r] == .one ? 1 : 0)
    }
  }
}
