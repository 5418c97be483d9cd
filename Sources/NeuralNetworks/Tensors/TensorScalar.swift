import LinearAlgebra

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The number type of a network: `Float` or `Double`.
///
/// The protocol carries what the standard library's floating-point protocols lack: elementary functions, the matrix
/// product, and the type's name in a safetensors file.
public protocol TensorScalar: BinaryFloatingPoint, SIMDScalar, BitwiseCopyable, Sendable, Codable {
  /// The name of the type in a safetensors header.
  static var storageType: StorageType { get }

  /// `C <- alpha op(A) op(B) + beta C`, row-major, on the calling thread.
  static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Self,
    a: UnsafePointer<Self>, lda: Int, b: UnsafePointer<Self>, ldb: Int,
    beta: Self, c: UnsafeMutablePointer<Self>, ldc: Int)

  /// `y <- alpha op(A) x + beta y`; A is rows x columns, row-major and contiguous.
  static func gemv(
    transpose: Bool, rows: Int, columns: Int, alpha: Self, a: UnsafePointer<Self>, x: UnsafePointer<Self>, beta: Self,
    y: UnsafeMutablePointer<Self>)

  static func exponential(_ x: Self) -> Self
  /// `ln x`
  static func logarithm(_ x: Self) -> Self
  /// `ln(1 + x)`
  static func logarithm(onePlus x: Self) -> Self
  static func hyperbolicTangent(_ x: Self) -> Self
  /// `erf x = 2/sqrt(pi) int_0^x exp(-t^2) dt`
  static func errorFunction(_ x: Self) -> Self
  static func sine(_ x: Self) -> Self
  static func cosine(_ x: Self) -> Self
}

extension Float: TensorScalar {
  public static var storageType: StorageType { .float32 }

  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Float,
    a: UnsafePointer<Float>, lda: Int, b: UnsafePointer<Float>, ldb: Int,
    beta: Float, c: UnsafeMutablePointer<Float>, ldc: Int
  ) {
    BLAS.gemm(
      transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb,
      beta: beta, c: c, ldc: ldc)
  }

  public static func gemv(
    transpose: Bool, rows: Int, columns: Int, alpha: Float, a: UnsafePointer<Float>, x: UnsafePointer<Float>, beta: Float,
    y: UnsafeMutablePointer<Float>
  ) {
    BLAS.gemv(transpose: transpose, rows: rows, columns: columns, alpha: alpha, a: a, lda: columns, x: x, beta: beta, y: y)
  }

  @inline(__always) public static func exponential(_ x: Float) -> Float { expf(x) }
  @inline(__always) public static func logarithm(_ x: Float) -> Float { logf(x) }
  @inline(__always) public static func logarithm(onePlus x: Float) -> Float { log1pf(x) }
  @inline(__always) public static func hyperbolicTangent(_ x: Float) -> Float { tanhf(x) }
  @inline(__always) public static func errorFunction(_ x: Float) -> Float { erff(x) }
  @inline(__always) public static func sine(_ x: Float) -> Float { sinf(x) }
  @inline(__always) public static func cosine(_ x: Float) -> Float { cosf(x) }
}

extension Double: TensorScalar {
  public static var storageType: StorageType { .float64 }

  public static func gemm(
    transposeA: Bool, transposeB: Bool, m: Int, n: Int, k: Int, alpha: Double,
    a: UnsafePointer<Double>, lda: Int, b: UnsafePointer<Double>, ldb: Int,
    beta: Double, c: UnsafeMutablePointer<Double>, ldc: Int
  ) {
    BLAS.gemm(
      transposeA: transposeA, transposeB: transposeB, m: m, n: n, k: k, alpha: alpha, a: a, lda: lda, b: b, ldb: ldb,
      beta: beta, c: c, ldc: ldc)
  }

  public static func gemv(
    transpose: Bool, rows: Int, columns: Int, alpha: Double, a: UnsafePointer<Double>, x: UnsafePointer<Double>, beta: Double,
    y: UnsafeMutablePointer<Double>
  ) {
    BLAS.gemv(transpose: transpose, rows: rows, columns: columns, alpha: alpha, a: a, lda: columns, x: x, beta: beta, y: y)
  }

  @inline(__always) public static func exponential(_ x: Double) -> Double { exp(x) }
  @inline(__always) public static func logarithm(_ x: Double) -> Double { log(x) }
  @inline(__always) public static func logarithm(onePlus x: Double) -> Double { log1p(x) }
  @inline(__always) public static func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
  @inline(__always) public static func errorFunction(_ x: Double) -> Double { erf(x) }
  @inline(__always) public static func sine(_ x: Double) -> Double { sin(x) }
  @inline(__always) public static func cosine(_ x: Double) -> Double { cos(x) }
}

/// Number types of the safetensors format that networks read and write.
public enum StorageType: String, Sendable, Codable, CaseIterable {
  case float32 = "F32"
  case float64 = "F64"

  /// Bytes of one number.
  public var byteCount: Int { self == .float32 ? 4 : 8 }
}
