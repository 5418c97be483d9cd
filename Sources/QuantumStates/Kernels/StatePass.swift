import CStateKernels
import Execution
import LinearAlgebra

/// Rotations of independent relabelled qubits of a single state in one pass over the amplitudes; see passes.inc for the arithmetic.
///
/// A class only so that handing it on copies nothing; it never changes. Unchecked `Sendable`: the template has no pointers yet.
package final class StatePass: @unchecked Sendable {
  /// Block targets of a pass.
  package static let mostBlockTargets = 2

  package let layout: AmplitudeLayout
  private let template: hilbert_pass
  /// Amplitudes in a register of the level.
  private let lanes: Int
  /// Blocks of registers that a pass visits.
  package let count: Int
  /// The values of all targets, as bits, for each row and lane: rows x lanes.
  private let values: [UInt8]
  /// Whether the lane's parity is odd: targets x lanes.
  private let isOdd: [Bool]

  /// Which of some independent qubits share a pass: for each pass their places, in the order in which `init` takes them.
  ///
  /// Qubits whose flips change lanes alone cost little and go into the first pass, up to two others into each.
  package static func passes(of qubits: [RelabelledQubit], registerBytes: Int, layout: AmplitudeLayout) -> [[Int]] {
    let bits = layout.precision.laneBits(registerBytes: registerBytes)
    var blocks: [[Int]] = []
    for (place, qubit) in qubits.enumerated() where qubit.flips >> bits != 0 {
      let flips = qubit.flips >> bits
      // Two masks are independent where they differ.
      if let pass = blocks.firstIndex(where: { $0.count < mostBlockTargets && qubits[$0[0]].flips >> bits != flips }) {
        blocks[pass].append(place)
      } else {
        blocks.append([place])
      }
    }
    let inLanes = qubits.indices.filter { qubits[$0].flips >> bits == 0 }
    guard !inLanes.isEmpty else { return blocks }
    return blocks.isEmpty ? [inLanes] : [blocks[0] + inLanes] + blocks.dropFirst()
  }

  /// - Parameters:
  ///   - qubits: as a pass of `passes(of:registerBytes:layout:)` orders them.
  ///   - registerBytes: of the level on which the pass is to run.
  package init(_ qubits: [RelabelledQubit], registerBytes: Int, layout: AmplitudeLayout) {
    precondition(!layout.isBatched, "StatePass: a batch has layer passes")
    self.layout = layout
    let bits = layout.precision.laneBits(registerBytes: registerBytes)
    lanes = 1 << bits
    let blocks = qubits.prefix { $0.flips >> bits != 0 }.count
    precondition(
      blocks <= Self.mostBlockTargets && qubits.count <= blocks + bits
        && qubits.dropFirst(blocks).allSatisfy { $0.flips >> bits == 0 },
      "StatePass: \(qubits) are not up to two block targets and then lane targets")
    var (template, fixed, moves) = (hilbert_pass(), 0, false)
    for (place, qubit) in qubits.enumerated() {
      let (flips, laneFlips) = (qubit.flips >> bits, qubit.flips & (lanes - 1))
      if place < blocks {
        // One bit of each mask, so that each coset of their span has one member without any.
        let rest = place == 1 && flips & fixed != 0 ? flips ^ qubits[0].flips >> bits : flips
        precondition(rest != 0, "StatePass: \(qubits) flip the same blocks")
        fixed |= rest & -rest
        moves = moves || laneFlips != 0
        withUnsafeMutableBytes(of: &template.x) { $0.assumingMemoryBound(to: Int64.self)[place] = Int64(flips) }
      } else {
        moves = moves || qubit.parity >> bits != 0
      }
      withUnsafeMutableBytes(of: &template.z) { $0.assumingMemoryBound(to: Int64.self)[place] = Int64(qubit.parity >> bits) }
      withUnsafeMutableBytes(of: &template.lane_x) { $0.assumingMemoryBound(to: Int32.self)[place] = Int32(laneFlips) }
    }
    template.fixed = Int64(fixed)
    template.targets = Int32(blocks)
    template.lane_targets = Int32(qubits.count - blocks)
    template.moves_lanes = moves ? 1 : 0
    // Where lanes do not move, the opposite value of a lane target is an odd parity of every lane.
    let isFolded = qubits.indices.map { $0 >= blocks && !moves && qubits[$0].isInverted }
    template.row = Int32(
      qubits.enumerated().reduce(0) { $0 | ($1.element.isInverted && !isFolded[$1.offset] ? 1 << $1.offset : 0) })
    self.template = template
    count = 1 << (max(layout.qubitCount, bits) - bits - blocks)
    let lanes = lanes
    let isOdd = qubits.enumerated().flatMap { place, qubit in
      (0..<lanes).map { (($0 & qubit.parity).nonzeroBitCount % 2 == 1) != isFolded[place] }
    }
    self.isOdd = isOdd
    values = (0..<1 << blocks).flatMap { row in
      (0..<lanes).map { lane in
        qubits.indices.reduce(UInt8(row)) { $0 ^ (isOdd[$1 * lanes + lane] ? 1 << UInt8($1) : 0) }
      }
    }
  }

  /// Targets whose flips change the block: the first ones.
  package var blockTargets: Int { Int(template.targets) }
  private var targets: Int { Int(template.targets + template.lane_targets) }
  private var rows: Int { 1 << blockTargets }
  private static let headerBytes = (MemoryLayout<hilbert_pass>.size + 63) & ~63
  /// The kernel's argument, tangents and signs, numbers before and after.
  package var byteCount: Int {
    let registers = blockTargets + 2 * (targets - blockTargets) + targets + 4 * rows
    return Self.headerBytes + (registers * lanes * layout.precision.bytesPerAmplitude / 2 + 63) & ~63
  }

  /// Writes the pass at a place of `byteCount` bytes, 64-byte aligned, to be applied there.
  ///
  /// - Parameters:
  ///   - rotations: of each qubit.
  ///   - isLeading: whether some rotation has a diagonal before it.
  package func fill(_ destination: UnsafeMutableRawPointer, rotations: UnsafePointer<PassRotation>, isLeading: Bool) {
    var pass = template
    for place in 0..<blockTargets where rotations[place].isTurned { pass.turns |= 1 << Int32(place) }
    let numbers = destination + Self.headerBytes
    switch layout.precision {
    case .float: write(Float.self, numbers, &pass, rotations, isLeading)
    case .double: write(Double.self, numbers, &pass, rotations, isLeading)
    }
    destination.bindMemory(to: hilbert_pass.self, capacity: 1).pointee = pass
  }

  @inline(__always)
  private func write<Scalar: BinaryFloatingPoint>(
    _ type: Scalar.Type, _ memory: UnsafeMutableRawPointer, _ pass: inout hilbert_pass, _ rotations: UnsafePointer<PassRotation>,
    _ isLeading: Bool
  ) {
    let (targets, blocks, lanes, turns) = (targets, blockTargets, lanes, UInt8(pass.turns))
    let base = memory.assumingMemoryBound(to: Scalar.self)
    var next = base
    isOdd.withUnsafeBufferPointer { isOdd in
      pass.tangents = UnsafeRawPointer(next)
      for place in 0..<targets {
        let odd = isOdd.baseAddress! + place * lanes
        let rotation = rotations[place]
        if place < blocks {
          let tangent = Scalar(rotation.tangent)
          for lane in 0..<lanes { next[lane] = odd[lane] ? -tangent : tangent }
        } else {
          let (cosine, sine) = (Scalar(rotation.cosine), Scalar(rotation.sine))
          for lane in 0..<lanes { (next[lane], next[lanes + lane]) = (cosine, odd[lane] ? sine : -sine) }
          next += lanes
        }
        next += lanes
      }
      pass.signs = UnsafeRawPointer(next)
      for entry in 0..<targets * lanes { next[entry] = isOdd[entry] ? -1 : 1 }
      next += targets * lanes
    }
    /// Products of the targets' factors by value, spread to rows and lanes; those before belong to the rows that are read.
    func write(turns: UInt8, _ factors: (PassRotation) -> (Complex<Double>, Complex<Double>)) {
      withUnsafeTemporaryAllocation(of: Complex<Double>.self, capacity: 1 << targets) { table in
        table.initializeElement(at: 0, to: 1)
        for place in 0..<targets {
          let (low, high) = factors(rotations[place])
          for value in 0..<1 << place {
            table.initializeElement(at: value | 1 << place, to: table[value] * high)
            table[value] *= low
          }
        }
        values.withUnsafeBufferPointer { values in
          for row in 0..<rows {
            for lane in 0..<lanes {
              let factor = table[Int(values[row * lanes + lane] ^ turns)]
              (next[lane], next[lanes + lane]) = (Scalar(factor.real), Scalar(factor.imaginary))
            }
            next += 2 * lanes
          }
        }
      }
    }
    pass.after = UnsafeRawPointer(next)
    write(turns: 0) { $0.after }
    if isLeading {
      pass.before = UnsafeRawPointer(next)
      write(turns: turns) { $0.before }
    }
  }

  /// Into how many pieces threads cut a pass: it depends on the state's size alone.
  package static func pieces(_ layout: AmplitudeLayout) -> Int {
    layout.qubitCount < 14 ? 1 : min(8, 1 << (layout.qubitCount - 11))
  }

  /// Numbers that a piece of a backward pass adds to, for each qubit: eight parts of each of three sums.
  package static let sumCount = LayerPass.sumCount

  /// Applies the pass that `fill` wrote at an address.
  package func apply(_ pass: UnsafeRawPointer, to state: UnsafeMutableRawPointer, kernels: Kernels, loop: ParallelLoop) {
    let pass = pass.assumingMemoryBound(to: hilbert_pass.self)
    let pieces = min(count, Self.pieces(layout))
    guard pieces > 1 else { return kernels.table.pointee.pass(pass, state, 0, Int64(count)) }
    let length = Int64(count / pieces)
    loop.run(count: pieces) { kernels.table.pointee.pass(pass, state, Int64($0) * length, length) }
  }

  /// Takes bra and ket back through a pass. For each qubit Im <bra|P|ket>, P = X, Y, Z, between the rotations and what stands after
  /// them, times the square of every scale in the pass, is added to `sumCount` numbers; each piece adds to its own, `stride` apart.
  package func applyBackward(
    _ pass: UnsafeRawPointer, bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>,
    stride: Int, kernels: Kernels, loop: ParallelLoop
  ) {
    let pass = pass.assumingMemoryBound(to: hilbert_pass.self)
    let pieces = min(count, Self.pieces(layout))
    guard pieces > 1 else { return kernels.table.pointee.pass_backward(pass, bra, ket, sums, 0, Int64(count)) }
    let (length, sums) = (Int64(count / pieces), UncheckedPointer(sums))
    loop.run(count: pieces) {
      kernels.table.pointee.pass_backward(pass, bra, ket, sums.pointer + $0 * stride, Int64($0) * length, length)
    }
  }
}

