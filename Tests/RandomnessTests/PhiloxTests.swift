import Randomness
import Testing

/// The known answers that ship with the Random123 library (`kat_vectors`, philox4x32 with 10 rounds).
@Suite struct PhiloxTests {
  struct KnownAnswer: Sendable {
    let counter: SIMD4<UInt32>, key: SIMD2<UInt32>, result: SIMD4<UInt32>
  }

  static let knownAnswers = [
    KnownAnswer(counter: .zero, key: .zero, result: SIMD4(0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8)),
    KnownAnswer(
      counter: SIMD4(repeating: .max), key: SIMD2(repeating: .max),
      result: SIMD4(0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd)),
    KnownAnswer(
      counter: SIMD4(0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344), key: SIMD2(0xa409_3822, 0x299f_31d0),
      result: SIMD4(0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1)),
  ]

  @Test(arguments: knownAnswers)
  func publishedVectors(_ known: KnownAnswer) {
    #expect(Philox4x32.block(counter: known.counter, key: known.key) == known.result)
  }
}
