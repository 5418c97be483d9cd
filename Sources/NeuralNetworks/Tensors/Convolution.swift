import Execution

/// The geometry of a two-dimensional convolution and its arithmetic as matrix products.
///
/// Sample by sample the input's windows are laid out as columns (im2col): row (c, i, j) of the column matrix holds, for every
/// output position, the input that meets weight (c, i, j). Then `Y = W X_columns` is one product, and so are both adjoints.
/// Columns are made afresh in the backward pass: they are larger than the input by the window's area, and making them in
/// cache costs less than storing them.
///
/// - Shape: input `[samples, channels, height, width]`, weight `[filters, channels, kernel, kernel]`, output
///   `[samples, filters, (height + 2 padding - kernel) / stride + 1, ...]`.
package struct Convolution: Hashable, Sendable {
  let kernel: Int
  let stride: Int
  let padding: Int

  package init(kernel: Int, stride: Int, padding: Int) { (self.kernel, self.stride, self.padding) = (kernel, stride, padding) }

  /// The length of an output axis; 0 where the kernel does not fit.
  func outputLength(_ length: Int) -> Int {
    length + 2 * padding < kernel ? 0 : (length + 2 * padding - kernel) / stride + 1
  }

  private func windows(_ input: [Int]) -> Windows {
    Windows(
      channels: input[1], height: input[2], width: input[3], kernel: kernel, stride: stride, padding: padding,
      outputHeight: outputLength(input[2]), outputWidth: outputLength(input[3]))
  }

  /// Samples in one piece of work: about 16 pieces, whatever the number of threads.
  private func slice(_ samples: Int) -> Int { max(1, (samples + 15) / 16) }

  /// `Y_s = W columns(x_s) + b` for every sample s.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func outputs<S: TensorScalar>(_ x: Tensor<S>, _ weight: Tensor<S>, bias: Tensor<S>?, loop: ParallelLoop) -> Tensor<S> {
    let (windows, samples, filters) = (windows(x.shape), x.shape[0], weight.shape[0])
    let (area, positions) = (windows.area, windows.positions)
    return Tensor(shape: [samples, filters, windows.outputHeight, windows.outputWidth]) { y in
      x.withBase { x in
        weight.withBase { w in
          loop.run(count: samples, inSlicesOf: slice(samples)) { slice in
            let columns = Columns<S>(windows)
            for sample in slice {
              let target = y + sample * filters * positions
              columns.unfold(x + sample * windows.inputCount)
              for filter in 0..<filters {
                (target + filter * positions).initialize(repeating: bias?.scalars[filter] ?? 0, count: positions)
              }
              S.gemm(
                transposeA: false, transposeB: false, m: filters, n: positions, k: area, alpha: 1, a: w, lda: area,
                b: columns.base, ldb: positions, beta: 1, c: target, ldc: positions)
            }
          }
        }
      }
    }
  }

  /// `dx_s = columns^T(W^T g_s)`.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func inputCotangent<S: TensorScalar>(_ g: Tensor<S>, _ weight: Tensor<S>, shape: [Int], loop: ParallelLoop) -> Tensor<S> {
    let (windows, samples, filters) = (windows(shape), shape[0], weight.shape[0])
    let (area, positions) = (windows.area, windows.positions)
    return Tensor(shape: shape) { dx in
      g.withBase { g in
        weight.withBase { w in
          loop.run(count: samples, inSlicesOf: slice(samples)) { slice in
            let columns = Columns<S>(windows)
            for sample in slice {
              S.gemm(
                transposeA: true, transposeB: false, m: area, n: positions, k: filters, alpha: 1, a: w, lda: area,
                b: g + sample * filters * positions, ldb: positions, beta: 0, c: columns.base, ldc: positions)
              columns.fold(into: dx + sample * windows.inputCount)
            }
          }
        }
      }
    }
  }

  /// `dW = sum_s g_s columns(x_s)^T`, slice by slice; slices are added in their order.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func weightCotangent<S: TensorScalar>(_ g: Tensor<S>, _ x: Tensor<S>, loop: ParallelLoop) -> Tensor<S> {
    let (windows, samples, filters) = (windows(x.shape), x.shape[0], g.shape[1])
    let (area, positions) = (windows.area, windows.positions)
    let length = slice(samples)
    var partial = Tensor<S>(shape: [(samples + length - 1) / length, filters, x.shape[1], kernel, kernel])
    partial.withMutableBase { sums in
      g.withBase { g in
        x.withBase { x in
          loop.run(count: samples, inSlicesOf: length) { slice in
            let columns = Columns<S>(windows)
            for sample in slice {
              columns.unfold(x + sample * windows.inputCount)
              S.gemm(
                transposeA: false, transposeB: true, m: filters, n: area, k: positions, alpha: 1,
                a: g + sample * filters * positions, lda: positions, b: columns.base, ldb: positions, beta: 1,
                c: sums + slice.lowerBound / length * filters * area, ldc: area)
            }
          }
        }
      }
    }
    return partial.sum(axis: 0)
  }
}
