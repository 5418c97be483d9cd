import CStateKernels
import Execution
import LinearAlgebra

/// Coefficients for an operation: one set shared by all samples, or one set for each block of samples.
package struct Coefficients {
  package let base: UnsafeRawPointer
  package let isShared: Bool

  package init(base: UnsafeRawPointer, isShared: Bool) {
    self.base = base
    self.isShared = isShared
  }
}

extension KernelOperation {
  /// Bytes of one set of coefficients.
  package var coefficientBytes: Int { coefficientBlocks * Precision.blockBytes }

  /// Writes the coefficients of one matrix shared by all samples: `entries` row by row, nil where the operation has none.
  package func fill(_ destination: UnsafeMutableRawPointer, entries: UnsafePointer<Complex<Double>>?) {
    switch layout.precision {
    case .float: fill(destination.assumingMemoryBound(to: Float.self), entries)
    case .double: fill(destination.assumingMemoryBound(to: Double.self), entries)
    }
  }

  @inline(__always)
  private func fill<Scalar: BinaryFloatingPoint>(
    _ destination: UnsafeMutablePointer<Scalar>, _ entries: UnsafePointer<Complex<Double>>?
  ) {
    let lanes = layout.lanes
    sources.withUnsafeBufferPointer { sources in
      for block in 0..<sources.count / lanes {
        let (real, imaginary) = (destination + 2 * block * lanes, destination + (2 * block + 1) * lanes)
        for lane in 0..<(isUniform ? 1 : lanes) {
          let source = sources[block * lanes + lane]
          let value = source.index >= 0 ? source.scale * entries![Int(source.index)] : source.scale
          (real[lane], imaginary[lane]) = (Scalar(value.real), Scalar(value.imaginary))
        }
        if isUniform {
          real.update(repeating: real[0], count: lanes)
          imaginary.update(repeating: imaginary[0], count: lanes)
        }
      }
    }
  }

  /// The kernel's argument; with `apart`, sample blocks are run one after another.
  package func argument(_ coefficients: Coefficients?, apart: Bool) -> hilbert_operation {
    var argument = operation
    argument.apart = apart ? 1 : 0
    argument.coefficients = coefficients?.base
    argument.coefficient_stride = coefficients?.isShared == false ? Int64(coefficientBlocks) : 0
    return argument
  }

  /// Applies the operation to `count` iterations of its loop from `first`; the whole state unless said otherwise.
  package func apply(
    to state: UnsafeMutableRawPointer, coefficients: Coefficients?, kernels: Kernels, first: Int = 0, count: Int? = nil
  ) {
    var argument = argument(coefficients, apart: coefficients?.isShared == false)
    let (first, count) = (Int64(first), Int64(count ?? loopCount))
    switch kind {
    case .identity: break
    case .dense1: kernels.table.pointee.dense1(&argument, state, first, count)
    case .dense2: kernels.table.pointee.dense2(&argument, state, first, count)
    case .dense3: kernels.table.pointee.dense3(&argument, state, first, count)
    case .dense4: kernels.table.pointee.dense4(&argument, state, first, count)
    case .lane1: kernels.table.pointee.lane1(&argument, state, first, count)
    case .terms: kernels.table.pointee.terms(&argument, state, first, count)
    case .diagonal: kernels.table.pointee.diagonal(&argument, state, first, count)
    case .swaps: kernels.table.pointee.swaps(&argument, state, first, count)
    case .pauli: kernels.table.pointee.pauli(&argument, state, first, count)
    case .general, .permutation: applyWithoutKernel(to: state, coefficients: coefficients)
    }
  }

  /// Applies the operation on several threads where the state is large enough to repay waking them.
  package func apply(
    to state: UnsafeMutableRawPointer, coefficients: Coefficients, kernels: Kernels, loop: ParallelLoop
  ) {
    let pieces = loop.threads > 1 && kind != .permutation ? layout.pieces(of: loopCount) : 1
    guard pieces > 1 else { return apply(to: state, coefficients: coefficients, kernels: kernels) }
    let length = loopCount / pieces
    loop.run(count: pieces) { piece in
      apply(to: state, coefficients: coefficients, kernels: kernels, first: piece * length, count: length)
    }
  }

  /// Adds `word * P|state>` to `result`; for a placed Pauli word. Coefficients hold the word's entry alone.
  package func accumulate(
    from state: UnsafeRawPointer, into result: UnsafeMutableRawPointer, coefficients: Coefficients, kernels: Kernels
  ) {
    precondition(kind == .pauli, "KernelOperation: only Pauli words accumulate")
    // Coefficients are (own, word) pairs; the kernel takes the second and visits every block, not one of each pair.
    var argument = argument(coefficients, apart: !coefficients.isShared)
    argument.coefficients = coefficients.base + Precision.blockBytes
    argument.fixed_mask = controlMask
    kernels.table.pointee.pauli_accumulate(&argument, state, result, 0, Int64(layout.blockCount >> controlMask.nonzeroBitCount))
  }

  /// The fixed bits without the pivot of a Pauli word.
  package var controlMask: Int64 {
    let x = operation.x_mask
    return x == 0 ? operation.fixed_mask : operation.fixed_mask & ~(1 << Int64(63 - x.leadingZeroBitCount))
  }

  /// Blocks that an overlap or a backward step writes for one set of results.
  package var overlapBlocks: Int { kind == .pauli ? 1 : coefficientBlocks }

  /// Adds the sums of conj(bra) * ket for every entry of the operation to `result` (`overlapBlocks` blocks).
  ///
  /// With `apart` every block of samples has results of its own. Sums are in the precision of the states: over more than
  /// 256 iterations a call, use `overlapSums`.
  package func overlap(
    bra: UnsafeRawPointer, ket: UnsafeRawPointer, result: UnsafeMutableRawPointer, apart: Bool, kernels: Kernels,
    first: Int = 0, count: Int? = nil
  ) {
    var argument = argument(nil, apart: apart)
    if kind == .pauli {
      argument.fixed_mask = controlMask
      kernels.table.pointee.pauli_overlap(&argument, bra, ket, result, Int64(first), Int64(count ?? overlapLoopCount))
    } else {
      kernels.table.pointee.overlap(&argument, bra, ket, result, Int64(first), Int64(count ?? overlapLoopCount))
    }
  }

  /// Iterations of the loop of an overlap over the whole state.
  package var overlapLoopCount: Int {
    kind == .pauli ? layout.blockCount >> controlMask.nonzeroBitCount : loopCount
  }

  /// Whether one kernel applies the operation to bra and ket and collects the overlaps on the way.
  package var hasBackwardKernel: Bool { kind == .dense1 || kind == .lane1 }

  /// Applies a matrix of this place, usually the operation's inverse, to both states; `result` gains the sums of
  /// conj(bra before) * (ket after) for the entries of the operation.
  package func backward(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, result: UnsafeMutableRawPointer, coefficients: Coefficients,
    apart: Bool, kernels: Kernels, first: Int = 0, count: Int? = nil
  ) {
    var argument = argument(coefficients, apart: apart)
    let (first, count) = (Int64(first), Int64(count ?? loopCount))
    switch kind {
    case .dense1: kernels.table.pointee.backward_dense1(&argument, bra, ket, result, first, count)
    case .lane1: kernels.table.pointee.backward_lane1(&argument, bra, ket, result, first, count)
    default: preconditionFailure("KernelOperation: \(kind) has no backward kernel")
    }
  }
}
