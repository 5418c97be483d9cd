import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One figure of each kind, with data that exercises what is delicate: quotes, gaps, long names, single points.
enum FigureExamples {
  static let all: [(name: String, figure: any Figure)] = [
    ("curves", curves), ("four-curves", fourCurves), ("ten-curves", tenCurves), ("sizes", sizes), ("single-point", singlePoint),
    ("fit", fit), ("volumetric", volumetric),
    ("scaling", scaling),
    ("bars", bars),
    ("confusion", confusion),
    ("confusion-small", smallConfusion), ("moons", moons), ("three-classes", threeClasses), ("images", images),
    ("gram", gram), ("shots", shots),
  ]

  static let curves = LineChart(
    title: "Accuracy on the test set, 'hybrid_fashion'", xLabel: "epoch", yLabel: "accuracy",
    series: [
      .init("quantum_model", (0..<24).map { $0 == 9 ? .nan : 0.88 - 0.6 * exp(-Double($0) / 3) }),
      .init("classical control", (0..<24).map { 0.86 - 0.5 * exp(-Double($0) / 4) }),
      .init("train", (0..<24).map { 0.93 - 0.6 * exp(-Double($0) / 5) }),
    ], yRange: 0...1)

  static let fourCurves = LineChart(
    title: "Loss", xLabel: "epoch", yLabel: "cross-entropy (nats)",
    series: ["model, training", "model, test", "control, training", "control, test"].enumerated().map { index, name in
      .init(name, (0..<12).map { 0.3 + 0.05 * Double(index) + 2 * exp(-Double($0) / Double(2 + index)) })
    })

  private static let names = ["", ", brief"].flatMap { suffix in
    ["HQNN-Quanv", "CNN1, as many weights", "CNN4, four times the weights", "no filter", "frozen filter"].map { $0 + suffix }
  }

  static let tenCurves = LineChart(
    title: "Test accuracy", xLabel: "epoch", yLabel: "accuracy",
    series: names.enumerated().map { index, name in
      let level = 0.85 - 0.04 * Double(index)
      return .init(
        name, (0..<(index < 5 ? 100 : 40)).map { level - 0.5 * exp(-Double($0) / Double(2 + index)) },
        error: Array(repeating: 0.02, count: index < 5 ? 100 : 40))
    })

  static let sizes = LineChart(
    title: "Test accuracy against size", xLabel: "parameters", yLabel: "accuracy",
    series: names.enumerated().map { index, name in
      .init(name, x: [index % 5 == 1 ? 505 : 1970 + Double(index)], [0.85 - 0.04 * Double(index)], error: [0.02], style: .marks)
    })

  static let singlePoint = LineChart(title: "One epoch", xLabel: "epoch", yLabel: "loss", series: [.init("loss", [0.69])])

  static let volumetric = VolumetricChart(
    title: "Applications", valueLabel: "normalized fidelity",
    marks: [
      .init(name: "ghz", width: 2, depth: 3, value: 0.99), .init(name: "fourier", width: 2, depth: 9, value: 0.95),
      .init(name: "ghz", width: 4, depth: 5, value: 0.93), .init(name: "fourier", width: 4, depth: 40, value: 0.6),
      .init(name: "adder", width: 4, depth: 44, value: 0.5), .init(name: "fourier", width: 6, depth: 90, value: 0.1),
      .init(name: "ising", width: 6, depth: 30, value: -0.02),
    ])

  static let fit: LineChart = {
    let places = (1...64).map(Double.init)
    let curve = places.map { 0.25 + 0.75 * pow(0.985, $0) }
    return LineChart(
      title: "Survival of two qubits", xLabel: "length", yLabel: "survival",
      series: [
        .init("measured", x: [1, 4, 16, 64], [0.985, 0.95, 0.83, 0.54], error: [0.01, 0.02, 0.02, 0.03], style: .marks),
        .init("fit", x: places, curve, style: .line),
      ])
  }()

  static let scaling = LineChart(
    title: "Residual", xLabel: "iteration", yLabel: "residual",
    series: [
      .init("exact", x: (0..<120).map(Double.init), (0..<120).map { pow(10, -Double($0) / 12) }),
      .init("sampled", x: [0, 30, 60, 90, 119], [1, 0.1, 0.02, 0.006, 0.004], error: [0.3, 0.04, 0.008, 0.002, 0.001]),
    ], isLogarithmic: true)

