import Randomness
import Testing

/// The hash against values that were published with it, and its form by words against a sum written out.
@Suite struct FNV1aTests {
  /// The test values of draft-eastlake-fnv, FNV-1a of 64 bits.
  @Test(
    arguments: [("", 0xCBF2_9CE4_8422_2325), ("a", 0xAF63_DC4C_8601_EC8C), ("foobar", 0x8594_4171_F739_67E8)] as [(String, UInt64)])
  func publishedValues(text: String, value: UInt64) {
    #expect(FNV1a(text).value == value)
    var bytes = FNV1a()
    Array(text.utf8).withUnsafeBytes { bytes.combine($0) }
    #expect(bytes.value == value)
  }

  @Test func piecesAreTheWhole() {
    var hash = FNV1a("foo")
    hash.combine("bar")
    #expect(hash == FNV1a("foobar"))
  }

  @Test(arguments: [29, 32]) func words(fold: Int) {
    let bytes: [UInt8] = Array("Sixteen letters, and five".utf8)
    #expect(bytes.count == 25)
    var expected: UInt64 = 14_695_981_039_346_656_037
    for word in 0..<3 {
      let number = (0..<8).reduce(0 as UInt64) { $0 | UInt64(bytes[8 * word + $1]) << (8 * UInt64($1)) }
      expected = (expected ^ number) &* 1_099_511_628_211
      expected = expected ^ (expected / (1 << UInt64(fold)))
    }
    expected = (expected ^ UInt64(bytes[24])) &* 1_099_511_628_211
    var hash = FNV1a()
    // Not aligned to words.
    ([0] + bytes).withUnsafeBytes { hash.combine(wordsOf: UnsafeRawBufferPointer(rebasing: $0[1...]), fold: fold) }
    #expect(hash.value == expected)
  }

  /// Signs are the highest bits of numbers: multiplied by an odd number they stay there, and two of them cancel.
  @Test func twoSignsAreSeen() {
    func hash(_ numbers: [Double]) -> UInt64 {
      var hash = FNV1a()
      numbers.withUnsafeBytes { hash.combine(wordsOf: $0, fold: 29) }
      return hash.value
    }
    #expect(hash([1, 2]) != hash([-1, -2]))
  }
}
