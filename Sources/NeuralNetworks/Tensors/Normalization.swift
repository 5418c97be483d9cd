import Execution

/// Statistics of each channel over the samples and positions of a batch.
struct ChannelStatistics<Scalar: TensorScalar> {
  /// Shape `[channels]`.
  var mean: Tensor<Scalar>
  /// Shape `[channels]`; the mean squared distance from `mean`.
  var variance: Tensor<Scalar>
}

/// Normalization of channels, `y = scale (x - mean) / sqrt(variance + epsilon) + shift`, in one pass over each channel.
///
/// - Shape: `[samples, channels, ...]`; scale, shift, mean and variance `[channels]`.
enum ChannelNormalization {
  /// Mean and variance of every channel of a batch.
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func statistics<S: TensorScalar>(of x: Tensor<S>, loop: ParallelLoop) -> ChannelStatistics<S> {
    let (samples, channels, inner) = x.axisLayout(1)
    var result = ChannelStatistics(mean: Tensor<S>(shape: [channels]), variance: Tensor<S>(shape: [channels]))
    result.mean.withMutableBase { mean in
      result.variance.withMutableBase { variance in
        x.withBase { x in
          loop.run(count: channels) { channel in
            (mean[channel], variance[channel]) = moments(x + channel * inner, samples, channels * inner, inner)
          }
        }
      }
    }
    return result
  }

  /// The normalized batch.
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func outputs<S: TensorScalar>(
    _ x: Tensor<S>, _ statistics: ChannelStatistics<S>, scale: Tensor<S>, shift: Tensor<S>, epsilon: S, loop: ParallelLoop
  ) -> Tensor<S> {
    let (samples, channels, inner) = x.axisLayout(1)
    return Tensor(shape: x.shape) { y in
      x.withBase { x in
        loop.run(count: channels) { channel in
          let slope = scale.scalars[channel] / (statistics.variance.scalars[channel] + epsilon).squareRoot()
          let offset = shift.scalars[channel] - slope * statistics.mean.scalars[channel]
          writeLine(x + channel * inner, y + channel * inner, samples, channels * inner, inner, slope, offset)
        }
      }
    }
  }

  /// Cotangents of input, scale and shift. With x^ the normalized input and r = 1 / sqrt(variance + epsilon):
  /// `dshift = sum g`, `dscale = sum g x^`, and `dx = scale r (g - dshift / m - x^ dscale / m)` where the statistics come
  /// from these m numbers themselves, `dx = scale r g` where they are constants.
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func cotangents<S: TensorScalar>(
    _ g: Tensor<S>, _ x: Tensor<S>, _ statistics: ChannelStatistics<S>, scale: Tensor<S>, epsilon: S,
    statisticsAreConstant: Bool, loop: ParallelLoop
  ) -> [Tensor<S>] {
    let (samples, channels, inner) = x.axisLayout(1)
    var (dscale, dshift) = (Tensor<S>(shape: [channels]), Tensor<S>(shape: [channels]))
    let dx = Tensor<S>(shape: x.shape) { dx in
      dscale.withMutableBase { dscale in
        dshift.withMutableBase { dshift in
          g.withBase { g in
            x.withBase { x in
              loop.run(count: channels) { channel in
                let (start, step) = (channel * inner, channels * inner)
                let mean = statistics.mean.scalars[channel]
                let r = 1 / (statistics.variance.scalars[channel] + epsilon).squareRoot()
                let (sum, product) = projections(g + start, x + start, samples, step, inner, mean, r)
                (dshift[channel], dscale[channel]) = (sum, product)
                let weight = statisticsAreConstant ? 0 : 1 / S(samples * inner)
                let slope = scale.scalars[channel] * r
                // dx = slope g + tilt x + offset, with the bracket multiplied out.
                let tilt = -slope * product * weight * r
                let offset = -slope * sum * weight - tilt * mean
                writePlane(g + start, x + start, dx + start, samples, step, inner, slope, tilt, offset)
              }
            }
          }
        }
      }
    }
    return [dx, dscale, dshift]
  }
}

