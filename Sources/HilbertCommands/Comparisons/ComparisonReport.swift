import Reports

/// The tables and figures of a comparison of networks.
struct ComparisonReport {
  let results: [ContestantResult]
  let classNames: [String]

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

  /// Test accuracy after each epoch, the mean over seeds.
  var curves: LineChart {
    LineChart(
      title: "Test accuracy", xLabel: "epoch", yLabel: "accuracy",
      series: results.names.map { name in
        let own = results.of(name).map(\.accuracies)
        let epochs = own.map(\.count).min() ?? 0
        let means = (0..<epochs).map { epoch in own.map { $0[epoch] }.meanWithError }
        return LineChart.Series(
          name, x: (1...max(1, epochs)).map(Double.init), means.map(\.mean), error: own.count > 1 ? means.map(\.error) : nil)
      })
  }

  /// Accuracy against size, a mark a network.
  var sizes: LineChart {
    LineChart(
      title: "Test accuracy against size", xLabel: "parameters", yLabel: "accuracy",
      series: results.names.map { name in
        let own = results.of(name)
        let (mean, error) = own.map(\.testAccuracy).meanWithError
        return LineChart.Series(
          name, x: [Double(own[0].parameterCount)], [mean], error: own.count > 1 ? [error] : nil, style: .marks)
      }, hasLogarithmicPlaces: true)
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
    page.add("Networks, mean over seeds", .table(table), .text(reference))
    page.add("Every seed", .table(seedTable))
    if let gnuplot {
      page.add(
        "Curves",
        .figure(svg: try folder.draw(curves, named: "curves", with: gnuplot), caption: "Mean and standard error over seeds."))
      page.add(
        "Sizes",
        .figure(svg: try folder.draw(sizes, named: "sizes", with: gnuplot), caption: "Trained numbers, on a logarithmic scale."))
      if let confusion {
        page.add(
          "Mistakes",
          .figure(
            svg: try folder.draw(confusion, named: "confusion", with: gnuplot),
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
  let reference: String
  let runFolder: String
  private let tables: String

  init(_ command: String, data: String, report: ComparisonReport, reference: String, runFolder: String) {
    (self.command, self.data, networks, self.reference) = (command, data, report.results, reference)
    self.runFolder = runFolder
    tables = "\(report.table.text)\n\n\(report.seedTable.text)"
  }

  enum CodingKeys: CodingKey { case data, networks, reference, runFolder }

  var text: String { "\(data)\n\(tables)\n\(reference)\n\nfigures and report: \(runFolder)/\(RunFolder.report)\n" }
}
