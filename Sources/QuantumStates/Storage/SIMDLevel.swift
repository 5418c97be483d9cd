import CStateKernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The instruction sets for which the kernels were compiled.
///
/// Between levels results agree to rounding; at one level they are bit-identical. The environment variable
/// `HILBERT_SIMD` (baseline, avx2, avx512, neon) pins the level of a process.
public enum SIMDLevel: String, Sendable, Hashable, Codable, CaseIterable {
  /// What every processor of the architecture has; SSE2 on x86-64.
  case baseline
  case avx2
  case avx512
  /// The baseline of arm64.
  case neon

  private var identifier: Int32 {
    switch self {
    case .baseline: Int32(HILBERT_BASELINE)
    case .avx2: Int32(HILBERT_AVX2)
    case .avx512: Int32(HILBERT_AVX512)
    case .neon: Int32(HILBERT_NEON)
    }
  }

  /// Whether this processor can run the level.
  public var isSupported: Bool { hilbert_level_supported(identifier) != 0 }

  /// The levels this processor can run, slowest first.
  public static var supported: [SIMDLevel] { allCases.filter(\.isSupported) }

  /// The level of this process: `HILBERT_SIMD` where it is set, else the fastest this processor has.
  public static let current: SIMDLevel = {
    guard let wish = getenv("HILBERT_SIMD").map({ String(cString: $0) }), !wish.isEmpty else { return supported.last! }
    let choices = supported.map(\.rawValue).joined(separator: ", ")
    guard let level = SIMDLevel(rawValue: wish), level.isSupported else {
      // Not preconditionFailure: its message is lost in release builds.
      fatalError("HILBERT_SIMD is \"\(wish)\", and this processor runs \(choices): unset it or name one of these")
    }
    return level
  }()

  /// The kernels of this level for a precision.
  package func kernels(_ precision: Precision) -> Kernels {
    Kernels(table: precision == .float ? hilbert_kernels_float(identifier) : hilbert_kernels_double(identifier))
  }
}

/// The kernels of one level and precision; the table lives as long as the process.
package struct Kernels: @unchecked Sendable {
  package let table: UnsafePointer<hilbert_kernels>
  /// Of the level's registers.
  package var registerBytes: Int { Int(table.pointee.register_bytes) }

  /// Sines and cosines of `count` angles, a multiple of 8, in 64-byte aligned memory; `sines` may be `angles`.
  package func sineCosine(
    _ angles: UnsafePointer<Double>, sines: UnsafeMutablePointer<Double>, cosines: UnsafeMutablePointer<Double>, count: Int
  ) {
    table.pointee.sine_cosine(angles, sines, cosines, Int64(count))
  }

  /// `result = i scale S x + previous` for a real symmetric d x d matrix, row by row.
  ///
  /// - Parameters:
  ///   - state: d real parts, then d imaginary ones; so are `previous` and `result`.
  ///   - previous: nil for nothing; may be `result`.
  package func symmetricStep<Scalar>(
    _ matrix: UnsafePointer<Scalar>, dimension: Int, _ state: UnsafePointer<Scalar>, scale: Double,
    previous: UnsafePointer<Scalar>?, into result: UnsafeMutablePointer<Scalar>
  ) {
    table.pointee.symmetric_step(matrix, Int64(dimension), state, scale, previous, result)
  }
}