// The loops over one channel: `samples` runs of `inner` numbers, `step` apart.
extension ChannelNormalization {
  private static func moments<S: TensorScalar>(_ x: UnsafePointer<S>, _ samples: Int, _ step: Int, _ inner: Int) -> (S, S) {
    var total = 0.0
    for sample in 0..<samples { total += Double(sumOf(x + sample * step, inner)) }
    let mean = S(total / Double(samples * inner))
    var squares = 0.0
    for sample in 0..<samples {
      let run = x + sample * step
      squares += Double(sumOf(inner) { (run[$0] - mean) * (run[$0] - mean) })
    }
    return (mean, S(squares / Double(samples * inner)))
  }

  private static func writeLine<S: TensorScalar>(
    _ x: UnsafePointer<S>, _ y: UnsafeMutablePointer<S>, _ samples: Int, _ step: Int, _ inner: Int, _ slope: S, _ offset: S
  ) {
    for sample in 0..<samples {
      let (x, y) = (x + sample * step, y + sample * step)
      for i in 0..<inner { y[i] = slope * x[i] + offset }
    }
  }

  private static func projections<S: TensorScalar>(
    _ g: UnsafePointer<S>, _ x: UnsafePointer<S>, _ samples: Int, _ step: Int, _ inner: Int, _ mean: S, _ r: S
  ) -> (sum: S, product: S) {
    var (sum, product) = (0.0, 0.0)
    for sample in 0..<samples {
      let (g, x) = (g + sample * step, x + sample * step)
      sum += Double(sumOf(g, inner))
      product += Double(sumOf(inner) { i in g[i] * (x[i] - mean) })
    }
    return (S(sum), S(product) * r)
  }

  private static func writePlane<S: TensorScalar>(
    _ g: UnsafePointer<S>, _ x: UnsafePointer<S>, _ dx: UnsafeMutablePointer<S>, _ samples: Int, _ step: Int, _ inner: Int,
    _ slope: S, _ tilt: S, _ offset: S
  ) {
    for sample in 0..<samples {
      let (g, x, dx) = (g + sample * step, x + sample * step, dx + sample * step)
      for i in 0..<inner { dx[i] = slope * g[i] + tilt * x[i] + offset }
    }
  }
}

/// Normalization of the rows of a matrix, `y = (x - mean) / sqrt(variance + epsilon)`, each row by itself.
enum RowNormalization {
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func outputs<S: TensorScalar>(_ x: Tensor<S>, epsilon: S) -> (normalized: Tensor<S>, deviations: [S]) {
    let (rows, length) = (x.shape[0], x.rowLength)
    var deviations: [S] = []
    let normalized = Tensor<S>(shape: x.shape) { y in
      x.withBase { x in
        for row in 0..<rows {
          let (x, y) = (x + row * length, y + row * length)
          let mean = sumOf(x, length) / S(length)
          for i in 0..<length { y[i] = x[i] - mean }
          let deviation = (sumOf(length) { y[$0] * y[$0] } / S(length) + epsilon).squareRoot()
          for i in 0..<length { y[i] /= deviation }
          deviations.append(deviation)
        }
      }
    }
    return (normalized, deviations)
  }

  /// `dx = (g - mean(g) - y mean(g y)) / deviation`, row by row.
  @specialized(where S == Float)
  @specialized(where S == Double)
  static func inputCotangent<S: TensorScalar>(_ g: Tensor<S>, normalized: Tensor<S>, deviations: [S]) -> Tensor<S> {
    let length = g.rowLength
    return Tensor(shape: g.shape) { dx in
      g.withBase { g in
        normalized.withBase { y in
          for (row, deviation) in deviations.enumerated() {
            let (g, y, dx) = (g + row * length, y + row * length, dx + row * length)
            let mean = sumOf(g, length) / S(length)
            let projection = sumOf(length) { g[$0] * y[$0] } / S(length)
            for i in 0..<length { dx[i] = (g[i] - mean - y[i] * projection) / deviation }
          }
        }
      }
    }
  }
}
