import ArgumentParser
import FidelityBenchmarks
import Reports

/// `hilbert benchmark fidelity compare`: whether two results differ by more than chance.
struct FidelityCompareCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Compare two results of one protocol: is the difference more than chance?",
    discussion: """
      Estimates of the same name are compared by their 95 % intervals, as independent and normal. p is the probability of a difference \
      as large by chance; significant are those that Holm's method keeps at 5 % over all estimates together.
      """)

  @Argument(help: "The folder of a run.")
  var first: String

  @Argument(help: "The folder of another run of the same protocol.")
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
    let reports = try [first, second].map { path in
      let run = try FidelityFolder(opening: path)
      return (run.plan.benchmark.name, try run.plan.analyze(run.storedCounts()))
    }
    guard reports[0].0 == reports[1].0 else {
      throw Failure(
        .badInput, "\(first) is a run of \(reports[0].0) and \(second) one of \(reports[1].0); compare runs of one protocol")
    }
    let result = FidelityComparison(
      benchmark: reports[0].0, first: first, second: second,
      differences: BenchmarkDifference.all(between: reports[0].1, and: reports[1].1))
    try result.write(as: shared.format, shared.conditions(stopwatch: stopwatch))
  }
}

/// Two results side by side.
private struct FidelityComparison: CommandResult {
  var command: String { "benchmark-fidelity-compare" }

  let benchmark: String
  let first: String
  let second: String
  let differences: [BenchmarkDifference]

  private enum CodingKeys: String, CodingKey {
    case benchmark = "protocol"
    case first, second, differences
  }

  var text: String {
    let table = Table(
      columns: ["estimate", first, second, "difference", "95 % interval", "p", "significant"],
      rows: differences.map { row in
        let digits = row.first.shownDigits
        return [
          row.name, row.first.value.fixed(digits), row.second.value.fixed(digits), row.difference.fixed(digits),
          "\(row.low.fixed(digits)) to \(row.high.fixed(digits))", row.p.fixed(4), row.isSignificant ? "yes" : "no",
        ]
      })
    return "\(benchmark)\n\n\(table.text)\n"
  }
}
