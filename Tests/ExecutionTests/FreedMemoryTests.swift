#if canImport(Glibc)
  import Execution
  import Glibc
  import Testing

  @Suite struct FreedMemoryTests {
    /// By default glibc keeps no more than twice the largest piece: three come back as fresh pages each time, 3,072 a piece.
    @Test func freedPiecesComeBackWithoutPageFaults() {
      FreedMemory.keep()
      let bytes = 12 << 20
      // RUSAGE_THREAD, which Swift does not import.
      let thread: CInt = 1
      func faultsOfARound() -> Int {
        var before = rusage()
        var after = rusage()
        getrusage(thread, &before)
        let pieces = (0..<3).map { _ in UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 16) }
        for piece in pieces {
          for place in stride(from: 0, to: bytes, by: 4096) { piece.storeBytes(of: 1, toByteOffset: place, as: UInt8.self) }
        }
        for piece in pieces { piece.deallocate() }
        getrusage(thread, &after)
        return after.ru_minflt - before.ru_minflt
      }
      _ = faultsOfARound()
      #expect((0..<3).map { _ in faultsOfARound() }.min()! < 1000)
    }
  }
#endif
