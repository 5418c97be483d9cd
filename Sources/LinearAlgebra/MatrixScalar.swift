@_exported import ComplexModule
@_exported import RealModule

/// A number that matrices are made of: `Double` or `Complex<Double>`.
///
/// The products are requirements, not generic code, so that they compile to loops over concrete numbers in this module.
public protocol MatrixScalar: AlgebraicField, Hashable, Sendable {
  /// The complex conjugate; a real number's own value.
  var conjugate: Self { get }
  /// The real part.
  var realPart: Double { get }
  /// |x|^2.
  var squaredMagnitude: Double { get }

  /// `C = A B`, row-major and contiguous; A is m x k, B is k x n, C is m x n and zero on entry.
  static func multiply(
    _ a: UnsafePointer<Self>, _ b: UnsafePointer<Self>, into c: UnsafeMutablePointer<Self>, m: Int, n: Int, k: Int)
}

/// Below this many multiplications a plain loop beats the call overhead of BLAS (16 x 16 matrices are below).
private let smallProduct = 4096

extension Double: MatrixScalar {
  public var conjugate: Double { self }
  public var realPart: Double { self }
  public var squaredMagnitude: Double { self * self }

  public static func multiply(
    _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, into c: UnsafeMutablePointer<Double>, m: Int, n: Int, k: Int
  ) {
    guard m * n * k <= smallProduct else { return BLAS.gemm(m: m, n: n, k: k, a: a, lda: k, b: b, ldb: n, c: c, ldc: n) }
    for row in 0..<m {
      for inner in 0..<k {
        let factor = a[row &* k &+ inner]
        for column in 0..<n { c[row &* n &+ column] += factor * b[inner &* n &+ column] }
      }
    }
  }
}

extension Complex: MatrixScalar where RealType == Double {
  public var realPart: Double { rawStorage.x }
  public var squaredMagnitude: Double { lengthSquared }

  public static func multiply(
    _ a: UnsafePointer<Complex>, _ b: UnsafePointer<Complex>, into c: UnsafeMutablePointer<Complex>, m: Int, n: Int, k: Int
  ) {
    guard m * n * k <= smallProduct else { return BLAS.gemm(m: m, n: n, k: k, a: a, lda: k, b: b, ldb: n, c: c, ldc: n) }
    for row in 0..<m {
      for inner in 0..<k {
        let factor = a[row &* k &+ inner]
        for column in 0..<n { c[row &* n &+ column] += factor * b[inner &* n &+ column] }
      }
    }
  }
}
