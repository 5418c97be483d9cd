import Execution
import FidelityBenchmarks
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The folder of a fidelity benchmark: the plan, its counts, and what they say.
///
/// ```
/// runs/rb-001/
///   manifest.json   the plan: protocol, settings, seed, names of the circuits
///   circuits/       each circuit as OpenQASM 3, where they were exported
///   noise.yaml      the noise model, where there was one
///   counts.json     how often each outcome of each circuit occurred
///   results.json    estimates, and the points and curves behind them
///   figures/, report.html
/// ```
struct FidelityFolder {
  let folder: RunFolder
  let plan: BenchmarkPlan

  static let counts = "counts.json"
  static let noise = "noise.yaml"

  /// A new folder that holds the plan.
  init(_ plan: BenchmarkPlan, at path: String?, folders: [String] = ["figures"]) throws {
    let name = plan.benchmark.name
    folder = try path.map { try RunFolder(creatingAt: $0, folders: folders) } ?? RunFolder(creating: name, folders: folders)
    self.plan = plan
    try folder.write(json: plan, to: RunFolder.manifest)
  }

  /// The folder of an earlier run or export.
  init(opening path: String) throws {
    folder = try RunFolder(opening: path)
    try FolderKind.fidelity.check(folder, schema: BenchmarkPlan.schema)
    let text = try folder.text(of: RunFolder.manifest)
    do { plan = try BenchmarkPlan(json: text) } catch { throw Failure(.badInput, "\(path)/\(RunFolder.manifest): \(error)") }
  }

  /// The folder at a path, or all those of a suite's, by name.
  ///
  /// - Throws: as opening a folder does, where there is neither.
  static func all(at path: String) throws -> [(name: String, folder: FidelityFolder)] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
    let parts = names.filter { WholeFile.exists("\(path)/\($0)/\(RunFolder.manifest)") }
    if names.contains(RunFolder.manifest) || parts.isEmpty { return [("", try FidelityFolder(opening: path))] }
    return try parts.map { ($0, try FidelityFolder(opening: "\(path)/\($0)")) }
  }

  /// Takes the folder away where a run was broken off before it had counts.
  func removeUnlessCounted() { folder.removeUnlessWritten(beyond: [RunFolder.manifest, Self.noise]) }

  /// The counts that the folder holds.
  ///
  /// - Throws: `Failure` where it holds none yet.
  func storedCounts() throws -> BenchmarkData {
    guard folder.contains(Self.counts) else {
      throw Failure(.badInput, "\(folder.path) holds circuits and no counts yet; give them with --counts FILE")
    }
    return try BenchmarkData(json: folder.text(of: Self.counts), of: plan)
  }

  /// Writes counts before anything is made of them: whatever fails then can be tried again.
  func keep(_ data: BenchmarkData) throws { try folder.write(data.json, to: Self.counts) }

  /// Reads counts, writes results, figures and the page.
  ///
  /// - Parameters:
  ///   - gnuplot: nil leaves the figures out.
  ///   - noise: the name of the noise model.
  ///   - isReplacing: whether the counts take the place of those that the folder holds; others than those are not the noise
  ///     model's, and its file goes before them.
  ///   - kept: said on Ctrl-C while figures are drawn; nil names this folder.
  func analyze(
    _ data: BenchmarkData, noise: String?, gnuplot: Gnuplot?, isReplacing: Bool = false, kept: String? = nil
  ) throws -> FidelityResult {
    let report = try plan.analyze(data)
    let areOthers = isReplacing && folder.contains(Self.counts) && (try? storedCounts()) != data
    // Copies of a folder may have lost it: version control keeps no empty ones.
    try folder.makeFolder("figures")
    let result = FidelityResult(
      benchmark: report.name, circuits: data.counts.count, shots: data.counts.first?.value.shots ?? 0,
      noise: areOthers ? nil : noise,
      estimates: report.estimates, curves: report.curves, volumes: report.volumes, runFolder: folder.path)
    // Broken off between the two, it leaves counts without their model's name, never others under it.
    if areOthers { try folder.remove(Self.noise) }
    if isReplacing || !folder.contains(Self.counts) { try keep(data) }
    try folder.write(json: result, to: "results.json")
    try Interruption.whileListening {
      try write(
        result, gnuplot: gnuplot, kept: kept ?? "counts and numbers are in \(folder.path)\nwith all figures: \(again)")
    }
    return result
  }

  /// What reads the counts again.
  private var again: String { "hilbert benchmark fidelity analyze \(folder.path)" }

  private func write(_ result: FidelityResult, gnuplot: Gnuplot?, kept: String) throws {
    var page = HTMLReport(
      title: result.benchmark,
      summary: "\(result.circuits) circuits, \(result.shots) shots each, "
        + "\(result.noise.map { "simulated with the noise model \($0)" } ?? "seed \(plan.seed)").")
    page.headlines = result.estimates.prefix(3).map {
      .init($0.name, $0.shownValue, note: "\($0.shownInterval), \($0.quality.rawValue)")
    }
    page.add("Estimates", .table(result.table))
    if let gnuplot, !result.curves.isEmpty {
      let blocks = try result.curves.map { curve in
        HTMLReport.Block.figure(
          svg: try folder.draw(curve.figure(of: result.benchmark), named: curve.fileName, with: gnuplot, kept: kept),
          caption: "\(curve.name); bars are one standard error.")
      }
      page.add("Curves", blocks)
    }
    if let gnuplot, !result.volumes.isEmpty {
      let chart = VolumetricChart(
        title: "\(result.benchmark): width and depth", valueLabel: "normalized fidelity",
        marks: result.volumes.map { .init(name: $0.name, width: $0.width, depth: max(1, $0.depth), value: $0.value) })
      page.add(
        "Volumes",
        .figure(
          svg: try folder.draw(chart, named: "volumes", with: gnuplot, kept: kept),
          caption: "1 is ideal, 0 as good as uniform outcomes.")
      )
    }
    page.add("How to read the counts again", .code(again))
    try folder.write(page.html, to: RunFolder.report)
  }
}

extension BenchmarkCurve {
  /// The name in small letters and digits, with hyphens between.
  fileprivate var fileName: String {
    name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
  }

  /// Points with their errors, and the fit.
  fileprivate func figure(of benchmark: String) -> LineChart {
    let measured = LineChart.Series(
      "measured", x: x, y, error: errors.allSatisfy(\.isFinite) ? errors : nil, style: .marks)
    let fitted = curve.map { [LineChart.Series(fitName, x: curvePlaces, $0, style: .line)] } ?? []
    return LineChart(title: "\(benchmark): \(name)", xLabel: xLabel, yLabel: yLabel, series: [measured] + fitted)
  }
}
