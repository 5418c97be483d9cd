import Datasets
import Reports

/// The tables and figures of a comparison of networks.
struct ComparisonReport {
  let results: [ContestantResult]
  let classNames: [String]
  /// What the same test samples give without training.
  let baselines: SimpleBaselines

  /// One row a network: mean over seeds with its standard error.
  var table: Table {
    Table(
      columns: ["network", "parameters", "epochs", "seeds", "test accuracy", "test loss", "training loss"],
      rows: results.names.map { name in
        let own = results.of(name)
        return [
          name, "\(own[0].parameterCount)", "\(own[0].epochs)", "\(own.count)", Self.withError(own.map(\.testAccuracy), 4),
          Self.withError(own.map(\.testLoss), 4), own.map(\.trainLoss).meanWithError.mean.fixed(4),
        ]
      })
  }

  /// One row a network: the accuracy of every seed.
  var seedTable: Table {
    let seeds = Set(results.map(\.seed)).sorted()
    return Table(
      columns: ["network"] + seeds.map { "seed \($0)" },
      rows: results.names.map { name in
        [name] + seeds.map { seed in results.of(name).first { $0.seed == seed }?.testAccuracy.fixed(4) ?? "-" }
      })
  }

  /// "0.9921 ± 0.0004", or the value alone where there is one.
  static func withError(_ values: [Double], _ digits: Int) -> String {
    let (mean, error) = values.meanWithError
    return mean.fixed(digits) + (values.count > 1 ? " ± \(error.fixed(digits))" : "")
  }

  /// Test accuracy after each epoch, the mean over seeds: networks that are trained equally long beside each other.
  var curves: [(name: String, chart: LineChart)] {
    let lengths = Set(results.map(\.epochs)).sorted(by: >)
    return lengths.map { length in
      let title = lengths.count == 1 ? "Test accuracy" : "Test accuracy, \(length) epochs"
      let names = results.names.filter { results.of($0)[0].epochs == length }
      let chart = LineChart(title: title, xLabel: "epoch", yLabel: "accuracy", series: names.map(curve))
      return (lengths.count == 1 ? "curves" : "curves-\(length)-epochs", chart)
    }
  }

  private func curve(_ name: String) -> LineChart.Series {
    let own = results.of(name).map(\.accuracies)
    let epochs = own.map(\.count).min() ?? 0
    let means = (0..<epochs).map { epoch in own.map { $0[epoch] }.meanWithError }
    return LineChart.Series(
      name, x: (1...max(1, epochs)).map(Double.init), means.map(\.mean), error: own.count > 1 ? means.map(\.error) : nil)
  }

  /// Accuracy against size, a mark a network.
  var sizes: LineChart {
    let counts = results.map { Double($0.parameterCount) }
    let series = results.names.map { name in
      let own = results.of(name)
      let (mean, error) = own.map(\.testAccuracy).meanWithError
      return LineChart.Series(
        name, x: [Double(own[0].parameterCount)], [mean], error: own.count > 1 ? [error] : nil, style: .marks)
    }
    return LineChart(
      title: "Test accuracy against size", xLabel: "parameters", yLabel: "accuracy", series: series,
      hasLogarithmicPlaces: (counts.max() ?? 1) >= 10 * (counts.min() ?? 1))
  }

  /// The first network's mistakes, all seeds together.
  var confusion: ConfusionMatrix? {
    guard let first = results.names.first else { return nil }
    let own = results.of(first)
    var counts = own[0].confusion
    for result in own.dropFirst() {
      for row in counts.indices { for column in counts.indices { counts[row][column] += result.confusion[row][column] } }
    }
    return ConfusionMatrix(
      title: "\(first), \(own[0].testSamples) test samples, \(own.count == 1 ? "1 seed" : "\(own.count) seeds")",
      classes: classNames, counts: counts)
  }

  /// The page, with figures where gnuplot draws them.
  func write(
    title: String, summary: String, reference: String, to folder: RunFolder, gnuplot: Gnuplot?, repeatCommand: String
  ) throws {
    var page = HTMLReport(title: title, summary: summary)
    page.headlines = results.names.prefix(4).map { name in
      let own = results.of(name)
      return .init(name, own.map(\.testAccuracy).meanWithError.mean.fixed(4), note: "\(own[0].parameterCount) parameters")
    }
    page.add("Networks, mean over seeds", .table(table), .text(baselines.text), .text(reference))
    page.add("Every seed", .table(seedTable))
    if let gnuplot {
      let caption = seedTable.columns.count > 2 ? "Mean and standard error over seeds." : "One seed."
      let kept = "all networks are saved in \(folder.path)\ngo on with the same command and --output \(folder.path)"
      func figure(_ name: String, _ chart: LineChart) throws -> HTMLReport.Block {
        .figure(svg: try folder.draw(chart, named: name, with: gnuplot, kept: kept), caption: caption)
      }
      page.add("Curves", try curves.map { try figure($0.name, $0.chart) })
      page.add("Sizes", try figure("sizes", sizes))
      if let confusion {
        page.add(
          "Mistakes",
          .figure(
            svg: try folder.draw(confusion, named: "confusion", with: gnuplot, kept: kept),
            caption: "Rows are true classes, columns the predicted ones."))
      }
    }
    page.add("How to repeat", .code(repeatCommand))
    try folder.write(page.html, to: RunFolder.report)
  }
}

/// What a reproduction by comparison found.
struct ComparisonResult: CommandResult {
  let command: String
  let data: String
  let networks: [ContestantResult]
  let nearestCentroidAccuracy: Double
  let largestClassAccuracy: Double
  let reference: String
  let runFolder: String
  private let tables: String

  init(_ command: String, data: String, report: ComparisonReport, reference: String, runFolder: String) {
    (self.command, self.data, networks, self.reference) = (command, data, report.results, reference)
    (nearestCentroidAccuracy, largestClassAccuracy) = (report.baselines.nearestCentroid, report.baselines.largestClass)
    self.runFolder = runFolder
    tables = "\(report.table.text)\n\n\(report.seedTable.text)\n\n\(report.baselines.text)"
  }

  enum CodingKeys: CodingKey { case data, networks, nearestCentroidAccuracy, largestClassAccuracy, reference, runFolder }

  var text: String { "\(data)\n\(tables)\n\(reference)\n\nfigures and report: \(runFolder)/\(RunFolder.report)\n" }
}
