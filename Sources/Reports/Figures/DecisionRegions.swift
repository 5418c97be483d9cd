/// Samples in a plane over the regions that a classifier assigns to the classes.
public struct DecisionRegions: Figure {
  /// One sample.
  public struct Point: Sendable, Hashable {
    /// Its place.
    public var x, y: Double
    /// Its true class.
    public var label: Int

    /// - Parameter label: an index into the class names.
    public init(x: Double, y: Double, label: Int) {
      self.x = x
      self.y = y
      self.label = label
    }
  }

  public var title: String
  /// The names of the axes.
  public var xLabel, yLabel: String
  /// The part of the plane shown.
  public var xRange, yRange: ClosedRange<Double>
  /// The names of the classes, at most 7.
  public var classes: [String]
  /// `regions[row][column]`, rows from the bottom, evenly spaced from edge to edge: the class found there. With two classes also
  /// the probability of the second one, drawn as a shade with the border at 1/2.
  public var regions: [[Double]]
  /// The samples drawn on top.
  public var points: [Point]
  /// The size of the whole figure, with room for a key beside the plot.
  public var size: FigureSize { Script.room(forKey: classes, plotSize, sample: 0.6) }
  private let plotSize: FigureSize

  /// - Parameter regions: Shape `[rows, columns]`, both at least 2; values in `0...classes.count - 1`.
  public init(
    title: String, xLabel: String, yLabel: String, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, classes: [String],
    regions: [[Double]], points: [Point], size: FigureSize = FigureSize(width: 560, height: 480)
  ) {
    let columns = regions.first?.count ?? 0
    precondition((2...Palette.colors.count).contains(classes.count), "DecisionRegions: \(classes.count) classes, must be 2 to 7")
    precondition(
      regions.count >= 2 && columns >= 2 && regions.allSatisfy { $0.count == columns },
      "DecisionRegions: regions of shape \(regions.map(\.count)) must be [rows >= 2, columns >= 2]")
    precondition(points.allSatisfy { classes.indices.contains($0.label) }, "DecisionRegions: a label outside 0..<\(classes.count)")
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.xRange = xRange
    self.yRange = yRange
    self.classes = classes
    self.regions = regions
    self.points = points
    plotSize = size
  }

  /// The same figure with the regions asked from a classifier.
  ///
  /// - Parameters:
  ///   - resolution: places on each side of the grid, at least 2.
  ///   - classifier: turns places, each as `[x, y]`, into the class of each, or with two classes the probability of the second one.
  public init(
    title: String, xLabel: String, yLabel: String, xRange: ClosedRange<Double>, yRange: ClosedRange<Double>, classes: [String],
    points: [Point], resolution: Int = 100, size: FigureSize = FigureSize(width: 560, height: 480),
    classifier: (_ places: [[Double]]) throws -> [Double]
  ) rethrows {
    precondition(resolution >= 2, "DecisionRegions: resolution is \(resolution), must be at least 2")
    let columns = Self.grid(xRange, count: resolution)
    let answers = try classifier(Self.grid(yRange, count: resolution).flatMap { y in columns.map { x in [x, y] } })
    precondition(
      answers.count == resolution * resolution, "DecisionRegions: \(answers.count) answers for \(resolution * resolution) places")
    self.init(
      title: title, xLabel: xLabel, yLabel: yLabel, xRange: xRange, yRange: yRange, classes: classes,
      regions: (0..<resolution).map { Array(answers[$0 * resolution..<($0 + 1) * resolution]) }, points: points, size: size)
  }

  /// Evenly spaced numbers from end to end.
  private static func grid(_ range: ClosedRange<Double>, count: Int) -> [Double] {
    (0..<count).map { range.lowerBound + (range.upperBound - range.lowerBound) * Double($0) / Double(count - 1) }
  }

  public var commands: String {
    var text = Script.labels(title: title, size, x: xLabel, y: yLabel)
    text += "unset grid\nset border 15\n"
    text += "set xrange [\(xRange.lowerBound):\(xRange.upperBound)]\nset yrange [\(yRange.lowerBound):\(yRange.upperBound)]\n"
    text += "set cbrange [0:\(classes.count - 1)]\nset palette defined (\(tints.joined(separator: ", ")))\n"
    text += Script.data("regions", grid)
    for label in classes.indices {
      text += Script.data("class\(label)", points.filter { $0.label == label }.map { [$0.x, $0.y] })
    }
    text += Script.key(classes, plotSize, sample: 0.6)
    var plots = ["$regions using 1:2:3 with image notitle"]
    let present = classes.indices.filter { label in points.contains { $0.label == label } }
    if classes.count == 2, let border {
      text += border
      plots.append("$border using 1:2 with lines linewidth 1.4 linecolor rgb '#555555' notitle")
    }
    plots += present.map { label in
      let mark = [7, 5, 9, 11, 13, 15, 3][label]
      return """
        $class\(label) using 1:2 with points pointtype \(mark) pointsize 0.85 linecolor rgb '#FFFFFF' notitle, \\
          $class\(label) using 1:2 with points pointtype \(mark) pointsize 0.6 linecolor rgb '\(Palette.color(label))' \
        title \(Script.quoted(classes[label]))
        """
    }
    return text + "plot " + plots.joined(separator: ", \\\n  ") + "\n"
  }

  /// Column centres cut the range evenly, from edge to edge.
  private var grid: [[Double]] {
    let columns = Self.grid(xRange, count: regions[0].count)
    return zip(Self.grid(yRange, count: regions.count), regions).flatMap { y, row in zip(columns, row).map { [$0, y, $1] } }
  }

  private var tints: [String] {
    if classes.count == 2 {
      return ["0 '\(Palette.tint(0, strength: 0.45))'", "0.5 '#FFFFFF'", "1 '\(Palette.tint(1, strength: 0.45))'"]
    }
    return classes.indices.map { "\($0) '\(Palette.tint($0, strength: 0.28))'" }
  }

  /// The line where the two classes are equally likely: where neighbouring grid points lie on different sides, at the
  /// place that linear interpolation gives (marching squares). Nil where the plane is all one class.
  private var border: String? {
    let columns = regions[0].count
    let places = grid
    func at(_ row: Int, _ column: Int) -> [Double] { places[row * columns + column] }
    func crossing(_ a: [Double], _ b: [Double]) -> [Double]? {
      guard (a[2] < 0.5) != (b[2] < 0.5) else { return nil }
      let share = (0.5 - a[2]) / (b[2] - a[2])
      return [a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])]
    }
    var segments: [String] = []
    for row in 0..<(regions.count - 1) {
      for column in 0..<(columns - 1) {
        let corners = [at(row, column), at(row, column + 1), at(row + 1, column + 1), at(row + 1, column)]
        let ends = (0..<4).compactMap { crossing(corners[$0], corners[($0 + 1) % 4]) }
        for pair in stride(from: 0, to: ends.count - 1, by: 2) {
          segments.append(ends[pair...pair + 1].map { "\($0[0]) \($0[1])\n" }.joined() + "\n")
        }
      }
    }
    return segments.isEmpty ? nil : "$border << EOD\n" + segments.joined() + "EOD\n"
  }
}
