import Execution
import Randomness

/// Moves every training image a little, anew in every epoch, so that a network sees each at other places and angles.
///
/// An output pixel at p reads the image at `R(-a) (p - c - s) + c`, with c the centre, a the angle and s the shift, between pixels
/// bilinearly; outside the image there is 0. How an image is moved depends on (seed, epoch, its number among the training
/// samples) alone, never on batches or threads.
///
/// - Shape: `[samples, channels, height, width]` -> the same.
public struct ImageAugmentation: Hashable, Sendable, Codable {
  /// The largest shift in either direction, in pixels; each is uniform in `-shift...shift`.
  public var shift: Double
  /// The largest rotation in degrees, uniform in `-rotation...rotation`.
  public var rotation: Double
  /// Whether every second image is mirrored, left to right.
  public var mirrors: Bool

  /// Movements of given sizes.
  public init(shift: Double = 0, rotation: Double = 0, mirrors: Bool = false) {
    precondition(
      (0...10_000).contains(shift) && (0...180).contains(rotation),
      "ImageAugmentation: shift \(shift) must lie in 0...10000, rotation \(rotation) in 0...180")
    (self.shift, self.rotation, self.mirrors) = (shift, rotation, mirrors)
  }

  /// The moved images of some training samples.
  ///
  /// - Parameters:
  ///   - images: the batch.
  ///   - numbers: the number of each image among the training samples.
  public func applied<Scalar: TensorScalar>(
    to images: Tensor<Scalar>, numbers: [Int], seed: UInt64, epoch: Int, loop: ParallelLoop = .serial
  ) -> Tensor<Scalar> {
    precondition(
      images.shape.count == 4 && images.shape[0] == numbers.count,
      "ImageAugmentation: expected shape [\(numbers.count), channels, height, width], found \(images.shape)")
    return ImageMotion.move(images, by: numbers.map { motion(of: $0, seed: seed, epoch: epoch) }, loop: loop)
  }

  private func motion(of number: Int, seed: UInt64, epoch: Int) -> ImageMotion {
    var random = RandomSource(seed: seed, stream: FNV1a("augmentation").value, index: UInt64(epoch) << 40 | UInt64(number))
    let (x, y) = (shift * (2 * random.uniform() - 1), shift * (2 * random.uniform() - 1))
    let angle = rotation * (2 * random.uniform() - 1)
    return ImageMotion(x: x, y: y, angle: angle, isMirrored: mirrors && random.uniform() < 0.5)
  }
}

/// One image's movement.
package struct ImageMotion: Sendable {
  let x, y, cosine, sine: Double
  let isMirrored: Bool

  /// - Parameters:
  ///   - x: pixels to the right; `y` downwards.
  ///   - angle: in degrees.
  package init(x: Double, y: Double, angle: Double, isMirrored: Bool = false) {
    (self.x, self.y, self.isMirrored) = (x, y, isMirrored)
    (cosine, sine) = (.cosine(angle * .pi / 180), .sine(angle * .pi / 180))
  }

  /// Every image moved by its own motion.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package static func move<Scalar: TensorScalar>(
    _ images: Tensor<Scalar>, by motions: [ImageMotion], loop: ParallelLoop
  ) -> Tensor<Scalar> {
    let (channels, height, width) = (images.shape[1], images.shape[2], images.shape[3])
    return Tensor(shape: images.shape) { target in
      images.withBase { source in
        loop.run(count: motions.count, inSlicesOf: 8) { slice in
          for sample in slice {
            for plane in sample * channels..<(sample + 1) * channels {
              let start = plane * height * width
              move(source + start, target + start, height, width, motions[sample])
            }
          }
        }
      }
    }
  }

  private static func move<Scalar: TensorScalar>(
    _ source: UnsafePointer<Scalar>, _ target: UnsafeMutablePointer<Scalar>, _ height: Int, _ width: Int, _ motion: ImageMotion
  ) {
    let (centreX, centreY) = (Double(width - 1) / 2, Double(height - 1) / 2)
    @inline(__always) func pixel(_ row: Int, _ column: Int) -> Scalar {
      row >= 0 && row < height && column >= 0 && column < width ? source[row * width + column] : 0
    }
    for row in 0..<height {
      let dy = Double(row) - centreY - motion.y
      for column in 0..<width {
        let dx = (motion.isMirrored ? Double(width - 1 - column) : Double(column)) - centreX - motion.x
        let x = motion.cosine * dx + motion.sine * dy + centreX
        let y = motion.cosine * dy - motion.sine * dx + centreY
        let (left, top) = (x.rounded(.down), y.rounded(.down))
        let (u, v) = (Scalar(x - left), Scalar(y - top))
        let (i, j) = (Int(top), Int(left))
        let upper = (1 - u) * pixel(i, j) + u * pixel(i, j + 1)
        let lower = (1 - u) * pixel(i + 1, j) + u * pixel(i + 1, j + 1)
        target[row * width + column] = (1 - v) * upper + v * lower
      }
    }
  }
}
