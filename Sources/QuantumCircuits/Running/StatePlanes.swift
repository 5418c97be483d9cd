import Execution
import LinearAlgebra
import QuantumStates

/// The final states of a batch as two planes of real numbers in the precision of the states, for products with BLAS.
///
/// The imaginary plane follows the real one so that both together are one real matrix of twice as many numbers a state. Where a
/// chunk holds many samples a row is a basis state and a column a sample, as the chunk has them; else a row is a sample.
///
/// Unchecked: written by `BatchStates.planes` and only read afterwards.
package final class StatePlanes: @unchecked Sendable {
  package let samples: Int
  package let dimension: Int
  package let precision: Precision
  /// Whether a column is a sample, so that amplitude k of sample s is number `k * stride + s` of a plane, not `s * stride + k`.
  package let isByAmplitude: Bool
  package let stride: Int
  package let base: UnsafeMutableRawPointer
  /// Numbers from one plane to the other.
  package var imaginaryOffset: Int { isByAmplitude ? dimension * stride : dimension }

  fileprivate init(samples: Int, layout: AmplitudeLayout) {
    self.samples = samples
    dimension = 1 << layout.qubitCount
    precision = layout.precision
    isByAmplitude = layout.isBatched
    let bytes = precision.bytesPerAmplitude / 2
    // Whole chunks; and rows that lie a multiple of a page apart would push each other out of the cache.
    let columns = isByAmplitude ? (samples + layout.samples - 1) / layout.samples * layout.samples : 2 * dimension
    stride = columns * bytes % 4096 == 0 ? columns + layout.lanes : columns
    base = AlignedMemory.allocate((isByAmplitude ? 2 * dimension : samples) * stride * bytes)
  }

  deinit { base.deallocate() }

  /// Copies the states of a chunk.
  fileprivate func fill(from chunk: UnsafeRawPointer, firstSample: Int, layout: AmplitudeLayout) {
    let (row, bytes, block) = (stride * precision.bytesPerAmplitude / 2, precision.bytesPerAmplitude / 2, Precision.blockBytes)
    let imaginary = imaginaryOffset * bytes
    if isByAmplitude {
      for index in 0..<dimension {
        for part in 0..<layout.sampleBlocks {
          let from = chunk + (index * layout.sampleBlocks + part) * block
          let to = base + index * row + (firstSample + part * layout.lanes) * bytes
          to.copyMemory(from: from, byteCount: block / 2)
          (to + imaginary).copyMemory(from: from + block / 2, byteCount: block / 2)
        }
      }
    } else {
      let length = min(dimension, layout.lanes) * bytes
      for place in 0..<layout.blockCount {
        let (from, to) = (chunk + place * block, base + firstSample * row + place * block / 2)
        to.copyMemory(from: from, byteCount: length)
        (to + imaginary).copyMemory(from: from + block / 2, byteCount: length)
      }
    }
  }
}

extension BatchStates {
  /// The final states of a batch, for products.
  ///
  /// - Parameter features: samples x features.
  /// - Throws: `CompilationError` for wrong counts; states that are not finite are the caller's to find (`checkAngles`).
  package func planes(features: RealMatrix, parameters: [Double] = []) throws(CompilationError) -> StatePlanes {
    let batch = try evaluator.batch(parameters: parameters, features: features, loop: loop)
    let planes = StatePlanes(samples: features.rows, layout: evaluator.layout)
    try evaluator.forEachFinalChunk(batch) { run in
      planes.fill(from: run.work.ket, firstSample: run.firstSample, layout: evaluator.layout)
    }
    return planes
  }

  /// Throws where an angle has no finite value for some sample: what else would make results that are not finite.
  package func checkAngles(features: RealMatrix, parameters: [Double] = []) throws(CompilationError) {
    try CompilationError.checkAngles(
      evaluator.circuit.angles.lazy.map(\.expression), parameters: parameters, features: features, derivatives: .none)
  }
}
