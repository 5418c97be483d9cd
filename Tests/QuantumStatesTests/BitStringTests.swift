import QuantumStates
import Testing

@Suite struct BitStringTests {
  @Test func printsBitZeroOnTheRight() {
    let bits = BitString(0b011, width: 4)
    #expect(bits.description == "0011")
    #expect((0..<4).map { bits[$0] } == [1, 1, 0, 0])
    #expect(BitString(0, width: 0).description == "")
  }

  @Test(arguments: ["", "0", "1", "0110", "1000000000"])
  func readsWhatItPrints(text: String) throws {
    #expect(try #require(BitString(text)).description == text)
  }

  @Test(arguments: ["2", "0 1", "+1", "0x1", String(repeating: "0", count: 63), "０"])
  func refusesOtherText(text: String) { #expect(BitString(text) == nil) }

  @Test func ordersByWidthThenValue() {
    #expect((["10", "1", "01", "00", "0"] as [BitString]).sorted() == ["0", "1", "00", "01", "10"])
  }
}

@Suite struct OutcomeCountsTests {
  @Test func countsAndRanks() {
    let counts = OutcomeCounts([3, 0, 3, 1, 3, 0], width: 2)
    #expect(counts.shots == 6)
    #expect((counts["11"], counts["00"], counts["01"], counts["10"]) == (3, 2, 1, 0))
    #expect(counts.ranked.map(\.outcome) == ["11", "00", "01"])
    #expect(counts.ranked.map(\.count) == [3, 2, 1])
  }

  @Test func parityIsTheMeanOfTheProductOfZ() {
    let counts = OutcomeCounts(occurrences: [0b00: 50, 0b01: 30, 0b10: 15, 0b11: 5], width: 2)
    let (first, both) = (counts.parity(mask: 0b01), counts.parity(mask: 0b11))
    #expect(abs(first.mean - 0.3) < 1e-15)
    #expect(abs(both.mean - 0.1) < 1e-15)
    #expect(abs(first.standardError - (0.91 / 99).squareRoot()) < 1e-15)
    #expect(OutcomeCounts([1], width: 1).parity(mask: 1) == (-1, .infinity))
  }
}
