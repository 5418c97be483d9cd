import QuantumStates

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What this computer offers a run.
enum Machine {
  /// Bytes of memory in all.
  static var memory: Int { Int(ProcessInfo.processInfo.physicalMemory) }

  /// The most memory that this process has held so far, in MiB.
  static var peakMegabytes: Int {
    var usage = rusage()
    #if canImport(Darwin)
      getrusage(RUSAGE_SELF, &usage)
      return usage.ru_maxrss >> 20
    #else
      getrusage(Int32(RUSAGE_SELF.rawValue), &usage)
      return usage.ru_maxrss >> 10
    #endif
  }

  /// Refuses a `HILBERT_SIMD` that this processor cannot run, before any kernel is chosen by it.
  static func requireKnownSIMDLevel() throws(Failure) {
    guard let wish = ProcessInfo.processInfo.environment["HILBERT_SIMD"], !wish.isEmpty else { return }
    let supported = SIMDLevel.supported.map(\.rawValue)
    guard !supported.contains(wish) else { return }
    throw Failure(
      .usage,
      "HILBERT_SIMD is '\(wish)', and this processor runs \(supported.joined(separator: ", ")); unset it or name one of these")
  }

  static var system: String { ProcessInfo.processInfo.operatingSystemVersionString }

  static var architecture: String {
    #if arch(x86_64)
      "x86_64"
    #elseif arch(arm64)
      "arm64"
    #else
      "other"
    #endif
  }
}
