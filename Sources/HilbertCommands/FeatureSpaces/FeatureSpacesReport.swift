import Datasets
import Hilbert
import LinearAlgebra
import QuantumCircuits
import QuantumLearning
import Reports

/// The page and the figures of `reproduce feature-spaces`.
struct FeatureSpacesReport {
  let folder: RunFolder
  let result: FeatureSpacesResult
  let plan: FeatureSpacesPlan

  /// - Parameter gnuplot: nil leaves the figures out.
  func write(gnuplot: Gnuplot?, repeatCommand: String) throws {
    try folder.write(json: result, to: "results.json")
    var page = HTMLReport(
      title: "Supervised learning with quantum-enhanced feature spaces",
      summary: "The experiments of Havlíček et al., Nature 567 (2019), simulated: \(plan.seeds.count) data sets, "
        + "each of its own random unitary, gap \(FeatureSpacesPlan.gap), \(FeatureSpacesPlan.perClass) points a class.")
    let kernel = result.kernel.map(\.exact)
    page.headlines = [
      .init(
        "kernel method", kernel.meanWithError.mean.fixed(4), note: "least \((kernel.min() ?? .nan).fixed(4)); paper 1, 1, 0.9475"),
      .init(
        "variational, l = \(result.depths.last ?? 0)", result.variational.success(result.depths.last ?? 0, "ideal").mean.fixed(4),
        note: "l = 0: \(result.variational.success(0, "ideal").mean.fixed(3))"),
    ]
    func add(_ heading: String, _ table: Table, _ drawings: [(String, String, any Figure)]) throws {
      var blocks: [HTMLReport.Block] = [.table(table)]
      if let gnuplot {
        for (name, caption, figure) in drawings {
          let kept = "all numbers are in \(folder.file("results.json"))\nfigures take another run: \(repeatCommand)"
          blocks.append(.figure(svg: try folder.draw(figure, named: name, with: gnuplot, kept: kept), caption: caption))
        }
      }
      page.add(heading, blocks)
    }
    try add("Kernel method", result.kernelTable, [("gram", Self.gramCaption, gram()), ("regions", Self.regionCaption, regions())])
    try add("Variational classifier, every data set", result.variationalTable, [])
    try add("Success by depth", result.depthTable, [("depth", "Mean over data sets, one standard error.", depthChart)])
    try add("Shots", result.shotTable, [("shots", "Spectral norm of the error of a 40 x 40 Gram matrix.", shotChart)])
    try add(
      "Beyond the paper: concentration", concentrationTable,
      [("concentration", "Variance of the kernel over random points; the fidelity's falls exponentially.", concentrationChart)])
    try add("Beyond the paper: real data", result.realDataTable, [])
    page.add("How to repeat", .code(repeatCommand))
    try folder.write(page.html, to: RunFolder.report)
  }

  private static let gramCaption = "Exact kernel of the training points of the first data set, sorted by label."
  private static let regionCaption =
    "Decision of the kernel machine on the first data set (shade: logistic function of its value); points: one test set."

  private func firstProblem() throws -> (training: Dataset, test: Dataset) {
    let problem = AdHocProblem(seed: plan.seeds[0], gap: FeatureSpacesPlan.gap)
    return (
      try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: 0),
      try problem.samples(perClass: FeatureSpacesPlan.perClass, draw: 1)
    )
  }

  private func gram() throws -> HeatMap {
    let training = try firstProblem().training
    let order = training.labels.indices.sorted { (training.labels[$0], $0) < (training.labels[$1], $1) }
    let gram = try FidelityKernel(featureMap: .secondOrderFeatureMap(Features(2))).gramMatrix(training.matrix)
    return HeatMap(
      title: "Gram matrix", xLabel: "training point", yLabel: "training point", valueLabel: "K",
      values: order.map { row in order.map { gram[row, $0] } }, range: 0...1, borders: [FeatureSpacesPlan.perClass])
  }

  private func regions() throws -> DecisionRegions {
    let (training, test) = try firstProblem()
    let kernel = try FidelityKernel(featureMap: .secondOrderFeatureMap(Features(2)))
    let machine = try SupportVectorClassifier(
      gram: kernel.gramMatrix(training.matrix), labels: training.labels, regularization: FeatureSpacesPlan.regularization)
    let points = (0..<test.count).map { row in
      DecisionRegions.Point(x: test.matrix[row, 0], y: test.matrix[row, 1], label: test.labels[row])
    }
    return try DecisionRegions(
      title: "Decision of the kernel machine", xLabel: "x1", yLabel: "x2", xRange: 0...2 * .pi, yRange: 0...2 * .pi,
      classes: ["+1", "-1"], points: points, resolution: 160
    ) { places in
      let values = try machine.decisionValues(kernel.matrix(RealMatrix(places), against: training.matrix))
      return (0..<values.rows).map { 1 / (1 + .exp(2 * values[$0, 0])) }
    }
  }

  private var depthChart: LineChart {
    let depths = result.depths
    let own = result.conditions.map { condition in
      let values = depths.map { result.variational.success($0, condition) }
      return LineChart.Series(condition, x: depths.map(Double.init), values.map(\.mean), error: values.map(\.error))
    }
    let reference = LineChart.Series(
      "independent simulation", x: depths.map(Double.init), depths.map { FeatureSpacesReference.variational[$0] })
    return LineChart(
      title: "Success of the variational classifier", xLabel: "entangling layers l", yLabel: "success", series: own + [reference],
      yRange: 0.5...1.02)
  }

  private var shotChart: LineChart {
    let places = result.shots.map { Double($0.shots) }
    return LineChart(
      title: "Error of the sampled Gram matrix", xLabel: "shots an entry", yLabel: "spectral norm",
      series: [
        LineChart.Series("measured", x: places, result.shots.map(\.error)),
        LineChart.Series("bound", x: places, result.shots.map(\.bound)),
      ], isLogarithmic: true, hasLogarithmicPlaces: true)
  }

  private var kernels: [String] {
    var names: [String] = []
    for row in result.concentration where !names.contains(row.kernel) { names.append(row.kernel) }
    return names
  }

  private var concentrationTable: Table {
    Table(
      columns: ["kernel", "qubits", "mean", "variance", "effective dimension of 40"],
      rows: kernels.flatMap { name in
        result.concentration.filter { $0.kernel == name }.map {
          [name, "\($0.qubits)", $0.mean.fixed(5), $0.variance.fixed(8), $0.effectiveDimension.fixed(1)]
        }
      })
  }

  private var concentrationChart: LineChart {
    LineChart(
      title: "Concentration of kernels", xLabel: "qubits", yLabel: "variance of K",
      series: kernels.map { name in
        let rows = result.concentration.filter { $0.kernel == name }
        return LineChart.Series(name, x: rows.map { Double($0.qubits) }, rows.map(\.variance))
      }, isLogarithmic: true)
  }
}
