import CStateKernels
import LinearAlgebra

/// One-qubit unitaries on several qubits of a single state, run in one pass; see rotations.inc for the arithmetic.
///
/// Each is split as diag(after) * [[c, -s], [s, c]] * diag(before). The diagonals of all qubits are multiplied up to one
/// number a row and lane, on either side; further phases before or after the rotations go into the same numbers.
package final class KernelRotations: Sendable {
  package static let mostBlockBits = 3

  package let layout: AmplitudeLayout
  /// Qubits in the order of the matrices.
  package let targets: [Int]
  /// For each target its place among the block bits, or its lane bit.
  private let places: [(isLane: Bool, bit: Int)]
  private let blockBits: Int
  private let offsets: [Int64]
  private let fixedMask: Int64
  private let laneBits: Int
  package let loopCount: Int

  package init(targets: [Int], layout: AmplitudeLayout) {
    let blocks = targets.filter { $0 >= layout.laneBits }
    precondition(
      !layout.isBatched && blocks.count <= Self.mostBlockBits && Set(targets).count == targets.count
        && targets.allSatisfy { 0..<layout.qubitCount ~= $0 },
      "KernelRotations: targets \(targets) on \(layout)")
    self.layout = layout
    self.targets = targets
    places = targets.map { target in
      target < layout.laneBits ? (true, target) : (false, blocks.firstIndex(of: target)!)
    }
    blockBits = blocks.count
    offsets = (0..<1 << blocks.count).map { row in
      blocks.enumerated().reduce(0) { $0 | Int64(row >> $1.offset & 1) << Int64($1.element - layout.laneBits) }
    }
    fixedMask = offsets.last!
    laneBits = targets.reduce(0) { $1 < layout.laneBits ? $0 | 1 << $1 : $0 }
    loopCount = layout.blockCount >> blocks.count
  }

  private var rows: Int { 1 << blockBits }
  private static let headerBytes = (MemoryLayout<hilbert_rotations>.size + 63) & ~63
  /// The kernel's argument, the numbers before and after, the factors of the lane bits.
  package var coefficientBytes: Int {
    Self.headerBytes + 2 * rows * Precision.blockBytes + laneBits.nonzeroBitCount * (Precision.blockBytes / 2)
  }

  /// The bits of targets that a row and a lane stand for, for tables of phases: bit t belongs to target t.
  package func targetBits(row: Int, lane: Int) -> Int {
    places.enumerated().reduce(0) { $0 | ($1.element.isLane ? lane >> $1.element.bit & 1 : row >> $1.element.bit & 1) << $1.offset }
  }

  /// Entries of phase tables: rows x lanes.
  package var phaseCount: Int { rows * layout.lanes }

  /// Writes the coefficients.
  ///
  /// - Parameters:
  ///   - matrices: a unitary 2 x 2 matrix for each target, row by row.
  ///   - phasesBefore: rows x lanes numbers that multiply the state before the rotations; nil for none.
  ///   - phasesAfter: the same after the rotations; they cost four multiply-adds a number unless a matrix has an `after` anyway.
  package func fill(
    _ destination: UnsafeMutableRawPointer, matrices: [SplitUnitary], phasesBefore: [Complex<Double>]?,
    phasesAfter: [Complex<Double>]?
  ) {
    var argument = hilbert_rotations()
    argument.fixed_mask = fixedMask
    argument.block_bits = Int32(blockBits)
    argument.lane_bits = Int32(laneBits)
    let lanes = layout.lanes
    var (rowBefore, rowAfter) = ([Complex<Double>](repeating: 1, count: rows), [Complex<Double>](repeating: 1, count: rows))
    var (laneBefore, laneAfter) = ([Complex<Double>](repeating: 1, count: lanes), [Complex<Double>](repeating: 1, count: lanes))
    var quarterTurns = 0
    let needsAfter = phasesAfter != nil || matrices.contains { $0.after.0 != 1 || $0.after.1 != 1 }
    for (place, split) in zip(places, matrices) where !place.isLane {
      let turned = abs(split.sine) > abs(split.cosine)
      // R(c, s) = R(s, -c) * [[0, -1], [1, 0]]: rows change places, and the tangent stays below 1.
      let (scale, tangent) = turned ? (split.sine, -split.cosine / split.sine) : (split.cosine, split.sine / split.cosine)
      let (low, high) = turned ? (-split.before.1, split.before.0) : split.before
      if turned { quarterTurns |= 1 << place.bit }
      withUnsafeMutableBytes(of: &argument.tangents) { $0.assumingMemoryBound(to: Double.self)[place.bit] = tangent }
      for row in 0..<rows {
        let isHigh = row >> place.bit & 1 == 1
        rowBefore[row] *= Complex(scale) * (isHigh ? high : low)
        if needsAfter { rowAfter[row] *= isHigh ? split.after.1 : split.after.0 }
      }
    }
    let before = destination + Self.headerBytes
    let after = before + rows * Precision.blockBytes
    let factors = after + rows * Precision.blockBytes
    let scalars = ScalarAccess(base: factors, precision: layout.precision)
    var written = 0
    for bit in 0..<layout.laneBits {
      guard let index = places.firstIndex(where: { $0.isLane && $0.bit == bit }) else { continue }
      let split = matrices[index]
      let isTurned = abs(split.sine) > abs(split.cosine)
      // [[c, -s], [s, c]] is c [[1, -t], [t, 1]], or with t = c / s turned: [[t, 1], [1, -t]] diag(s, -s).
      if isTurned { argument.lane_turns |= 1 << Int32(bit) }
      let (low, high) = isTurned ? (split.sine, -split.sine) : (split.cosine, split.cosine)
      let tangent = isTurned ? split.cosine / split.sine : -split.sine / split.cosine
      for lane in 0..<lanes {
        let isHigh = lane >> bit & 1 == 1
        laneBefore[lane] *= isHigh ? split.before.1 * Complex(high) : split.before.0 * Complex(low)
        if needsAfter { laneAfter[lane] *= isHigh ? split.after.1 : split.after.0 }
        scalars[written + lane] = isHigh ? -tangent : tangent
      }
      written += lanes
    }
    // Numbers before the rotations belong to the row that is read.
    write(rowBefore, laneBefore, phasesBefore, turns: quarterTurns, to: before)
    if needsAfter { write(rowAfter, laneAfter, phasesAfter, turns: 0, to: after) }
    withUnsafeMutableBytes(of: &argument.from) { from in
      for row in 0..<rows { from.assumingMemoryBound(to: Int64.self)[row] = offsets[row ^ quarterTurns] }
    }
    withUnsafeMutableBytes(of: &argument.to) { to in
      for row in 0..<rows { to.assumingMemoryBound(to: Int64.self)[row] = offsets[row] }
    }
    argument.before = UnsafeRawPointer(before)
    argument.after = needsAfter ? UnsafeRawPointer(after) : nil
    argument.lanes = UnsafeRawPointer(factors)
    destination.bindMemory(to: hilbert_rotations.self, capacity: 1).pointee = argument
  }

  private func write(
    _ rowFactors: [Complex<Double>], _ laneFactors: [Complex<Double>], _ phases: [Complex<Double>]?,
    turns: Int, to destination: UnsafeMutableRawPointer
  ) {
    let lanes = layout.lanes
    let scalars = ScalarAccess(base: destination, precision: layout.precision)
    for row in 0..<rows {
      for lane in 0..<lanes {
        var value = rowFactors[row] * laneFactors[lane]
        if let phases { value *= phases[(row ^ turns) * lanes + lane] }
        scalars[2 * row * lanes + lane] = value.real
        scalars[(2 * row + 1) * lanes + lane] = value.imaginary
      }
    }
  }

  /// Applies the unitaries to a state, with coefficients that `fill` wrote at the same address.
  package func apply(to state: UnsafeMutableRawPointer, coefficients: UnsafeRawPointer, kernels: Kernels) {
    kernels.table.pointee.rotations(
      coefficients.assumingMemoryBound(to: hilbert_rotations.self), state, 0, Int64(loopCount))
  }
}

