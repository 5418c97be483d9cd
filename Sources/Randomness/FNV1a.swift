/// A 64-bit hash that is the same in every process and on every machine, unlike the standard library's: it names random streams,
/// and stands in files.
///
/// From 0xCBF29CE484222325 on, every byte does `value <- (value ^ byte) 0x100000001B3` modulo 2^64.
///
/// Source: Eastlake, Fowler, Hansen, Noll, Vo, "The FNV non-cryptographic hash algorithm", Internet-Draft draft-eastlake-fnv.
package struct FNV1a: Hashable, Sendable {
  /// The hash of what was taken in.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  /// The hash of nothing.
  package init() {}

  /// The hash of a text.
  package init(_ text: String) { combine(text) }

  /// Takes in the bytes of a text in UTF-8.
  package mutating func combine(_ text: String) {
    for byte in text.utf8 { combine(UInt64(byte)) }
  }

  /// Takes in bytes.
  package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
    for byte in bytes { combine(UInt64(byte)) }
  }

  /// Takes in eight bytes at once, little-endian, and what is left byte by byte: another hash, eight times as fast.
  ///
  /// - Parameter fold: after every word `value <- value ^ value >> fold`. Multiplication alone carries no bit to a lower place, and
  ///   two numbers with other signs would leave the hash as it was.
  package mutating func combine(wordsOf bytes: UnsafeRawBufferPointer, fold: Int) {
    let end = bytes.count & ~7
    for start in stride(from: 0, to: end, by: 8) {
      combine(UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)))
      value ^= value >> UInt64(fold)
    }
    for byte in bytes[end...] { combine(UInt64(byte)) }
  }

  @inline(__always)
  private mutating func combine(_ word: UInt64) { value = (value ^ word) &* 0x0000_0100_0000_01B3 }
}
