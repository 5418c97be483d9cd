#if canImport(Glibc)
  import Execution
  import Testing

  @Suite struct FreedMemoryTests {
    /// By default glibc asks the system for every piece of more than 128 KiB and gives it back; bit 1 in front of a piece says so.
    @Test func piecesOfAMebibyteStayWithTheProcess() {
      FreedMemory.keep()
      let piece = UnsafeMutableRawPointer.allocate(byteCount: 1 << 20, alignment: 16)
      defer { piece.deallocate() }
      #expect(piece.load(fromByteOffset: -8, as: UInt.self) & 2 == 0)
    }
  }
#endif
