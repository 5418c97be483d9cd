import CMachineLimits
import Hilbert

/// What this machine can do at best, measured: everything that is called a fraction of a limit is divided by these.
struct MachineLimits {
  let loop: ParallelLoop

  /// Floating-point operations a second of multiply-adds in registers, on every thread of the loop.
  func multiplyAddRate(_ precision: Precision, _ level: SIMDLevel, samples: Int = 9) -> Double {
    let rounds: Int64 = 20_000
    func work() -> Double {
      precision == .float
        ? limits_multiply_add_float(level.limitsLevel, rounds) : limits_multiply_add_double(level.limitsLevel, rounds)
    }
    let flops = work() * Double(loop.threads)
    return flops / Measurement(samples: samples, length: samples > 1 ? 0.01 : 0.001) { _ in loop.run(count: loop.threads) { _ in _ = work() } }.minimum
  }

  /// Bytes a second, read and written, of a pass over `bytes` of memory in place.
  func inPlaceRate(bytes: Int) -> Double {
    let numbers = AlignedBuffer<Double>(zeroed: bytes / MemoryLayout<Double>.stride)
    let part = numbers.count / loop.threads
    let base = numbers.base
    let seconds = Measurement { _ in
      loop.run(count: loop.threads) { limits_scale(base + $0 * part, Int64(part), 0.999) }
    }
    return 2 * Double(bytes) / seconds.minimum
  }
}

extension SIMDLevel {
  /// The compiler writes the loop of the baseline for NEON too.
  fileprivate var limitsLevel: limits_level {
    switch self {
    case .baseline, .neon: LIMITS_BASELINE
    case .avx2: LIMITS_AVX2
    case .avx512: LIMITS_AVX512
    }
  }
}