/// A unitary as `StatePass` takes it: diag(after) * rotation * diag(before).
///
/// As a block target it is in tangent form, with the scale and the sign of a quarter turn in `after`; a lane target takes cosine
/// and sine as they are.
package struct PassRotation: Sendable {
  package let cosine: Double
  package let sine: Double
  /// In tangent form.
  package let scale: Double
  package let tangent: Double
  package let isTurned: Bool
  package let before: (Complex<Double>, Complex<Double>)
  package let after: (Complex<Double>, Complex<Double>)
  /// `after` without the scale: unit numbers.
  package let frame: (Complex<Double>, Complex<Double>)

  package init(_ split: SplitUnitary, isBlockTarget: Bool) {
    (cosine, sine, before) = (split.cosine, split.sine, split.before)
    guard isBlockTarget else {
      (scale, tangent, isTurned, after, frame) = (1, 0, false, split.after, split.after)
      return
    }
    isTurned = abs(sine) > abs(cosine)
    (scale, tangent) = isTurned ? (sine, cosine / sine) : (cosine, sine / cosine)
    // Turned, rows a = x1 and b = x0 give s (a - c/s b) = -(c x0 - s x1) and s (b + c/s a) = s x0 + c x1.
    frame = (isTurned ? -split.after.0 : split.after.0, split.after.1)
    after = (frame.0 * Complex(scale), frame.1 * Complex(scale))
  }
}

extension Precision {
  /// log2 of the real numbers in a register.
  fileprivate func laneBits(registerBytes: Int) -> Int { (registerBytes / (bytesPerAmplitude / 2)).trailingZeroBitCount }
}
