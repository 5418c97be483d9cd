import Execution
import Testing

struct AlignedMemoryTests {
  @Test(arguments: [0, 1, 64, 4096, 4 << 20, 5 << 20 + 3])
  func memoryIsAlignedAndWritable(_ bytes: Int) {
    let memory = AlignedMemory.allocate(bytes)
    defer { memory.deallocate() }
    #expect(UInt(bitPattern: memory) % (bytes >= 4 << 20 ? 2 << 20 : 64) == 0)
    memory.initializeMemory(as: UInt8.self, repeating: 7, count: bytes)
    #expect(bytes == 0 || memory.load(fromByteOffset: bytes - 1, as: UInt8.self) == 7)
  }
}
