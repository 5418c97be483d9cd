import FidelityBenchmarks
import Reports

/// What the protocols of a suite found, side by side.
struct FidelitySuite: CommandResult {
  var command: String { "benchmark-fidelity-suite" }

  let noise: String?
  let results: [FidelityResult]
  let runFolder: String

  /// Writes results and a page of all protocols.
  init(_ results: [FidelityResult], in folder: RunFolder) throws {
    (self.results, noise, runFolder) = (results, results.first?.noise, folder.path)
    try folder.write(json: self, to: "results.json")
    var page = HTMLReport(
      title: "suite",
      summary: "\(results.count) protocols\(noise.map { ", simulated with the noise model \($0)" } ?? "").")
    page.headlines = results.prefix(6).compactMap { result in
      result.estimates.first.map {
        .init($0.name, $0.value.fixed($0.shownDigits), note: "\(result.benchmark), \($0.quality.rawValue)")
      }
    }
    for result in results { page.add(result.benchmark, [.table(result.table), .code(result.runFolder)]) }
    page.add("How to compare with another", .code("hilbert benchmark fidelity compare \(folder.path) OTHER"))
    try folder.write(page.html, to: RunFolder.report)
  }

  var text: String {
    results.map { result in
      "\(result.benchmark), \(result.circuits) circuits, \(result.shots) shots each: \(result.runFolder)\n\(result.table.text)\n\n"
    }.joined() + "report: \(runFolder)/\(RunFolder.report)\n"
  }
}
