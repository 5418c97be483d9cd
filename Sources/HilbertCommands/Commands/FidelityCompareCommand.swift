import ArgumentParser
import FidelityBenchmarks
import Reports

/// `hilbert benchmark fidelity compare`: whether two results differ by more than chance.
struct FidelityCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two results of one protocol: is the difference more than chance?",
    discussion: """
      Estimates of the same name are compared by their 95 % intervals, as independent and normal. p is the probability of a difference \
      as large by chance; significant are those that Holm's method keeps at 5 % over all estimates of a protocol together.
      """)

  @Argument(help: "The folder of a run, or of a suite.")
  var first: String

  @Argument(help: "The folder of another run of the same protocol, or of another suite.")
  var second: String

  @OptionGroup(visibility: .hidden) var numbers: NumberOptions
  @OptionGroup var shared: SharedOptions

  func validate() throws {
    guard numbers.seed == nil, numbers.precision == nil else {
      throw ValidationError("a comparison draws nothing; leave --seed and --precision out")
    }
  }

  func run() throws {
    let stopwatch = Stopwatch()
    let sides = try [first, second].map { try FidelityFolder.all(at: $0) }
    let pairs = try pairs(sides[0], sides[1])
    for pair in pairs { note(pair.first.plan, pair.second.plan) }
    let parts = try pairs.map { pair in
      FidelityComparison.Part(
        benchmark: pair.first.plan.benchmark.name,
        differences: BenchmarkDifference.all(
          between: try pair.first.plan.analyze(pair.first.storedCounts()),
          and: try pair.second.plan.analyze(pair.second.storedCounts())))
    }
    try FidelityComparison(parts, first: first, second: second).write(
      as: shared.format, shared.conditions(stopwatch: stopwatch))
  }

  /// Runs of one protocol; those of two suites by their names.
  private func pairs(
    _ left: [(name: String, folder: FidelityFolder)], _ right: [(name: String, folder: FidelityFolder)]
  ) throws(Failure) -> [(first: FidelityFolder, second: FidelityFolder)] {
    guard left.count > 1 || right.count > 1 else {
      let (one, other) = (left[0].folder, right[0].folder)
      guard one.plan.benchmark.name == other.plan.benchmark.name else {
        throw Failure(
          .badInput,
          "\(first) is a run of \(one.plan.benchmark.name) and \(second) one of \(other.plan.benchmark.name); compare runs of one protocol"
        )
      }
      return [(one, other)]
    }
    let found = left.compactMap { part in right.first { $0.name == part.name }.map { (part.folder, $0.folder) } }
    guard !found.isEmpty else {
      throw Failure(
        .badInput, "\(first) and \(second) hold no run of the same name; compare two suites of as many qubits, or two runs")
    }
    if found.count < max(left.count, right.count) { shared.note("compared are the \(found.count) runs that both folders hold") }
    return found
  }

  /// What a difference may be due to, beside the device.
  private func note(_ one: BenchmarkPlan, _ other: BenchmarkPlan) {
    if one.settings != other.settings {
      shared.note("\(one.benchmark.name): the settings differ, and numbers of other circuits may differ for that alone")
    } else if one.seed == other.seed {
      shared.note("\(one.benchmark.name): both have the seed \(one.seed), that is the same circuits")
    }
  }
}

/// Two results, or those of two suites, side by side.
private struct FidelityComparison: CommandResult {
  var command: String { "benchmark-fidelity-compare" }

  struct Part: Encodable {
    let benchmark: String
    let differences: [BenchmarkDifference]

    private enum CodingKeys: String, CodingKey {
      case benchmark = "protocol"
      case differences
    }
  }

  /// Of a single comparison; nil where there are several.
  let benchmark: String?
  let first: String
  let second: String
  let differences: [BenchmarkDifference]?
  /// Of two suites.
  let comparisons: [Part]?

  private enum CodingKeys: String, CodingKey {
    case benchmark = "protocol"
    case first, second, differences, comparisons
  }

  init(_ parts: [Part], first: String, second: String) {
    (self.first, self.second) = (first, second)
    let isSingle = parts.count == 1
    benchmark = isSingle ? parts[0].benchmark : nil
    differences = isSingle ? parts[0].differences : nil
    comparisons = isSingle ? nil : parts
  }

  var text: String {
    (comparisons ?? [Part(benchmark: benchmark ?? "", differences: differences ?? [])]).map(text(of:)).joined(separator: "\n")
  }

  private func text(of part: Part) -> String {
    let table = Table(
      columns: ["estimate", first, second, "difference", "95 % interval", "p", "significant"],
      rows: part.differences.map { row in
        let digits = row.first.shownDigits
        return [
          row.name, row.first.value.fixed(digits), row.second.value.fixed(digits), row.difference.fixed(digits),
          "\(row.low.fixed(digits)) to \(row.high.fixed(digits))", row.p < 0.0001 ? "< 0.0001" : row.p.fixed(4),
          row.isSignificant ? "yes" : "no",
        ]
      })
    return "\(part.benchmark)\n\n\(table.text)\n"
  }
}
