import Datasets
import Reports

/// What a finished run shows: the curves, the confusion matrices and the page that holds them.
struct RunReport {
  let folder: RunFolder
  let configuration: TrainingConfiguration
  let manifest: RunManifest
  let metrics: MetricsLog
  let model: TestResult
  let control: TestResult?
  let baselines: SimpleBaselines
  /// Pictures of single samples; none where samples cannot be drawn.
  let samples: [Drawing]
  /// What the layers with circuits read and can express.
  let layers: [QuantumLayerView]

  /// Draws the figures and writes `report.html`.
  ///
  /// - Parameter gnuplot: nil leaves the figures out.
  func write(gnuplot: Gnuplot?) throws {
    var page = HTMLReport(title: title, summary: summary)
    page.headlines = headlines
    page.add(
      "The model and its control",
      [.table(comparison)] + (configuration.control.map { [.text($0.explanation)] } ?? []) + [.text(baselines.text)])
    if let gnuplot {
      page.add("Curves", try draw(curves, with: gnuplot))
      page.add("Confusion matrices", try draw(matrices, with: gnuplot))
      if !samples.isEmpty { page.add("Test samples", try draw(samples, with: gnuplot)) }
      if !layers.isEmpty { page.add("Circuits", try draw(layers.flatMap(\.drawings), with: gnuplot)) }
    } else {
      page.add("Figures", .text("\(ReportError.gnuplotMissing)"))
    }
    page.add("Configuration", .code(configuration.yaml))
    page.add(
      "How to repeat",
      .text(
        "Hilbert \(manifest.version), SIMD level \(manifest.simdLevel); the number of threads does not matter, another SIMD level "
          + "gives the same numbers up to rounding."),
      .code("hilbert train \(folder.file(RunFolder.configuration))"))
    try folder.write(page.html, to: RunFolder.report)
  }

  /// A figure, the name of its files and the words below it.
  typealias Drawing = (name: String, caption: String, figure: any Figure)

  private func draw(_ drawings: [Drawing], with gnuplot: Gnuplot) throws -> [HTMLReport.Block] {
    let kept = "all \(configuration.training.epochs) epochs are saved in \(folder.path)\ngo on with: hilbert resume \(folder.path)"
    return try drawings.map { drawing in
      let svg = try folder.draw(drawing.figure, named: drawing.name, with: gnuplot, kept: kept)
      return .figure(svg: svg, caption: drawing.caption)
    }
  }

  private var curves: [Drawing] {
    let epochs = metrics.series(MetricsColumn.epoch)
    func chart(_ title: String, _ label: String, _ columns: [(name: String, column: String)]) -> LineChart {
      LineChart(
        title: title, xLabel: "epoch", yLabel: label,
        series: columns.map { LineChart.Series($0.name, x: epochs, metrics.series($0.column)) })
    }
    let hasControl = control != nil
    return [
      (
        "loss", "Mean cross-entropy after each epoch.",
        chart(
          "Loss", "cross-entropy (nats)",
          [("model, training", MetricsColumn.trainLoss), ("model, test", MetricsColumn.testLoss)]
            + (hasControl
              ? [("control, training", MetricsColumn.controlTrainLoss), ("control, test", MetricsColumn.controlTestLoss)] : []))
      ),
      (
        "accuracy", "Share of test samples classified correctly after each epoch.",
        chart(
          "Test accuracy", "accuracy",
          [("model", MetricsColumn.testAccuracy)] + (hasControl ? [("control", MetricsColumn.controlTestAccuracy)] : []))
      ),
    ]
  }

  private var matrices: [Drawing] {
    func matrix(_ title: String, _ result: TestResult) -> ConfusionMatrix {
      ConfusionMatrix(title: title, classes: manifest.classNames, counts: result.confusion)
    }
    let caption = "Rows are true classes, columns the predicted ones."
    var drawings: [Drawing] = [("confusion", caption, matrix("Model, \(manifest.testSamples) test samples", model))]
    if let control {
      drawings.append(("confusion-control", caption, matrix("Control, \(manifest.testSamples) test samples", control)))
    }
    return drawings
  }

  private var title: String { folder.path.split(separator: "/").last.map(String.init) ?? folder.path }

  private var summary: String {
    let source = manifest.dataOrigin.map { " (\($0)\(manifest.dataLicence.map { ", \($0)" } ?? ""))" } ?? ""
    return "Trained on \(manifest.trainingSamples) samples of \(configuration.data.source)\(source), "
      + "judged on \(manifest.testSamples) held-out samples, seed \(manifest.seed)."
  }

  private var headlines: [HTMLReport.Headline] {
    let note = control.map { "control \($0.accuracy.fixed(3))" } ?? "no control was trained"
    return [
      .init("test accuracy", model.accuracy.fixed(3), note: note),
      .init("test loss", model.loss.fixed(3), note: control.map { "control \($0.loss.fixed(3))" } ?? ""),
      .init("parameters", "\(manifest.parameterCount)", note: manifest.controlParameterCount.map { "control \($0)" } ?? ""),
      .init("epochs", "\(configuration.training.epochs)"),
    ] + layers.compactMap(\.headline)
  }

  private var controlName: String {
    switch configuration.control {
    case .removed?: "control without circuits"
    case .frozen?: "control with frozen circuits"
    case .dense?, nil: "classical control"
    }
  }

  /// Model and control side by side.
  var comparison: Table {
    func row(_ name: String, _ parameters: Int, _ result: TestResult) -> [String] {
      [name, "\(parameters)", result.loss.fixed(4), result.accuracy.fixed(4)]
    }
    var rows = [row("model", manifest.parameterCount, model)]
    if let control, let parameters = manifest.controlParameterCount { rows.append(row(controlName, parameters, control)) }
    return Table(columns: ["", "parameters", "test loss", "test accuracy"], rows: rows)
  }
}

extension SimpleBaselines {
  /// Both, in a line.
  var text: String {
    "without training: nearest centroid \(nearestCentroid.fixed(4)), always the largest class \(largestClass.fixed(4))"
  }
}
