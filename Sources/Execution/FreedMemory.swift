#if canImport(Glibc)
  import Glibc
#endif

/// What becomes of memory that this process has freed.
package enum FreedMemory {
  /// Keeps up to 1 GiB of freed memory for whoever asks next, pieces of up to 64 MiB among it.
  ///
  /// Training takes and frees the same tensors step after step. The C library gives them back to the system in between, which hands
  /// them out again page by page, every page zeroed: a seventh of a step of the creep-in networks. It is a setting of the whole
  /// process, for a program to make and not for a library. Without effect where the C library is not glibc.
  package static func keep() {
    #if canImport(Glibc)
      // Swift does not import <malloc.h>, whose M_TRIM_THRESHOLD is -1 and M_MMAP_THRESHOLD -3.
      guard let address = dlsym(nil, "mallopt") else { return }
      let mallopt = unsafeBitCast(address, to: (@convention(c) (CInt, CInt) -> CInt).self)
      _ = mallopt(-1, 1 << 30)
      // Older libraries refuse what is above half the size of a thread's heap.
      if mallopt(-3, 64 << 20) == 0 { _ = mallopt(-3, 32 << 20) }
    #endif
  }
}
