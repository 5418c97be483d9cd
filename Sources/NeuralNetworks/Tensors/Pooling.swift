import Execution

/// The geometry of two-dimensional pooling without padding, and its arithmetic plane by plane.
///
/// - Shape: `[samples, channels, height, width]` -> `[samples, channels, (height - window) / stride + 1, ...]`.
struct Pooling: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case maximum
    case average
  }

  let kind: Kind
  let window: Int
  let stride: Int

  /// The length of an output axis; 0 where the window does not fit.
  func outputLength(_ length: Int) -> Int { length < window ? 0 : (length - window) / stride + 1 }

  /// Planes in one piece of work.
  private var slice: Int { 32 }

  /// One plane's lengths before and after.
  private struct Plane {
    let height, width, outputHeight, outputWidth: Int
    var area: Int { height * width }
    var outputArea: Int { outputHeight * outputWidth }
  }

  private func plane(_ shape: [Int]) -> Plane {
    Plane(height: shape[2], width: shape[3], outputHeight: outputLength(shape[2]), outputWidth: outputLength(shape[3]))
  }

  /// The outputs and, for the maximum, which input of its plane each of them is.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func outputs<S: TensorScalar>(_ x: Tensor<S>, loop: ParallelLoop) -> (output: Tensor<S>, sources: [Int32]) {
    let plane = plane(x.shape)
    let planes = x.shape[0] * x.shape[1]
    var sources = [Int32](repeating: 0, count: kind == .maximum ? planes * plane.outputArea : 0)
    let output = Tensor<S>(shape: [x.shape[0], x.shape[1], plane.outputHeight, plane.outputWidth]) { y in
      sources.withUnsafeMutableBufferPointer { buffer in
        let sources = buffer.baseAddress
        x.withBase { x in
          loop.run(count: planes, inSlicesOf: slice) { slice in
            for index in slice {
              let (input, output) = (x + index * plane.area, y + index * plane.outputArea)
              switch kind {
              case .maximum: takeMaxima(input, output, sources! + index * plane.outputArea, plane)
              case .average: takeMeans(input, output, plane)
              }
            }
          }
        }
      }
    }
    return (output, sources)
  }

  /// Sends each cotangent to the input that was the maximum, or to all inputs of the window in equal parts.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func inputCotangent<S: TensorScalar>(
    _ g: Tensor<S>, sources: [Int32], shape: [Int], loop: ParallelLoop
  ) -> Tensor<S> {
    let plane = plane(shape)
    return Tensor(shape: shape) { dx in
      sources.withUnsafeBufferPointer { sources in
        g.withBase { g in
          loop.run(count: shape[0] * shape[1], inSlicesOf: slice) { slice in
            for index in slice {
              let (from, to) = (g + index * plane.outputArea, dx + index * plane.area)
              to.initialize(repeating: 0, count: plane.area)
              switch kind {
              case .maximum: scatter(from, to, sources.baseAddress! + index * plane.outputArea, plane.outputArea)
              case .average: spread(from, to, plane)
              }
            }
          }
        }
      }
    }
  }

  private func takeMaxima<S: TensorScalar>(
    _ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, _ sources: UnsafeMutablePointer<Int32>, _ plane: Plane
  ) {
    @inline(__always) func take(_ window: Int, _ stride: Int) {
      for row in 0..<plane.outputHeight {
        for column in 0..<plane.outputWidth {
          let corner = row * stride * plane.width + column * stride
          var (best, largest, sum) = (corner, x[corner], S.zero)
          for i in 0..<window {
            for j in 0..<window {
              let candidate = corner + i * plane.width + j
              let value = x[candidate]
              // Selections instead of a branch, which would be mispredicted half of the time on image data.
              best = value > largest ? candidate : best
              largest = value > largest ? value : largest
              sum += value
            }
          }
          // A maximum by comparisons can lose NaN, a sum cannot.
          y[row * plane.outputWidth + column] = sum == sum ? largest : sum
          sources[row * plane.outputWidth + column] = Int32(truncatingIfNeeded: best)
        }
      }
    }
    // The common window gets loops of known length.
    if window == 2, stride == 2 { take(2, 2) } else { take(window, stride) }
  }

  private func takeMeans<S: TensorScalar>(_ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, _ plane: Plane) {
    let scale = 1 / S(window * window)
    for row in 0..<plane.outputHeight {
      for column in 0..<plane.outputWidth {
        let corner = row * stride * plane.width + column * stride
        var sum: S = 0
        for i in 0..<window {
          for j in 0..<window { sum += x[corner + i * plane.width + j] }
        }
        y[row * plane.outputWidth + column] = sum * scale
      }
    }
  }

  private func scatter<S: TensorScalar>(
    _ g: UnsafePointer<S>, _ dx: UnsafeMutablePointer<S>, _ sources: UnsafePointer<Int32>, _ count: Int
  ) {
    for i in 0..<count { dx[Int(sources[i])] += g[i] }
  }

  private func spread<S: TensorScalar>(_ g: UnsafePointer<S>, _ dx: UnsafeMutablePointer<S>, _ plane: Plane) {
    let scale = 1 / S(window * window)
    for row in 0..<plane.outputHeight {
      for column in 0..<plane.outputWidth {
        let (corner, part) = (row * stride * plane.width + column * stride, g[row * plane.outputWidth + column] * scale)
        for i in 0..<window {
          for j in 0..<window { dx[corner + i * plane.width + j] += part }
        }
      }
    }
  }
}
