@_exported import ComplexModule
import Randomness
@_exported import RealModule

/// A number that matrices are made of: `Double` or `Complex<Double>`.
///
/// The product is a requirement, not generic code, so that it compiles to a loop over concrete numbers in this module.
public protocol MatrixScalar: AlgebraicField, Hashable, Sendable, LAPACKScalar {
  init(_ real: Double)
  /// The complex conjugate; a real number's own value.
  var conjugate: Self { get }
  /// |x|^2.
  var squaredMagnitude: Double { get }
  /// |x|, also where its square is too large or too small to be a number.
  var absoluteValue: Double { get }
  var isFinite: Bool { get }

  /// A normal number of mean 0 and `E|x|^2 = 1`; a complex one has independent parts of variance 1/2.
  static func normal(using source: inout RandomSource) -> Self

  /// `C = A B`, row-major and contiguous; A is m x k, B is k x n, C is m x n and zero on entry.
  static func multiply(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int)
}

extension Double: MatrixScalar {
  public var conjugate: Double { self }
  public var squaredMagnitude: Double { self * self }
  public var absoluteValue: Double { Swift.abs(self) }

  public static func normal(using source: inout RandomSource) -> Double { source.normal() }

  public static func multiply(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into c: UnsafeMutablePointer<Double>, m: Int, n: Int, k: Int
  ) {
    // Up to 8 x 8 the loop takes less time than the call of BLAS costs (0.15 us measured).
    guard m * n * k <= 512 else { return BLAS.gemm(m: m, n: n, k: k, a: a, lda: k, b: b, ldb: n, c: c, ldc: n) }
    for row in 0..<m {
      for inner in 0..<k {
        let factor = a[row &* k &+ inner]
        for column in 0..<n { c[row &* n &+ column] += factor * b[inner &* n &+ column] }
      }
    }
  }
}

extension Complex: LAPACKScalar, MatrixScalar where RealType == Double {
  public var squaredMagnitude: Double { lengthSquared }
  public var absoluteValue: Double { length }

  public static func normal(using source: inout RandomSource) -> Complex {
    let (real, imaginary) = (source.normal(), source.normal())
    return Complex(real * 0.5.squareRoot(), imaginary * 0.5.squareRoot())
  }

  public static func multiply(
    _ a: UnsafePointer<Complex>, _ b: UnsafePointer<Complex>, into c: UnsafeMutablePointer<Complex>, m: Int, n: Int, k: Int
  ) {
    // Up to 6 x 6 the loop takes less time than the call of BLAS costs (0.2 us measured).
    guard m * n * k <= 216 else { return BLAS.gemm(m: m, n: n, k: k, a: a, lda: k, b: b, ldb: n, c: c, ldc: n) }
    for row in 0..<m {
      for inner in 0..<k {
        let factor = a[row &* k &+ inner]
        for column in 0..<n { c[row &* n &+ column] += factor * b[inner &* n &+ column] }
      }
    }
  }
}
