#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Memory aligned to a cache line; large pieces in pages of 2 MiB where the system has them.
///
/// A gate on a high qubit of a large state touches rows far apart: with pages of 4 KiB nearly every row misses the table of
/// addresses, and taking 256 MiB costs 65,536 page faults instead of 128.
public enum AlignedMemory {
  private static let hugePage = 2 << 20

  /// Takes `bytes` bytes, at least 64, with undefined contents; free them with `deallocate()`.
  public static func allocate(_ bytes: Int) -> UnsafeMutableRawPointer {
    let isLarge = bytes >= 2 * hugePage
    let memory = UnsafeMutableRawPointer.allocate(byteCount: max(64, bytes), alignment: isLarge ? hugePage : 64)
    #if os(Linux)
      // A wish: where it cannot be granted the memory has ordinary pages.
      if isLarge { _ = madvise(memory, bytes / hugePage * hugePage, MADV_HUGEPAGE) }
    #endif
    return memory
  }
}
