import FidelityBenchmarks
import Reports

/// What a fidelity benchmark found.
struct FidelityResult: CommandResult {
  var command: String { "benchmark-fidelity" }

  let benchmark: String
  let circuits: Int
  let shots: Int
  let noise: String?
  let estimates: [BenchmarkEstimate]
  let curves: [BenchmarkCurve]
  let volumes: [BenchmarkVolume]
  let runFolder: String

  private enum CodingKeys: String, CodingKey {
    case benchmark = "protocol"
    case circuits, shots, noise, estimates, curves, volumes, runFolder
  }

  var text: String {
    """
    \(benchmark): \(circuits) circuits, \(shots) shots each\(noise.map { ", noise \($0)" } ?? "")

    \(table.text)

    figures and report: \(runFolder)/\(RunFolder.report)

    """
  }

  var table: Table {
    Table(
      columns: ["estimate", "value", "95 % interval", "quality", "because"],
      rows: estimates.map { estimate in
        [estimate.name, estimate.shownValue, estimate.shownInterval, estimate.quality.rawValue, estimate.reason]
      })
  }
}

extension BenchmarkEstimate {
  var shownValue: String {
    guard value.isFinite else { return "-" }
    let text = value.fixed(shownDigits)
    // Without an interval no digit is known to be uncertain.
    guard !low.isFinite, text.contains(".") else { return text }
    return String(text.reversed().drop { $0 == "0" }.drop { $0 == "." }.reversed())
  }

  var shownInterval: String {
    guard low.isFinite else { return "none" }
    return high.isFinite ? "\(low.fixed(shownDigits)) to \(high.fixed(shownDigits))" : "above \(low.fixed(shownDigits))"
  }

  /// So many digits after the point that two of them are uncertain.
  var shownDigits: Int {
    let width = high - low
    guard width > 0, width.isFinite else { return value.isFinite && value != value.rounded() ? 6 : 0 }
    var (digits, scale) = (1, width)
    while scale < 1, digits < 12 { (digits, scale) = (digits + 1, 10 * scale) }
    return digits
  }
}
