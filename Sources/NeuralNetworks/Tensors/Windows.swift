import Execution

/// Where the windows of a convolution lie in one sample.
struct Windows: Sendable {
  let channels, height, width, kernel, stride, padding, outputHeight, outputWidth: Int

  /// Numbers in one sample.
  var inputCount: Int { channels * height * width }
  /// Numbers in one window: rows of the column matrix.
  var area: Int { channels * kernel * kernel }
  /// Windows in one sample: columns of the column matrix.
  var positions: Int { outputHeight * outputWidth }
  var paddedHeight: Int { height + 2 * padding }
  var paddedWidth: Int { width + 2 * padding }
}

/// The column matrix of one sample: row (c, i, j), column p holds the input that window p has at (c, i, j).
///
/// Inputs pass through a padded copy, so that every run has the full output width and no border is a special case.
struct Columns<Scalar: TensorScalar>: ~Copyable {
  private let windows: Windows
  private let columns: AlignedBuffer<Scalar>
  private let padded: AlignedBuffer<Scalar>

  /// `area` rows of `positions` numbers.
  var base: UnsafeMutablePointer<Scalar> { columns.base }

  init(_ windows: Windows) {
    self.windows = windows
    // Copies move blocks of eight numbers and may run past the end of the last run.
    columns = AlignedBuffer(zeroed: windows.area * windows.positions + 8)
    padded = AlignedBuffer(zeroed: windows.channels * windows.paddedHeight * windows.paddedWidth + 8)
  }

  /// Fills the matrix from a sample.
  func unfold(_ input: UnsafePointer<Scalar>) { Self.unfold(input, padded.base, columns.base, windows) }

  /// The adjoint of `unfold`: adds every entry of the matrix to the number it is read from; `output` is overwritten.
  func fold(into output: UnsafeMutablePointer<Scalar>) { Self.fold(columns.base, padded.base, output, windows) }

  private static func unfold(
    _ input: UnsafePointer<Scalar>, _ padded: UnsafeMutablePointer<Scalar>, _ columns: UnsafeMutablePointer<Scalar>,
    _ windows: Windows
  ) {
    forEachPaddedRow(windows) { row, place in
      (padded + place).update(from: input + row * windows.width, count: windows.width)
    }
    let width = windows.outputWidth
    forEachRun(windows) { run, place in
      let (target, source) = (columns + run * width, UnsafePointer(padded + place))
      if windows.stride == 1 {
        // What a block writes past its run is overwritten by the next run.
        var k = 0
        while k < width {
          let block = UnsafeRawPointer(source + k).loadUnaligned(as: SIMD8<Scalar>.self)
          UnsafeMutableRawPointer(target + k).storeBytes(of: block, as: SIMD8<Scalar>.self)
          k += 8
        }
      } else {
        for k in 0..<width { target[k] = source[k * windows.stride] }
      }
    }
  }

  private static func fold(
    _ columns: UnsafePointer<Scalar>, _ padded: UnsafeMutablePointer<Scalar>, _ output: UnsafeMutablePointer<Scalar>,
    _ windows: Windows
  ) {
    padded.update(repeating: 0, count: windows.channels * windows.paddedHeight * windows.paddedWidth)
    let width = windows.outputWidth
    forEachRun(windows) { run, place in
      let (source, target) = (columns + run * width, padded + place)
      if windows.stride == 1 {
        var k = 0
        while k + 4 <= width {
          let sum =
            UnsafeRawPointer(source + k).loadUnaligned(as: SIMD4<Scalar>.self)
            + UnsafeRawPointer(target + k).loadUnaligned(as: SIMD4<Scalar>.self)
          UnsafeMutableRawPointer(target + k).storeBytes(of: sum, as: SIMD4<Scalar>.self)
          k += 4
        }
        while k < width {
          target[k] += source[k]
          k += 1
        }
      } else {
        for k in 0..<width { target[k * windows.stride] += source[k] }
      }
    }
    forEachPaddedRow(windows) { row, place in
      (output + row * windows.width).initialize(from: padded + place, count: windows.width)
    }
  }

  /// Calls `body(input row over all channels, its place in the padded copy)`.
  @inline(__always)
  private static func forEachPaddedRow(_ windows: Windows, _ body: (Int, Int) -> Void) {
    for channel in 0..<windows.channels {
      for row in 0..<windows.height {
        let place = (channel * windows.paddedHeight + row + windows.padding) * windows.paddedWidth + windows.padding
        body(channel * windows.height + row, place)
      }
    }
  }

  /// Calls `body(run, place of its first number in the padded copy)` for every output row of every row of the matrix.
  @inline(__always)
  private static func forEachRun(_ windows: Windows, _ body: (Int, Int) -> Void) {
    var run = 0
    for channel in 0..<windows.channels {
      for i in 0..<windows.kernel {
        for j in 0..<windows.kernel {
          for row in 0..<windows.outputHeight {
            body(run, (channel * windows.paddedHeight + row * windows.stride + i) * windows.paddedWidth + j)
            run += 1
          }
        }
      }
    }
  }
}
