import Hilbert
import Testing

/// Counts from tables, as spreadsheets and other programs write them.
@Suite struct CountsTableTests {
  private static let expected = [
    "a": OutcomeCounts(occurrences: [0: 3, 3: 4], width: 2), "b": OutcomeCounts(occurrences: [1: 2], width: 1),
  ]

  @Test(arguments: [
    "circuit,outcome,count\r\na,00,3\n a , 11 , 4\nb,1,2\n\n", "a,00,3\na,11,4\nb,1,2\n",
    "\u{FEFF}circuit,outcome,count\r\na,00,3\r\na,11,4\r\nb,1,2\r\n",
    "\"circuit\",\"outcome\",\"count\"\n\"a\",\"00\",\"3\"\n\"a\",\"11\",\"4\"\n\"b\",\"1\",\"2\"\n",
    "circuit;outcome;count\na;00;3\na;11;4\nb;1;2\n", "circuit\toutcome\tcount\na\t00\t3\na\t11\t4\nb\t1\t2\n",
  ])
  func everyDialectIsRead(_ text: String) throws {
    #expect(try BenchmarkData(csv: text).counts == Self.expected)
  }

  @Test func mistakesHaveTheirLine() {
    #expect(throws: BenchmarkError.unreadable("Line 2 of the counts is 'a,1'; write circuit,outcome,count.")) {
      try BenchmarkData(csv: "a,0,1\na,1\n")
    }
    #expect(throws: BenchmarkError.entry(circuit: "a", outcome: "0", reason: "it is listed twice")) {
      try BenchmarkData(csv: "a,0,1\na,0,2\n")
    }
  }
}
