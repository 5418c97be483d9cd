import Execution
import QuantumStates

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

// Counts as files hold them: bit 0 is the rightmost digit of an outcome.
extension BenchmarkData {
  /// Counts by circuit and outcome, `{"rb-1-0": {"00": 512, "01": 488}, ...}`, perhaps under a key `counts`.
  ///
  /// - Parameter plan: what was run, which says how many bits the outcomes of each circuit have; nil where any one number will do.
  /// - Throws: `BenchmarkError.entry` for outcomes that are no bit strings of one width and numbers that are no counts, and
  ///   `.unreadable` for a text that is no such object or names something twice.
  public init(json text: String, of plan: BenchmarkPlan? = nil) throws(BenchmarkError) {
    let data = Data(text.utf8)
    let table: [String: [String: Double]]
    var keys = 0
    do {
      if let nested = try? JSONDecoder().decode([String: [String: [String: Double]]].self, from: data),
        nested.keys.contains("counts")
      {
        table = nested["counts"]!
        keys = nested.count + nested.reduce(0) { $1.key == "counts" ? $0 : $0 + Self.keyCount($1.value) }
      } else {
        table = try JSONDecoder().decode([String: [String: Double]].self, from: data)
      }
    } catch {
      throw .unreadable(
        "The counts are no JSON of the form {\"CIRCUIT\": {\"BITS\": COUNT, ...}, ...}: \((error as? DecodingError)?.fault ?? "\(error)")."
      )
    }
    // A decoder keeps one of two entries of a name and says nothing: neither names nor numbers have a colon of their own.
    guard text.utf8.count(where: { $0 == UInt8(ascii: ":") }) == keys + Self.keyCount(table) else {
      let twice = table.keys.sorted().first { text.ranges(of: "\"\($0)\"").count > 1 }
      throw .unreadable(
        twice.map { "The circuit \($0) is listed twice; give it once." }
          ?? "A circuit has an outcome that is listed twice; give each once, with the sum of its counts.")
    }
    let widths = plan?.widths ?? [:]
    var counts: [String: OutcomeCounts] = [:]
    for (circuit, entries) in table.sorted(by: { $0.key < $1.key }) {
      var builder = CountsBuilder(circuit, width: widths[circuit])
      for (outcome, count) in entries.sorted(by: { $0.key < $1.key }) { try builder.add(outcome, count) }
      counts[circuit] = builder.counts
    }
    self.init(counts)
  }

  /// Names of circuits and outcomes.
  private static func keyCount(_ table: [String: [String: Double]]) -> Int { table.reduce(0) { $0 + 1 + $1.value.count } }

  /// Rows of a table.
  ///
  /// - Parameter plan: as above.
  /// - Throws: `BenchmarkError.entry` as above, also for an outcome that comes twice.
  public init(
    rows: some Sequence<(circuit: String, outcome: String, count: Double)>, of plan: BenchmarkPlan? = nil
  ) throws(BenchmarkError) {
    let widths = plan?.widths ?? [:]
    var builders: [String: CountsBuilder] = [:]
    for row in rows {
      try builders[row.circuit, default: CountsBuilder(row.circuit, width: widths[row.circuit])].add(row.outcome, row.count)
    }
    self.init(builders.mapValues(\.counts))
  }

  /// The counts as JSON, circuits and outcomes in alphabetical order.
  public var json: String {
    let circuits = counts.sorted { $0.key < $1.key }.map { name, counts in
      let entries = counts.occurrences.filter { $0.value > 0 }.sorted { $0.key < $1.key }
      let text = entries.map { "\"\(BitString($0.key, width: counts.width))\": \($0.value)" }.joined(separator: ", ")
      return "  \"\(name)\": {\(text)}"
    }
    return "{\n" + circuits.joined(separator: ",\n") + "\n}\n"
  }
}

/// The counts of one circuit on their way in.
private struct CountsBuilder {
  let circuit: String
  /// How many bits the circuit measures, where that is known.
  private let expected: Int?
  private var width: Int?
  private var occurrences: [Int: Int] = [:]

  init(_ circuit: String, width: Int?) { (self.circuit, expected) = (circuit, width) }

  mutating func add(_ outcome: String, _ count: Double) throws(BenchmarkError) {
    func refusal(_ reason: String) -> BenchmarkError { .entry(circuit: circuit, outcome: outcome, reason: reason) }
    guard !outcome.isEmpty, outcome.allSatisfy({ $0 == "0" || $0 == "1" }) else {
      throw refusal("it is no string of 0 and 1, bit 0 rightmost")
    }
    guard outcome.count <= 62 else { throw refusal("outcomes have at most 62 bits") }
    let found = "it has \(outcome.count) bit\(outcome.count == 1 ? "" : "s")"
    if let expected, expected != outcome.count {
      throw refusal("\(found), the circuit measures \(expected); give every measured bit, and no other")
    }
    guard width ?? outcome.count == outcome.count else { throw refusal("\(found), an earlier one \(width!)") }
    guard count >= 0, count == count.rounded(), count <= 0x1p53 else {
      throw refusal("\(count) is no whole number of at least 0")
    }
    width = outcome.count
    guard occurrences.updateValue(Int(count), forKey: Int(outcome, radix: 2)!) == nil else { throw refusal("it is listed twice") }
  }

  var counts: OutcomeCounts { OutcomeCounts(occurrences: occurrences, width: width ?? 0) }
}
