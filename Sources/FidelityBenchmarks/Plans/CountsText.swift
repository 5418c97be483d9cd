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
  /// - Throws: `BenchmarkError.entry` for outcomes that are no bit strings of one width and numbers that are no counts, and
  ///   `.unreadable` for a text that is no such object.
  public init(json text: String) throws(BenchmarkError) {
    let data = Data(text.utf8)
    let table: [String: [String: Double]]
    do {
      if let nested = try? JSONDecoder().decode([String: [String: [String: Double]]].self, from: data),
        nested.keys.contains("counts")
      {
        table = nested["counts"]!
      } else {
        table = try JSONDecoder().decode([String: [String: Double]].self, from: data)
      }
    } catch {
      throw .unreadable(
        "The counts are no JSON of the form {\"CIRCUIT\": {\"BITS\": COUNT, ...}, ...}: \(Self.place(of: error)).")
    }
    var counts: [String: OutcomeCounts] = [:]
    for (circuit, entries) in table {
      var builder = CountsBuilder(circuit)
      for (outcome, count) in entries.sorted(by: { $0.key < $1.key }) { try builder.add(outcome, count) }
      counts[circuit] = builder.counts
    }
    self.init(counts)
  }

  /// Rows of a table.
  ///
  /// - Throws: `BenchmarkError.entry` as above, also for an outcome that comes twice.
  public init(rows: some Sequence<(circuit: String, outcome: String, count: Double)>) throws(BenchmarkError) {
    var builders: [String: CountsBuilder] = [:]
    for row in rows { try builders[row.circuit, default: CountsBuilder(row.circuit)].add(row.outcome, row.count) }
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

  /// The keys that lead to what a decoder did not understand.
  private static func place(of error: any Error) -> String {
    guard let error = error as? DecodingError else { return "\(error)" }
    switch error {
    case .typeMismatch(_, let context), .valueNotFound(_, let context), .keyNotFound(_, let context), .dataCorrupted(let context):
      let path = context.codingPath.map(\.stringValue).joined(separator: ", ")
      return path.isEmpty ? "the text is not well formed" : "at \(path)"
    @unknown default: return "\(error)"
    }
  }
}

/// The counts of one circuit on their way in.
private struct CountsBuilder {
  let circuit: String
  private var width: Int?
  private var occurrences: [Int: Int] = [:]

  init(_ circuit: String) { self.circuit = circuit }

  mutating func add(_ outcome: String, _ count: Double) throws(BenchmarkError) {
    func refusal(_ reason: String) -> BenchmarkError { .entry(circuit: circuit, outcome: outcome, reason: reason) }
    guard !outcome.isEmpty, outcome.allSatisfy({ $0 == "0" || $0 == "1" }) else {
      throw refusal("it is no string of 0 and 1, bit 0 rightmost")
    }
    guard outcome.count <= 62 else { throw refusal("outcomes have at most 62 bits") }
    guard width ?? outcome.count == outcome.count else { throw refusal("it has \(outcome.count) bits, an earlier one \(width!)") }
    guard count >= 0, count == count.rounded(), count <= 0x1p53 else {
      throw refusal("\(count) is no whole number of at least 0")
    }
    width = outcome.count
    guard occurrences.updateValue(Int(count), forKey: Int(outcome, radix: 2)!) == nil else { throw refusal("it is listed twice") }
  }

  var counts: OutcomeCounts { OutcomeCounts(occurrences: occurrences, width: width ?? 0) }
}
