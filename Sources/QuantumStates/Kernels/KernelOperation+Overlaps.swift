import CStateKernels
import Execution
import LinearAlgebra

/// Overlaps by matrix entry: R[e] = sum of conj(bra) * ket over the amplitudes that entry e couples, so that for a matrix
/// D of the same pattern <bra|D|ket> = sum over e of D[e] R[e]. It does not depend on the layout.
extension KernelOperation {
  /// Adds the lanes of `result`, as `overlap` or `backward` left it (not apart), to the sums of their entries.
  package func reduce(_ result: UnsafeRawPointer, into sums: UnsafeMutablePointer<Complex<Double>>) {
    switch layout.precision {
    case .float: add(result.assumingMemoryBound(to: Float.self), to: sums)
    case .double: add(result.assumingMemoryBound(to: Double.self), to: sums)
    }
  }

  @inline(__always)
  private func add<Scalar: BinaryFloatingPoint>(_ result: UnsafePointer<Scalar>, to sums: UnsafeMutablePointer<Complex<Double>>) {
    let lanes = layout.lanes
    // A Pauli word's single block belongs to its second entry.
    let first = kind == .pauli ? lanes : 0
    sources.withUnsafeBufferPointer { sources in
      for block in 0..<overlapBlocks {
        let (real, imaginary) = (result + 2 * block * lanes, result + (2 * block + 1) * lanes)
        if layout.isBatched {
          // All lanes belong to the same entry.
          let source = sources[first + block * lanes]
          guard source.index >= 0 else { continue }
          var (re, im) = (0.0, 0.0)
          for lane in 0..<lanes { (re, im) = (re + Double(real[lane]), im + Double(imaginary[lane])) }
          sums[Int(source.index)] += source.scale * Complex(re, im)
        } else {
          for lane in 0..<lanes {
            let source = sources[first + block * lanes + lane]
            guard source.index >= 0 else { continue }
            sums[Int(source.index)] += source.scale * Complex(Double(real[lane]), Double(imaginary[lane]))
          }
        }
      }
    }
  }

  /// R[e] over a whole state of any size: short runs in the state's precision, their sums in double, in a fixed order.
  package func overlapSums(
    bra: UnsafeRawPointer, ket: UnsafeRawPointer, kernels: Kernels, loop: ParallelLoop = .serial
  ) -> [Complex<Double>] {
    var sums = [Complex<Double>](repeating: 0, count: entryCount)
    sums.withUnsafeMutableBufferPointer {
      addOverlaps(bra: bra, ket: ket, to: $0.baseAddress!, kernels: kernels, loop: loop)
    }
    return sums
  }

  /// Adds R[e] over a whole state to sums by entry.
  package func addOverlaps(
    bra: UnsafeRawPointer, ket: UnsafeRawPointer, to sums: UnsafeMutablePointer<Complex<Double>>, kernels: Kernels,
    loop: ParallelLoop = .serial
  ) {
    sum(iterations: overlapLoopCount, into: sums, loop: loop) { result, first, count in
      overlap(bra: bra, ket: ket, result: result, apart: false, kernels: kernels, first: first, count: count)
    }
  }

  /// Applies a matrix of this place to bra and ket and adds R[e] to sums by entry, for a state of any size; see `backward`.
  package func addBackward(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, coefficients: Coefficients,
    to sums: UnsafeMutablePointer<Complex<Double>>, kernels: Kernels, loop: ParallelLoop = .serial
  ) {
    sum(iterations: loopCount, into: sums, loop: loop) { result, first, count in
      backward(
        bra: bra, ket: ket, result: result, coefficients: coefficients, apart: false, kernels: kernels, first: first, count: count)
    }
  }

  /// `addBackward` from zero.
  package func backwardSums(
    bra: UnsafeMutableRawPointer, ket: UnsafeMutableRawPointer, coefficients: Coefficients, kernels: Kernels,
    loop: ParallelLoop = .serial
  ) -> [Complex<Double>] {
    var sums = [Complex<Double>](repeating: 0, count: entryCount)
    sums.withUnsafeMutableBufferPointer {
      addBackward(bra: bra, ket: ket, coefficients: coefficients, to: $0.baseAddress!, kernels: kernels, loop: loop)
    }
    return sums
  }

  /// Runs `body` over pieces of the iterations and adds what it leaves in its result blocks.
  private func sum(
    iterations: Int, into sums: UnsafeMutablePointer<Complex<Double>>, loop: ParallelLoop,
    _ body: (UnsafeMutableRawPointer, Int, Int) -> Void
  ) {
    let pieces = layout.pieces(of: iterations)
    let whole = layout.sampleBlockBits > 0
    guard pieces > 1 else { return sum(0..<iterations, run: whole ? iterations : 256, into: sums, body) }
    let length = iterations / pieces
    withUnsafeTemporaryAllocation(of: Complex<Double>.self, capacity: pieces * entryCount) { partial in
      partial.initialize(repeating: 0)
      let parts = UncheckedPointer(partial.baseAddress!)
      loop.run(count: pieces) { index in
        sum(index * length..<(index + 1) * length, run: 256, into: parts.pointer + index * entryCount, body)
      }
      for index in partial.indices { sums[index % entryCount] += partial[index] }
    }
  }

  private func sum(
    _ range: Range<Int>, run: Int, into sums: UnsafeMutablePointer<Complex<Double>>,
    _ body: (UnsafeMutableRawPointer, Int, Int) -> Void
  ) {
    let bytes = overlapBlocks * Precision.blockBytes
    withUnsafeTemporaryAllocation(byteCount: bytes, alignment: 64) { result in
      let base = result.baseAddress!
      for first in stride(from: range.lowerBound, to: range.upperBound, by: run) {
        base.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
        body(base, first, min(run, range.upperBound - first))
        reduce(base, into: sums)
      }
    }
  }
}

/// A pointer that several threads may use because each writes its own part.
package struct UncheckedPointer<Pointee>: @unchecked Sendable {
  package let pointer: UnsafeMutablePointer<Pointee>
  package init(_ pointer: UnsafeMutablePointer<Pointee>) { self.pointer = pointer }
}
