/// Bits in rows of 64-bit words, one row for each qubit or measurement; operations take whole rows.
///
/// `~Copyable`, so that rows are changed in place.
struct BitPlanes: ~Copyable {
  let rowCount: Int
  /// Words of a row.
  let width: Int
  let base: UnsafeMutablePointer<UInt64>

  /// Rows of zeros.
  init(rows: Int, width: Int) {
    rowCount = rows
    self.width = width
    base = .allocate(capacity: max(1, rows * width))
    base.initialize(repeating: 0, count: max(1, rows * width))
  }

  deinit { base.deallocate() }

  borrowing func copy() -> BitPlanes {
    let result = BitPlanes(rows: rowCount, width: width)
    result.base.update(from: base, count: rowCount * width)
    return result
  }

  /// The words of a row.
  @inline(__always)
  subscript(row: Int) -> UnsafeMutablePointer<UInt64> { base + row * width }

  /// One bit.
  subscript(row: Int, bit: Int) -> Bool {
    get { base[row * width + bit >> 6].has(bit & 63) }
    nonmutating set {
      let mask = UInt64.bit(bit & 63)
      if newValue { base[row * width + bit >> 6] |= mask } else { base[row * width + bit >> 6] &= ~mask }
    }
  }

  /// All bits to 0.
  func clear() { base.update(repeating: 0, count: rowCount * width) }
}

/// Loops over the words of rows.
enum Words {
  /// `target ^= source`.
  @inline(__always)
  static func xor(_ target: UnsafeMutablePointer<UInt64>, _ source: UnsafePointer<UInt64>, _ count: Int) {
    for word in 0..<count { target[word] ^= source[word] }
  }

  /// The parity of all bits.
  static func parity(_ words: UnsafePointer<UInt64>, _ count: Int) -> Bool {
    var sum: UInt64 = 0
    for word in 0..<count { sum ^= words[word] }
    return sum.nonzeroBitCount & 1 == 1
  }

  /// The parity of pairs a < b with bit a of `left` and bit b of `right`.
  static func orderedPairs(_ left: UnsafePointer<UInt64>, _ right: UnsafePointer<UInt64>, mask: UnsafePointer<UInt64>, _ count: Int)
    -> Bool
  {
    var (sum, carry): (UInt64, UInt64) = (0, 0)
    for word in 0..<count {
      let bits = left[word] & mask[word]
      // The parity of the bits below each bit, itself left out.
      var below = bits << 1
      below ^= below << 1
      below ^= below << 2
      below ^= below << 4
      below ^= below << 8
      below ^= below << 16
      below ^= below << 32
      sum ^= (below ^ carry) & right[word] & mask[word]
      if bits.nonzeroBitCount & 1 == 1 { carry = ~carry }
    }
    return sum.nonzeroBitCount & 1 == 1
  }

  /// Turns 64 words of 64 bits about their diagonal: bit b of word a becomes bit a of word b.
  ///
  /// Source: Warren, "Hacker's Delight", 2nd edition, section 7-3.
  static func transpose(_ words: UnsafeMutablePointer<UInt64>) {
    var (width, mask): (Int, UInt64) = (32, 0x0000_0000_ffff_ffff)
    while width > 0 {
      var row = 0
      while row < 64 {
        let swapped = (words[row] >> UInt64(width) ^ words[row + width]) & mask
        words[row] ^= swapped << UInt64(width)
        words[row + width] ^= swapped
        row = (row + width + 1) & ~width
      }
      width >>= 1
      mask ^= mask << UInt64(width)
    }
  }
}
