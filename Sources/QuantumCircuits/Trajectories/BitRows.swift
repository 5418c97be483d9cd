/// The classical bits of many shots, one row for each, packed into words.
struct BitRows: Sendable {
  let bitCount: Int
  private let stride: Int
  private var words: [UInt64]

  init(rows: Int, bitCount: Int) {
    self.bitCount = bitCount
    stride = max(1, (bitCount + 63) / 64)
    words = Array(repeating: 0, count: rows * stride)
  }

  subscript(row: Int, bit: Int) -> Bool {
    get { words[row * stride + bit >> 6] >> UInt64(bit & 63) & 1 == 1 }
    set {
      let mask = 1 << UInt64(bit & 63) as UInt64
      if newValue { words[row * stride + bit >> 6] |= mask } else { words[row * stride + bit >> 6] &= ~mask }
    }
  }

  /// The value of up to 62 bits, the first as the least significant.
  func value(_ row: Int, _ bits: some Collection<Int>) -> Int {
    var value = 0
    for (place, bit) in bits.enumerated() where self[row, bit] { value |= 1 << place }
    return value
  }

  /// Copies a row of other rows of as many bits.
  mutating func copy(_ row: Int, from other: BitRows, _ otherRow: Int) {
    for word in 0..<stride { words[row * stride + word] = other.words[otherRow * stride + word] }
  }

  /// All bits to 0.
  mutating func clear() {
    for word in words.indices { words[word] = 0 }
  }
}