/// A unitary 2 x 2 matrix as diag(after) * [[cosine, -sine], [sine, cosine]] * diag(before), the larger of cosine and sine
/// positive.
package struct SplitUnitary: Sendable {
  package var after: (Complex<Double>, Complex<Double>)
  package var cosine: Double
  package var sine: Double
  package var before: (Complex<Double>, Complex<Double>)

  /// - Parameter entries: row by row.
  package init(_ entries: [Complex<Double>]) { self.init(entries[0], entries[1], entries[2], entries[3]) }

  /// Neither cosine nor sine is negative.
  package init(_ m00: Complex<Double>, _ m01: Complex<Double>, _ m10: Complex<Double>, _ m11: Complex<Double>) {
    let (cosine, sine) = (m00.length, m10.length)
    func unit(_ entry: Complex<Double>, _ length: Double) -> Complex<Double> {
      length > 0 ? Complex(entry.real / length, entry.imaginary / length) : 1
    }
    let (low, high) = (unit(m00, cosine), unit(m10, sine))
    // From the larger entry of the second column.
    let phase = cosine >= sine ? m11 * high.conjugate : -m01 * low.conjugate
    self.cosine = cosine
    self.sine = sine
    after = (low, high)
    before = (1, unit(phase, max(cosine, sine)))
  }

  /// A real rotation and then a diagonal matrix, with nothing before: the smaller of cosine and sine may be negative.
  package init(
    rotationThenDiagonal m00: Complex<Double>, _ m01: Complex<Double>, _ m10: Complex<Double>, _ m11: Complex<Double>
  ) {
    let isTurned = m01.lengthSquared > m00.lengthSquared
    let (low, high) = isTurned ? (-m01, m10) : (m00, m11)
    let scale = low.lengthSquared.squareRoot()
    after = (Complex(low.real / scale, low.imaginary / scale), Complex(high.real / scale, high.imaginary / scale))
    let other = isTurned ? m00 : -m01
    let small = other.real * after.0.real + other.imaginary * after.0.imaginary
    (cosine, sine) = isTurned ? (small, scale) : (scale, small)
    before = (1, 1)
  }
}
