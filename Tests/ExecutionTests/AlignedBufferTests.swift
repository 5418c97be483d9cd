import Execution
import Testing

struct AlignedBufferTests {
  @Test(arguments: [0, 1, 7, 64, 1000])
  func memoryIsZeroAndAligned(_ count: Int) {
    let buffer = AlignedBuffer<Double>(zeroed: count)
    #expect(buffer.count == count)
    #expect(UInt(bitPattern: buffer.base) % 64 == 0)
    #expect((0..<count).allSatisfy { buffer.base[$0] == 0 })
  }

  @Test func copiesAreIndependent() {
    let first = AlignedBuffer<Int32>(zeroed: 5)
    first.base[4] = 7
    let second = first.copy()
    first.base[4] = 8
    #expect(second.base[4] == 7)
    #expect(UInt(bitPattern: second.base) % 64 == 0)
  }
}
