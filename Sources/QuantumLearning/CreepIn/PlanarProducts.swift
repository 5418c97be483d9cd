import LinearAlgebra
import NeuralNetworks

/// Products of square complex matrices of one dimension, each held as three planes: real parts, imaginary parts, sums of the two.
///
/// ```
/// (A + iB)(C + iD) = AC - BD + i ((A + B)(C + D) - AC - BD)
/// ```
/// takes three real products in place of four.
struct PlanarProducts<Scalar: TensorScalar>: Sendable {
  let dimension: Int

  /// Numbers in one plane.
  var area: Int { dimension * dimension }
  /// Numbers in one matrix.
  var count: Int { 3 * area }

  /// `c <- a b`, or `c <- a b + x y`.
  ///
  /// - Parameters:
  ///   - c: none of the factors.
  ///   - scratch: room for one plane.
  @inline(__always)
  func multiply(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ x: UnsafePointer<Scalar>? = nil, _ y: UnsafePointer<Scalar>? = nil,
    into c: UnsafeMutablePointer<Scalar>, scratch: UnsafeMutablePointer<Scalar>
  ) {
    if dimension == 4 { return multiplyFour(a, b, x, y, into: c) }
    for plane in 0..<3 {
      let target = plane == 0 ? c : plane == 1 ? scratch : c + area
      multiply(a + plane * area, b + plane * area, into: target, beta: 0)
      if let x, let y { multiply(x + plane * area, y + plane * area, into: target, beta: 1) }
    }
    let (real, imaginary, sum) = (c, c + area, c + 2 * area)
    for place in 0..<area {
      let (first, second) = (real[place], scratch[place])
      let (difference, rest) = (first - second, imaginary[place] - first - second)
      real[place] = difference
      imaginary[place] = rest
      sum[place] = difference + rest
    }
  }

  private func multiply(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, into c: UnsafeMutablePointer<Scalar>, beta: Scalar
  ) {
    Scalar.gemm(
      transposeA: false, transposeB: false, m: dimension, n: dimension, k: dimension, alpha: 1, a: a, lda: dimension, b: b,
      ldb: dimension, beta: beta, c: c, ldc: dimension)
  }

  /// Two qubits, row by row, in less time than one call of BLAS takes.
  @inline(__always)
  private func multiplyFour(
    _ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>, _ x: UnsafePointer<Scalar>?, _ y: UnsafePointer<Scalar>?,
    into c: UnsafeMutablePointer<Scalar>
  ) {
    for row in stride(from: 0, to: 16, by: 4) {
      var (real, imaginary) = (SIMD4<Scalar>.zero, SIMD4<Scalar>.zero)
      func add(_ a: UnsafePointer<Scalar>, _ b: UnsafePointer<Scalar>) {
        for inner in 0..<4 {
          let (re, im) = (a[row + inner], a[16 + row + inner])
          let (bRe, bIm) = ((b + 4 * inner).four, (b + 16 + 4 * inner).four)
          real += re * bRe - im * bIm
          imaginary += re * bIm + im * bRe
        }
      }
      add(a, b)
      if let x, let y { add(x, y) }
      (c + row).four = real
      (c + 16 + row).four = imaginary
      (c + 32 + row).four = real + imaginary
    }
  }

  /// The three planes of `matrix factor`.
  @inline(__always)
  func fill(_ target: UnsafeMutablePointer<Scalar>, with matrix: PlanarMatrix<Scalar>, times factor: Scalar) {
    matrix.numbers.withUnsafeBufferPointer { numbers in
      let from = numbers.baseAddress!
      for place in 0..<area {
        let (real, imaginary) = (factor * from[place], factor * from[area + place])
        target[place] = real
        target[area + place] = imaginary
        target[2 * area + place] = real + imaginary
      }
    }
  }

  /// The three planes of the matrix whose entries, row by row, `entry` gives.
  @inline(__always)
  func planes(_ entry: (Int) -> Complex<Double>) -> [Scalar] {
    [Scalar](unsafeUninitializedCapacity: count) { buffer, filled in
      let target = buffer.baseAddress!
      for place in 0..<area {
        let number = entry(place)
        let (real, imaginary) = (Scalar(number.real), Scalar(number.imaginary))
        (target + place).initialize(to: real)
        (target + area + place).initialize(to: imaginary)
        (target + 2 * area + place).initialize(to: real + imaginary)
      }
      filled = count
    }
  }

  /// The matrix of three planes.
  func matrix(_ planes: UnsafePointer<Scalar>) -> PlanarMatrix<Scalar> {
    PlanarMatrix(dimension: dimension) { $0.initialize(from: planes, count: 2 * area) }
  }

  /// The Frobenius norm of a matrix of which the real and the imaginary plane are read.
  func norm(_ a: UnsafePointer<Scalar>) -> Double {
    var squares = SIMD4<Scalar>.zero
    for place in stride(from: 0, to: 2 * area, by: 4) { squares += (a + place).four * (a + place).four }
    return Double(squares.sum()).squareRoot()
  }
}

extension UnsafePointer where Pointee: TensorScalar {
  /// The four numbers from here on.
  @inline(__always)
  var four: SIMD4<Pointee> { UnsafeRawPointer(self).loadUnaligned(as: SIMD4<Pointee>.self) }
}

extension UnsafeMutablePointer where Pointee: TensorScalar {
  /// The four numbers from here on.
  @inline(__always)
  var four: SIMD4<Pointee> {
    get { UnsafeRawPointer(self).loadUnaligned(as: SIMD4<Pointee>.self) }
    nonmutating set { UnsafeMutableRawPointer(self).storeBytes(of: newValue, as: SIMD4<Pointee>.self) }
  }
}
