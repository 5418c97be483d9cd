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
    guard let file = fopen("/proc/meminfo", "r") else { return nil }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, 256, file) != nil {
      let text = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
      guard text.hasPrefix("MemAvailable:") else { continue }
      return text.split(separator: " ").dropFirst().first.flatMap { UInt64($0) }.map { $0 * 1024 }
    }
    return nil
  }
}
