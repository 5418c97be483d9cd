import LinearAlgebra
import NeuralNetworks

/// The square windows of a batch of images as rows of a matrix, and the way back.
///
/// Row (sample, i, j) holds the window whose first pixel is at (stride i - padding, stride j - padding): channel after channel,
/// each in reading order, zeros outside the image.
///
/// - Shape: `[samples, channels, height, width]` -> (samples h w) x (channels kernel^2), h = (height + 2 padding - kernel) / stride
///   + 1.
struct Patches: Hashable, Sendable {
  let kernel: Int
  let stride: Int
  let padding: Int

  /// The length of an axis counted in windows; 0 where none fits.
  func outputLength(_ length: Int) -> Int {
    length + 2 * padding < kernel ? 0 : (length + 2 * padding - kernel) / stride + 1
  }

  /// The windows of every image.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func rows<Scalar: TensorScalar>(of images: Tensor<Scalar>) -> RealMatrix {
    let columns = images.shape[1] * kernel * kernel
    let rows = images.shape[0] * outputLength(images.shape[2]) * outputLength(images.shape[3])
    var elements = [Double](repeating: 0, count: rows * columns)
    images.withBase { source in
      elements.withUnsafeMutableBufferPointer { target in
        forEachPixel(images.shape) { place, pixel in target[place] = Double(source[pixel]) }
      }
    }
    return RealMatrix(rows: rows, columns: columns, elements: elements)
  }

  /// The adjoint of `rows`: every entry is added to the pixel that it was read from.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  func images<Scalar: TensorScalar>(adding rows: [RealMatrix], shape: [Int]) -> Tensor<Scalar> {
    var images = Tensor<Scalar>(shape: shape)
    images.withMutableBase { target in
      for matrix in rows {
        matrix.elements.withUnsafeBufferPointer { source in
          forEachPixel(shape) { place, pixel in target[pixel] += Scalar(source[place]) }
        }
      }
    }
    return images
  }

  /// Which pixel of its image each feature sees in each window, at feature windows + window; outside the image, the number of its
  /// pixels.
  ///
  /// - Parameter shape: of the images, of which one counts.
  func pixels(_ shape: [Int]) -> [Int] {
    let (features, windows) = (shape[1] * kernel * kernel, outputLength(shape[2]) * outputLength(shape[3]))
    var pixels = [Int](repeating: shape[1...].reduce(1, *), count: features * windows)
    forEachPixel([1] + shape[1...]) { place, pixel in pixels[place % features * windows + place / features] = pixel }
    return pixels
  }

  /// Calls `body(place in the matrix, place in the images)` for every entry that lies inside its image.
  @inline(__always)
  private func forEachPixel(_ shape: [Int], _ body: (Int, Int) -> Void) {
    let (channels, height, width) = (shape[1], shape[2], shape[3])
    var place = 0
    for sample in 0..<shape[0] {
      for top in stride(from: -padding, through: height + padding - kernel, by: self.stride) {
        for left in stride(from: -padding, through: width + padding - kernel, by: self.stride) {
          for channel in 0..<channels {
            for row in top..<top + kernel {
              for column in left..<left + kernel {
                if row >= 0, row < height, column >= 0, column < width {
                  body(place, ((sample * channels + channel) * height + row) * width + column)
                }
                place += 1
              }
            }
          }
        }
      }
    }
  }

  private func stride(from: Int, through: Int, by: Int) -> StrideThrough<Int> { Swift.stride(from: from, through: through, by: by) }
}
