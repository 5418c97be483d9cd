import FidelityBenchmarks
import Reports

/// What the protocols of a suite found, side by side.
struct FidelitySuite: CommandResult {
  var command: String { "benchmark-fidelity-suite" }

  let noise: String?
  let results: [FidelityResult]
  let runFolder: String

  /// Writes results and a page of all protocols.
  init(_ results: [FidelityResult], in folder: RunFolder, gnuplot: Gnuplot?) throws {
    (self.results, noise, runFolder) = (results, results.first?.noise, folder.path)
    try folder.write(json: self, to: "results.json")
    var page = HTMLReport(
      title: "suite",
      summary: "\(results.count) protocols\(noise.map { ", simulated with the noise model \($0)" } ?? "").")
    page.headlines = results.prefix(6).compactMap { result in
      result.estimates.first.map {
        .init($0.name, $0.shownValue, note: "\(result.benchmark), \($0.quality.rawValue)")
      }
    }
    if let gnuplot, let chart = overview {
      try folder.makeFolder("figures")
      let caption = "Infidelities of what each protocol measures, on that many qubits; bars are one standard error."
      let kept = "all protocols are in \(folder.path)\nwith all figures: hilbert benchmark fidelity analyze \(folder.path)"
      let svg = try Interruption.whileListening { try folder.draw(chart, named: "errors", with: gnuplot, kept: kept) }
      page.add("Errors", .figure(svg: svg, caption: caption))
    }
    for result in results { page.add(result.benchmark, [.table(result.table), .code(result.runFolder)]) }
    page.add("How to compare with another", .code("hilbert benchmark fidelity compare \(folder.path) OTHER"))
    try folder.write(page.html, to: RunFolder.report)
  }

  /// The errors that the protocols found, side by side; those that say yes or no, and algorithms, have figures of their own.
  private var overview: BarChart? {
    let bars = results.compactMap { result -> (name: String, value: Double, error: Double)? in
      let name = String(result.runFolder.split(separator: "/").last ?? "").drop { $0.isNumber || $0 == "-" }
      if let error = result.estimates.first(where: { $0.name.hasPrefix("error per") }) {
        return (String(name), error.value, error.standardError ?? 0)
      }
      guard let fidelity = result.estimates.first, fidelity.name.hasSuffix("fidelity") else { return nil }
      return (String(name), 1 - fidelity.value, fidelity.standardError ?? 0)
    }
    guard !bars.isEmpty else { return nil }
    return BarChart(
      title: "Errors by protocol\(noise.map { ", \($0)" } ?? "")", yLabel: "infidelity", groups: bars.map(\.name),
      series: [.init("infidelity", bars.map(\.value), error: bars.map(\.error))], digits: 4,
      size: FigureSize(width: 900, height: 420))
  }

  var text: String {
    results.map { result in
      "\(result.benchmark), \(result.circuits) circuits, \(result.shots) shots each: \(result.runFolder)\n\(result.table.text)\n\n"
    }.joined() + "report: \(runFolder)/\(RunFolder.report)\n"
  }
}
