import LinearAlgebra

/// Small complex matrices, one for each of `width` lanes (samples), that a step's parts multiply up to.
///
/// Shape: entry e of lane l is `re[e][l]` + i `im[e][l]`, stored as rows of `width` numbers: row 2e real, row 2e + 1 imaginary.
struct LaneMatrices {
  let dimension: Int
  let width: Int
  let base: UnsafeMutablePointer<Double>

  static func count(dimension: Int, width: Int) -> Int { 2 * dimension * dimension * width }

  private func real(_ entry: Int) -> UnsafeMutablePointer<Double> { base + 2 * entry * width }
  private func imaginary(_ entry: Int) -> UnsafeMutablePointer<Double> { base + (2 * entry + 1) * width }

  func setConstant(_ entries: [Complex<Double>]) {
    for (entry, value) in entries.enumerated() {
      real(entry).update(repeating: value.real, count: width)
      imaginary(entry).update(repeating: value.imaginary, count: width)
    }
  }

  /// A rotation's matrix (order 0) or its derivative by the angle (order 1), from cos and sin of w t in each lane.
  ///
  /// Both are `one * I + square * G^2 + i * linear * G`, with `square` and `linear` a number a lane.
  func setRotation(
    _ generator: [Complex<Double>], _ squared: [Complex<Double>], frequency: Double, order: Int, cosine: UnsafePointer<Double>,
    sine: UnsafePointer<Double>, scratch: UnsafeMutablePointer<Double>
  ) {
    let (square, linear) = (scratch, scratch + width)
    for lane in 0..<width {
      square[lane] = order == 0 ? cosine[lane] - 1 : -frequency * sine[lane]
      linear[lane] = order == 0 ? -sine[lane] : -frequency * cosine[lane]
    }
    for entry in 0..<dimension * dimension {
      let (g, g2) = (generator[entry], squared[entry])
      let diagonal: Double = order == 0 && entry % (dimension + 1) == 0 ? 1 : 0
      let (re, im) = (real(entry), imaginary(entry))
      for lane in 0..<width {
        re[lane] = diagonal + square[lane] * g2.real - linear[lane] * g.imaginary
        im[lane] = square[lane] * g2.imaginary + linear[lane] * g.real
      }
    }
  }

  /// self = left * right, lane by lane.
  func setProduct(_ left: LaneMatrices, _ right: LaneMatrices) {
    base.update(repeating: 0, count: Self.count(dimension: dimension, width: width))
    for row in 0..<dimension {
      for inner in 0..<dimension {
        let (a, ai) = (left.real(row * dimension + inner), left.imaginary(row * dimension + inner))
        for column in 0..<dimension {
          let (b, bi) = (right.real(inner * dimension + column), right.imaginary(inner * dimension + column))
          let (c, ci) = (real(row * dimension + column), imaginary(row * dimension + column))
          for lane in 0..<width {
            c[lane] += a[lane] * b[lane] - ai[lane] * bi[lane]
            ci[lane] += a[lane] * bi[lane] + ai[lane] * b[lane]
          }
        }
      }
    }
  }

  func setAdjoint(_ other: LaneMatrices) {
    for row in 0..<dimension {
      for column in 0..<dimension {
        let (from, to) = (column * dimension + row, row * dimension + column)
        real(to).update(from: other.real(from), count: width)
        for lane in 0..<width { imaginary(to)[lane] = -other.imaginary(from)[lane] }
      }
    }
  }

  func set(_ other: LaneMatrices) {
    base.update(from: other.base, count: Self.count(dimension: dimension, width: width))
  }

  /// sums[lane] = 2 Re sum over entries of self * overlaps.
  func contract(_ overlaps: UnsafePointer<Double>, into sums: UnsafeMutablePointer<Double>) {
    sums.update(repeating: 0, count: width)
    for entry in 0..<dimension * dimension {
      let (re, im) = (real(entry), imaginary(entry))
      let (other, otherImaginary) = (overlaps + 2 * entry * width, overlaps + (2 * entry + 1) * width)
      for lane in 0..<width { sums[lane] += 2 * (re[lane] * other[lane] - im[lane] * otherImaginary[lane]) }
    }
  }
}
