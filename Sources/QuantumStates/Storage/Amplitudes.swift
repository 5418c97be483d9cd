import Execution
import LinearAlgebra

/// The amplitudes of one chunk in one aligned piece of memory, freed when the owner goes.
///
/// Unchecked `Sendable`: states change them only in mutating methods or before they are handed out, and kernels give each thread
/// its own blocks.
package struct Amplitudes: ~Copyable, @unchecked Sendable {
  package let layout: AmplitudeLayout
  private let buffer: AlignedBuffer<UInt8>

  /// Every amplitude zero. Memory has been checked by the caller.
  package init(zero layout: AmplitudeLayout) {
    self.layout = layout
    buffer = AlignedBuffer(zeroed: layout.byteCount)
  }

  package init(copying other: borrowing Amplitudes) {
    layout = other.layout
    buffer = other.buffer.copy()
  }

  package var base: UnsafeMutableRawPointer { UnsafeMutableRawPointer(buffer.base) }

  /// Amplitude k = basis index * 2^sampleBits + sample.
  package subscript(k: Int) -> Complex<Double> {
    get { AmplitudeAccess(base: base, precision: layout.precision)[k] }
    nonmutating set { AmplitudeAccess(base: base, precision: layout.precision)[k] = newValue }
  }
}

/// Single amplitudes by index, for everything that is not a kernel.
package struct AmplitudeAccess {
  package let base: UnsafeMutableRawPointer
  package let precision: Precision

  package init(base: UnsafeMutableRawPointer, precision: Precision) {
    self.base = base
    self.precision = precision
  }

  package subscript(k: Int) -> Complex<Double> {
    get {
      switch precision {
      case .float:
        let block = (base + (k >> 4) * Precision.blockBytes).assumingMemoryBound(to: Float.self)
        return Complex(Double(block[k & 15]), Double(block[k & 15 | 16]))
      case .double:
        let block = (base + (k >> 3) * Precision.blockBytes).assumingMemoryBound(to: Double.self)
        return Complex(block[k & 7], block[k & 7 | 8])
      }
    }
    nonmutating set {
      switch precision {
      case .float:
        let block = (base + (k >> 4) * Precision.blockBytes).assumingMemoryBound(to: Float.self)
        block[k & 15] = Float(newValue.real)
        block[k & 15 | 16] = Float(newValue.imaginary)
      case .double:
        let block = (base + (k >> 3) * Precision.blockBytes).assumingMemoryBound(to: Double.self)
        block[k & 7] = newValue.real
        block[k & 7 | 8] = newValue.imaginary
      }
    }
  }
}
