import Execution
import NeuralNetworks

/// Numbers that begin at a cache line: where registers of a matrix lie across lines, its product takes half as long again.
final class AlignedNumbers<Scalar: TensorScalar>: Sendable {
  private let buffer: AlignedBuffer<Scalar>

  init(zeroed count: Int) { buffer = AlignedBuffer(zeroed: count) }

  var base: UnsafeMutablePointer<Scalar> { buffer.base }

  /// The Frobenius norm; infinite, and so above any limit, where its square is too large for a number.
  var norm: Double {
    var square: Scalar = 0
    Scalar.gemv(transpose: false, rows: 1, columns: buffer.count, alpha: 1, a: base, x: base, beta: 0, y: &square)
    return Double(square).squareRoot()
  }
}
