import CStateKernels

/// Rotations of one to three independent relabelled qubits of a batch in one pass over the amplitudes.
///
/// Unchecked `Sendable`: the template has no pointers yet.
package struct LayerPass: @unchecked Sendable {
  /// Qubits of a pass that applies rotations, and of one that takes bra and ket back.
  package static let forwardQubits = 3, backwardQubits = 2
  /// Numbers of one qubit among the sums: eight parts of each of three sums.
  package static let sumCount = 24
  /// Bytes of one pass with its numbers.
  package static let byteCount = MemoryLayout<hilbert_layer>.stride

  private let template: hilbert_layer

  package init(_ qubits: [RelabelledQubit], layout: AmplitudeLayout) {
    precondition(
      layout.isBatched && 1...Self.forwardQubits ~= qubits.count, "LayerPass: \(qubits.count) qubits of a batch, must be 1 to 3")
    var pass = hilbert_layer()
    withUnsafeMutableBytes(of: &pass.x) { x in
      for (place, qubit) in qubits.enumerated() { x.assumingMemoryBound(to: Int64.self)[place] = Int64(qubit.flips) }
    }
    withUnsafeMutableBytes(of: &pass.z) { z in
      for (place, qubit) in qubits.enumerated() { z.assumingMemoryBound(to: Int64.self)[place] = Int64(qubit.parity) }
    }
    pass.fixed = Int64(Self.pivots(of: qubits.map(\.flips)))
    pass.count = Int64(1) << Int64(layout.qubitCount - qubits.count)
    pass.sample_blocks = Int64(layout.sampleBlocks)
    pass.targets = Int32(qubits.count)
    pass.row = Int32(qubits.enumerated().reduce(0) { $0 | ($1.element.isInverted ? 1 : 0) << $1.offset })
    template = pass
  }

  /// One bit for each mask, so that each coset of their span has one member without any of the bits.
  private static func pivots(of masks: [Int]) -> Int {
    var (rest, pivots) = (masks, 0)
    for place in rest.indices {
      precondition(rest[place] != 0, "LayerPass: qubits with the masks \(masks) are not independent")
      let pivot = 1 << rest[place].trailingZeroBitCount
      pivots |= pivot
      for other in (place + 1)..<rest.count where rest[other] & pivot != 0 { rest[other] ^= rest[place] }
    }
    return pivots
  }

  /// Writes the pass at a place of `byteCount` bytes.
  ///
  /// - Parameters:
  ///   - rotations: of each qubit.
  ///   - factors: a complex number in the layout's precision for each basis index, applied before the rotations; or none.
  package func fill(_ destination: UnsafeMutableRawPointer, rotations: UnsafePointer<TangentRotation>, factors: UnsafeRawPointer?) {
    var pass = template
    withUnsafeMutableBytes(of: &pass.tangents) { tangents in
      for place in 0..<Int(pass.targets) {
        tangents.assumingMemoryBound(to: Double.self)[place] = rotations[place].tangent
        pass.turns |= (rotations[place].isTurned ? 1 : 0) << Int32(place)
      }
    }
    pass.factors = factors
    destination.bindMemory(to: hilbert_layer.self, capacity: 1).pointee = pass
  }

  /// Applies a pass that `fill` wrote.
  package static func apply(_ pass: UnsafeRawPointer, to state: UnsafeMutableRawPointer, kernels: Kernels) {
    kernels.table.pointee.layer(pass.assumingMemoryBound(to: hilbert_layer.self), state)
  }

  /// Takes bra and ket back through a pass; `sums` gains `sumCount` numbers for each qubit: eight parts of Im <bra|X|ket>, of Y
  /// and of Z. Both states are left divided by the scales of the rotations, which belong to the factors.
  package static func applyBackward(
    _ pass: UnsafeRawPointer, bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, sums: UnsafeMutablePointer<Double>,
    kernels: Kernels
  ) {
    kernels.table.pointee.layer_backward(pass.assumingMemoryBound(to: hilbert_layer.self), bra, ket, sums)
  }
}

/// `scale * [[1, -tangent], [tangent, 1]]`, after a quarter turn [[0, -1], [1, 0]] where that keeps the tangent below 1.
package struct TangentRotation: Sendable {
  package let scale: Double
  package let tangent: Double
  package let isTurned: Bool

  /// [[cosine, -sine], [sine, cosine]], neither negative.
  package init(cosine: Double, sine: Double) {
    // R(c, s) = R(s, -c) * [[0, -1], [1, 0]].
    isTurned = sine > cosine
    (scale, tangent) = isTurned ? (sine, -cosine / sine) : (cosine, sine / cosine)
  }
}

/// A permutation of the basis states of a batch, with a factor for each.
///
/// Unchecked `Sendable`: its memory is written by the initializer and only read afterwards.
package final class Relabelling: @unchecked Sendable {
  private let rows: UnsafeMutableBufferPointer<Int32>
  private let lengths: UnsafeMutableBufferPointer<Int32>
  private let sampleBlocks: Int64

  /// - Parameter images: basis state i becomes `images[i]`.
  package init(_ images: [Int], layout: AmplitudeLayout) {
    var (rows, lengths): ([Int32], [Int32]) = ([], [])
    var isSeen = [Bool](repeating: false, count: images.count)
    for start in images.indices where !isSeen[start] {
      var (row, length) = (start, 0)
      while !isSeen[row] {
        isSeen[row] = true
        rows.append(Int32(row))
        (row, length) = (images[row], length + 1)
      }
      lengths.append(Int32(length))
    }
    self.rows = .allocate(capacity: rows.count)
    self.lengths = .allocate(capacity: lengths.count)
    _ = self.rows.initialize(from: rows)
    _ = self.lengths.initialize(from: lengths)
    sampleBlocks = Int64(layout.sampleBlocks)
  }

  deinit {
    rows.deallocate()
    lengths.deallocate()
  }

  /// Moves the amplitudes, each times the factor of the basis state it comes from; `isInverse` takes that back for unit factors.
  package func apply(to state: UnsafeMutableRawPointer, factors: UnsafeRawPointer, isInverse: Bool, kernels: Kernels) {
    var argument = hilbert_relabelling(
      rows: rows.baseAddress, lengths: lengths.baseAddress, cycle_count: Int64(lengths.count), sample_blocks: sampleBlocks,
      factors: factors)
    (isInverse ? kernels.table.pointee.relabel_back : kernels.table.pointee.relabel)(&argument, state)
  }
}

/// Product states of a batch from one-qubit matrices of each sample that act on |0...0>.
package enum ProductState {
  /// The state after the matrices; nil where a qubit has none.
  ///
  /// - Parameter matrices: coefficients of dense one-qubit operations of the layout, one address for each qubit.
  package static func fill(
    _ state: UnsafeMutableRawPointer, matrices: UnsafePointer<UnsafeRawPointer?>, layout: AmplitudeLayout, kernels: Kernels
  ) {
    kernels.table.pointee.product_state(matrices, Int64(layout.qubitCount), Int64(layout.sampleBlocks), 4, state)
  }

  /// Writes the overlaps of each matrix with the bra, as `KernelOperation.overlap` does, save that those of its second column,
  /// zeros, are left out. Bra and ket are used up.
  package static func overlaps(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, matrices: UnsafePointer<UnsafeRawPointer?>,
    results: UnsafePointer<UnsafeMutableRawPointer?>, layout: AmplitudeLayout, kernels: Kernels
  ) {
    kernels.table.pointee.product_overlaps(
      matrices, Int64(layout.qubitCount), Int64(layout.sampleBlocks), 4, bra, ket, results)
  }
}
