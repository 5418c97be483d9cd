import Execution

extension Tensor {
  /// `exp(x_i) / sum_j exp(x_j)` along the last axis.
  public func softmax(loop: ParallelLoop = .serial) -> Tensor { alongLastAxis(loop, Self.writeSoftmax) }

  /// `x_i - log sum_j exp(x_j)` along the last axis.
  public func logSoftmax(loop: ParallelLoop = .serial) -> Tensor { alongLastAxis(loop, Self.writeLogSoftmax) }

  /// Sums along the last axis, which stays with length 1.
  func sumKeepingLastAxis() -> Tensor { summed(to: shape.dropLast() + [1]) }

  private typealias Writer = (_ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ length: Int) -> Void

  private func alongLastAxis(_ loop: ParallelLoop, _ write: Writer) -> Tensor {
    let length = shape.last ?? 1
    precondition(length > 0, "softmax: the last axis of \(shape) is empty")
    return Tensor(shape: shape) { target in
      withBase { source in
        loop.run(count: count / length, inSlicesOf: 256) { rows in
          for row in rows { write(source + row * length, target + row * length, length) }
        }
      }
    }
  }

  // The largest entry is subtracted first, so that no exponential overflows and the sum is at least 1.

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private static func writeSoftmax(_ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ length: Int) {
    let top = largest(x, length)
    for i in 0..<length { y[i] = .exponential(x[i] - top) }
    let scale = 1 / sumOf(UnsafePointer(y), length)
    for i in 0..<length { y[i] *= scale }
  }

  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  private static func writeLogSoftmax(_ x: UnsafePointer<Scalar>, _ y: UnsafeMutablePointer<Scalar>, _ length: Int) {
    let top = largest(x, length)
    for i in 0..<length { y[i] = .exponential(x[i] - top) }
    let shift = top + .logarithm(sumOf(UnsafePointer(y), length))
    for i in 0..<length { y[i] = x[i] - shift }
  }

  @inline(__always)
  private static func largest(_ x: UnsafePointer<Scalar>, _ length: Int) -> Scalar {
    var top = x[0]
    for i in 1..<length where x[i] > top { top = x[i] }
    return top
  }
}
