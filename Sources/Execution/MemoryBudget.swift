#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How much memory a computation may take.
public struct MemoryBudget: Sendable, Hashable {
  /// Bytes that may be taken.
  public let bytes: UInt64

  public init(bytes: UInt64) { self.bytes = bytes }

  /// Nine tenths of what the operating system says is free now.
  ///
  /// Source: `MemAvailable` of /proc/meminfo on Linux; the physical memory elsewhere.
  public static var available: MemoryBudget {
    let free = memAvailable ?? UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES)))) * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
    return MemoryBudget(bytes: free / 10 * 9)
  }

  private static var memAvailable: UInt64? {
    // In kibibytes: `MemAvailable:   16316412 kB`.
    SystemFile.value(of: "MemAvailable", in: "/proc/meminfo").flatMap { UInt64($0.prefix { $0.isNumber }) }.map { $0 * 1024 }
  }
}
