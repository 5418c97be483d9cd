/// Groups of bars with their values on top: methods side by side over several data sets.
public struct BarChart: Figure {
  /// Bars of one colour, one in each group.
  public struct Series: Sendable, Hashable {
    /// The name in the key.
    public var name: String
    /// One value for each group.
    public var values: [Double]
    /// Half the length of each error bar, or nil.
    public var error: [Double]?

    /// - Parameter error: nil, or one for each value.
    public init(_ name: String, _ values: [Double], error: [Double]? = nil) {
      precondition(
        error == nil || error?.count == values.count, "BarChart: '\(name)' needs an error for each of \(values.count) values")
      self.name = name
      self.values = values
      self.error = error
    }
  }

  public var title: String
  /// The name of the vertical axis, with its unit.
  public var yLabel: String
  /// The names of the groups.
  public var groups: [String]
  /// The colours, in the order of the key.
  public var series: [Series]
  /// Digits after the point of the value above a bar; nil writes none.
  public var digits: Int?
  /// The size of the whole figure, with room for a key beside the plot.
  public var size: FigureSize { Script.room(forKey: series.map(\.name), plotSize, sample: 1) }
  private let plotSize: FigureSize

  /// - Parameter series: each with a value for every group.
  public init(title: String, yLabel: String, groups: [String], series: [Series], digits: Int? = 3, size: FigureSize = .standard) {
    precondition(!series.isEmpty && !groups.isEmpty, "BarChart: '\(title)' has no bars")
    for one in series {
      precondition(
        one.values.count == groups.count, "BarChart: '\(one.name)' has \(one.values.count) values for \(groups.count) groups")
    }
    self.title = title
    self.yLabel = yLabel
    self.groups = groups
    self.series = series
    self.digits = digits
    plotSize = size
  }

  public var commands: String {
    var text = Script.labels(title: title, size, x: "", y: yLabel)
    let width = 0.76 / Double(series.count)
    let tics = groups.enumerated().map { "\(Script.quoted($1)) \($0)" }.joined(separator: ", ")
    text += "set xtics (\(tics)) scale 0\nset xrange [-0.6:\(Double(groups.count) - 0.4)]\nset grid noxtics\n"
    text += "set boxwidth \(width * 0.94)\nset style fill solid 1 noborder\n"
    let values = series.flatMap(\.values).filter(\.isFinite)
    // Bars stand on zero: a cut axis would lie about ratios.
    text += "set yrange [\(min(0, (values.min() ?? 0) * 1.12)):\(max(0, (values.max() ?? 1) * 1.12))]\n"
    for (index, one) in series.enumerated() {
      let offset = (Double(index) - Double(series.count - 1) / 2) * width
      text += Script.data("series\(index)", one.values.indices.map { [Double($0) + offset, one.values[$0], one.error?[$0] ?? 0] })
    }
    text += Script.key(series.map(\.name), plotSize, sample: 1)
    if series.count == 1 { text += "set key off\n" }
    return text + "plot " + series.indices.flatMap(plots).joined(separator: ", \\\n  ") + "\n"
  }

  private func plots(_ index: Int) -> [String] {
    let one = series[index]
    var result = [
      "$series\(index) using 1:2 with boxes linecolor rgb '\(Palette.color(index))' title \(Script.quoted(one.name))"
    ]
    if one.error != nil {
      result.append(Script.errorBars("series\(index)", color: "#222222"))
    }
    if let digits {
      result.append(
        "$series\(index) using 1:($2 + $3):(sprintf('%.\(digits)f', $2)) with labels offset 0, 0.6 font ',11' textcolor rgb '#333333' "
          + "notitle")
    }
    return result
  }
}
