import Reports

/// What `reproduce feature-spaces` found, beside the paper's numbers.
struct FeatureSpacesResult: CommandResult {
  var command: String { "reproduce-feature-spaces" }

  let kernel: [KernelExperiment]
  let variational: [VariationalExperiment]
  let shots: [ShotExperiment]
  let concentration: [ConcentrationExperiment]
  let realData: [RealDataExperiment]
  let runFolder: String

  var text: String {
    """
    Kernel method: share of points classified right, mean of the test sets of each data set
    \(kernelTable.text)
    paper: \(FeatureSpacesReference.kernel); independent simulation of twelve sets: \(FeatureSpacesReference.kernelSimulation.fixed(3))

    Variational classifier: the same by depth
    \(variationalTable.text)

    Mean over data sets, beside an independent simulation without noise
    \(depthTable.text)

    Gram matrix of shots
    \(shotTable.text)

    Beyond the paper: real data, kernels tuned by cross-validation on the training samples
    \(realDataTable.text)

    figures and report: \(runFolder)/\(RunFolder.report)

    """
  }

  var kernelTable: Table {
    let rows = kernel.map {
      [
        "\($0.seed)", $0.exact.fixed(4), $0.sampled.fixed(4), "\($0.supportVectors)", "\($0.rank)", $0.dualityGap.scientific,
        $0.leastEigenvalue.fixed(4),
      ]
    }
    let mean = ["mean", kernel.map(\.exact).meanWithError.mean.fixed(4), kernel.map(\.sampled).meanWithError.mean.fixed(4)]
    return Table(
      columns: ["data set (seed)", "exact", "50,000 shots", "support vectors", "rank", "duality gap", "least eigenvalue (shots)"],
      rows: rows + [mean + ["", "", "", ""]])
  }

  var depths: [Int] { Set(variational.map(\.depth)).sorted() }
  var conditions: [String] {
    FeatureSpacesPlan.Condition.allCases.map(\.rawValue).filter { name in variational.contains { $0.condition == name } }
  }

  var variationalTable: Table {
    let rows = conditions.flatMap { condition in
      Set(variational.map(\.seed)).sorted().map { seed in
        [condition, "\(seed)"]
          + depths.map { depth in
            variational.first { $0.seed == seed && $0.depth == depth && $0.condition == condition }?.success.fixed(4) ?? "-"
          }
      }
    }
    return Table(columns: ["condition", "data set (seed)"] + depths.map { "l = \($0)" }, rows: rows)
  }

  var depthTable: Table {
    let seeds = Set(variational.map(\.seed)).sorted()
    func row(_ name: String, _ value: (Int) -> String) -> [String] { [name] + depths.map(value) }
    var rows = [row("independent simulation") { FeatureSpacesReference.variational[$0].fixed(4) }]
    for condition in conditions {
      if seeds.count > 8 {
        rows.append(
          row("\(condition), sets 1-8") { variational.success($0, condition, seeds: Array(seeds.prefix(8))).mean.fixed(4) })
      }
      rows.append(row("\(condition), all \(seeds.count) sets") { variational.success($0, condition).mean.fixed(4) })
    }
    for condition in conditions {
      func mean(_ depth: Int, _ value: (VariationalExperiment) -> Double) -> String {
        variational.filter { $0.depth == depth && $0.condition == condition }.map(value).meanWithError.mean.fixed(4)
      }
      rows.append(row("\(condition), risk") { mean($0, \.risk) })
      rows.append(row("\(condition), error of p") { mean($0, \.probabilityError) })
    }
    return Table(columns: [""] + depths.map { "l = \($0)" }, rows: rows)
  }

  var shotTable: Table {
    Table(
      columns: ["shots an entry", "||K' - K||", "bound T / (2 sqrt R)", "success"],
      rows: shots.map { ["\($0.shots)", $0.error.fixed(4), $0.bound.fixed(4), $0.success.fixed(4)] })
  }

  var realDataTable: Table {
    var names: [String] = []
    for row in realData where !names.contains(row.kernel) { names.append(row.kernel) }
    let sets = RealDataExperiment.sets.map(\.data).filter { data in realData.contains { $0.data == data } }
    return Table(
      columns: ["kernel"] + sets,
      rows: names.map { name in
        [name]
          + sets.map { data in
            realData.first { $0.kernel == name && $0.data == data }.map {
              $0.accuracy.fixed(4) + ($0.standardError > 0 ? " ± \($0.standardError.fixed(4))" : "")
            } ?? "-"
          }
      })
  }
}
