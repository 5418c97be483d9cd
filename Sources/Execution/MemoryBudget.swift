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

  /// Nine tenths of what is free now.
  public static var available: MemoryBudget { MemoryBudget(bytes: freeBytes / 10 * 9) }

  /// Bytes that this process can still take without swapping and within the limits of its control groups.
  ///
  /// Source: `MemAvailable` of /proc/meminfo and the control groups on Linux; the physical memory elsewhere.
  public static var freeBytes: UInt64 {
    // In kibibytes: `MemAvailable:   16316412 kB`.
    let available = SystemFile.number(of: "MemAvailable", in: "/proc/meminfo").map { $0 * 1024 }
    return min(available ?? physicalBytes, ControlGroup.freeMemory() ?? .max)
  }

  private static var physicalBytes: UInt64 {
    UInt64(max(0, sysconf(Int32(_SC_PHYS_PAGES)))) * UInt64(max(0, sysconf(Int32(_SC_PAGESIZE))))
  }
}
