/// Zeroed memory aligned to a cache line, freed when the owner goes out of scope.
///
/// `~Copyable` so that a buffer has one owner and no reference counting; `copy()` is explicit. Sendable unchecked: whoever writes
/// through `base` from several threads gives each its own part.
public struct AlignedBuffer<Element: BitwiseCopyable>: ~Copyable, @unchecked Sendable {
  /// The first element; 64-byte aligned.
  public let base: UnsafeMutablePointer<Element>
  /// How many elements.
  public let count: Int

  /// Takes memory for `count` elements, every byte zero.
  ///
  /// - Complexity: O(count).
  public init(zeroed count: Int) {
    precondition(count >= 0, "AlignedBuffer: count is \(count), must not be negative")
    let bytes = max(1, count) * MemoryLayout<Element>.stride
    let raw = AlignedMemory.allocate(bytes)
    raw.initializeMemory(as: UInt8.self, repeating: 0, count: bytes)
    base = raw.bindMemory(to: Element.self, capacity: max(1, count))
    self.count = count
  }

  deinit { UnsafeMutableRawPointer(base).deallocate() }

  /// A second buffer with the same contents.
  public borrowing func copy() -> AlignedBuffer {
    let result = AlignedBuffer(zeroed: count)
    result.base.update(from: base, count: count)
    return result
  }
}