  static let bars = BarChart(
    title: "Test accuracy", yLabel: "accuracy", groups: ["digits", "iris", "wine", "breast cancer"],
    series: [
      .init("quantum", [0.95, 0.967, 0.981, 0.942], error: [0.01, 0.02, 0.015, 0.012]),
      .init("control", [0.93, 0.96, 0.97, 0.951], error: [0.01, 0.02, 0.02, 0.01]),
    ])

  static let clothes = [
    "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot",
  ]

  static let confusion = ConfusionMatrix(
    title: "Test set, 500 samples", classes: clothes,
    counts: (0..<10).map { row in (0..<10).map { row == $0 ? 38 + row : ((row * 3 + $0 * 5) % 7 == 0 ? 4 : (row + $0) % 3) } })

  static let smallConfusion = ConfusionMatrix(
    title: "Moons", classes: ["upper", "lower"], actual: [0, 0, 0, 1, 1, 1, 1], predicted: [0, 0, 1, 1, 1, 1, 0])

  static let moons: DecisionRegions = {
    func score(_ x: Double, _ y: Double) -> Double { 1 / (1 + exp(-6 * (0.6 * sin(2.4 * x) - y + 0.3))) }
    let points = (0..<120).map { index in
      let angle = Double.pi * Double(index / 2) / 60
      let noise = 0.12 * sin(Double(index) * 12.9898)
      return index % 2 == 0
        ? DecisionRegions.Point(x: cos(angle) + noise, y: sin(angle) - noise, label: 0)
        : DecisionRegions.Point(x: 1 - cos(angle) - noise, y: 0.5 - sin(angle) + noise, label: 1)
    }
    return DecisionRegions(
      title: "Decision regions on moons", xLabel: "x", yLabel: "y", xRange: -1.5...2.5, yRange: -1...1.5,
      classes: ["upper", "lower"],
      regions: (0..<80).map { row in (0..<100).map { score(-1.5 + 4 * Double($0) / 99, -1 + 2.5 * Double(row) / 79) } },
      points: points)
  }()

  static let threeClasses = DecisionRegions(
    title: "Iris", xLabel: "petal length (cm)", yLabel: "petal width (cm)", xRange: 0...7, yRange: 0...3,
    classes: ["setosa", "versicolor", "virginica"],
    regions: (0..<60).map { row in
      (0..<70).map { column in
        let sum = Double(column) / 10 + Double(row) / 20
        return sum < 2.5 ? 0 : sum < 6.4 ? 1 : 2
      }
    },
    points: (0..<90).map { index in
      let label = index / 30
      let center: (x: Double, y: Double) = [(1.5, 0.3), (4.3, 1.4), (5.6, 2.1)][label]
      let x = center.x + 0.7 * sin(Double(index) * 78.233)
      let y = center.y + 0.25 * sin(Double(index) * 37.7)
      return DecisionRegions.Point(x: x, y: y, label: label)
    })

  private static func closeness(_ row: Int, _ column: Int) -> Double {
    if row == 3, column == 5 { return .nan }
    let width: Double = row < 12 ? 4 : 9
    return exp(-abs(Double(row - column)) / width)
  }

  static let gram = HeatMap(
    title: "Gram matrix", xLabel: "training point", yLabel: "training point", valueLabel: "K",
    values: (0..<24).map { row in (0..<24).map { closeness(row, $0) } },
    borders: [12])

  static let shots = LineChart(
    title: "Error of the sampled Gram matrix", xLabel: "shots an entry", yLabel: "spectral norm",
    series: [
      .init("measured", x: [100, 1000, 10_000, 1_000_000], [0.6, 0.19, 0.06, 0.006]),
      .init("bound", x: [100, 1000, 10_000, 1_000_000], [2, 0.63, 0.2, 0.02]),
    ], isLogarithmic: true, hasLogarithmicPlaces: true)

  static let images = ImageGrid(
    title: "Mistakes",
    items: (0..<12).map { index in
      .init(
        pixels: (0..<784).map { pixel in
          let (x, y) = (Double(pixel % 28) - 13.5, Double(pixel / 28) - 13.5)
          let radius = (x * x + y * y * Double(1 + index % 4)).squareRoot()
          return radius < Double(5 + index) ? 1 - radius / 18 : 0
        },
        width: 28, caption: index % 3 == 0 ? "Pullover, not Coat" : "Ankle boot", isHighlighted: index % 3 == 0)
    }, columns: 6)
}
