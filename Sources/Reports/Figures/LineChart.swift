#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Curves over a common axis: loss and accuracy by epoch, time evolutions, scaling.
///
/// ```swift
/// LineChart(title: "Test accuracy", xLabel: "epoch", yLabel: "accuracy", series: [
///   .init("quantum", metrics.series("testAccuracy")), .init("control", metrics.series("controlTestAccuracy")),
/// ])
/// ```
public struct LineChart: Figure {
  /// One curve.
  public struct Series: Sendable, Hashable {
    /// The name in the key.
    public var name: String
    /// Where the points stand; same count as `y`.
    public var x: [Double]
    /// The values; nan leaves a gap.
    public var y: [Double]
    /// Half the length of each error bar, or nil.
    public var error: [Double]?
    /// How it is drawn.
    public var style: Style

    /// How a series is drawn.
    public enum Style: Sendable, Hashable {
      /// A line, with marks where there are at most 40 points; dashed from the eighth curve on, when colours come again.
      case automatic
      /// Marks that no line connects: what was measured.
      case marks
      /// A line: what was calculated.
      case line
    }

    /// - Parameter x: nil counts 1, 2, 3, ...
    public init(_ name: String, x: [Double]? = nil, _ y: [Double], error: [Double]? = nil, style: Style = .automatic) {
      let places = x ?? y.indices.map { Double($0 + 1) }
      precondition(places.count == y.count, "LineChart: series '\(name)' has \(places.count) x for \(y.count) y")
      precondition(error == nil || error?.count == y.count, "LineChart: series '\(name)' needs an error for each of \(y.count) y")
      self.name = name
      self.x = places
      self.y = y
      self.error = error
      self.style = style
    }

    /// The words of gnuplot for lines, marks or both.
    fileprivate func marks(_ index: Int) -> String {
      // Filled, then as often as colours come again hollow; thirteen, so that colours and marks do not come again together.
      let mark = "pointtype \([7, 5, 9, 11, 13, 15, 3, 4, 6, 10, 8, 14, 12][index % 13]) pointsize 0.55"
      switch style {
      case .automatic: return y.count <= 40 ? "linespoints \(mark)" : "lines"
      case .marks: return "points \(mark)"
      case .line: return "lines"
      }
    }
  }

  public var title: String
  /// The name of the horizontal axis, with its unit.
  public var xLabel: String
  /// The name of the vertical axis, with its unit.
  public var yLabel: String
  /// The curves, in the order of the key.
  public var series: [Series]
  /// The part of the vertical axis shown; nil fits the data.
  public var yRange: ClosedRange<Double>?
  /// True when the vertical axis is logarithmic.
  public var isLogarithmic: Bool
  /// True when the horizontal axis is logarithmic.
  public var hasLogarithmicPlaces: Bool
  /// The size of the whole figure, with room for a key beside the plot.
  public var size: FigureSize { Script.room(forKey: series.map(\.name), plotSize, sample: keySample) }
  private let plotSize: FigureSize

  /// A chart of at least one curve.
  public init(
    title: String, xLabel: String, yLabel: String, series: [Series], yRange: ClosedRange<Double>? = nil,
    isLogarithmic: Bool = false, hasLogarithmicPlaces: Bool = false, size: FigureSize = .standard
  ) {
    precondition(!series.isEmpty, "LineChart: '\(title)' has no series")
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.series = series
    self.yRange = yRange
    self.isLogarithmic = isLogarithmic
    self.hasLogarithmicPlaces = hasLogarithmicPlaces
    plotSize = size
  }

  /// The length of a line in the key: dashes need room to be told from lines.
  private var keySample: Double { series.count > Palette.colors.count ? 4 : 1.6 }

  public var commands: String {
    var text = Script.labels(title: title, size, x: xLabel, y: yLabel)
    if let yRange { text += "set yrange [\(yRange.lowerBound):\(yRange.upperBound)]\n" }
    if isLogarithmic { text += "set logscale y\nset format y '%g'\n" }
    if hasLogarithmicPlaces { text += "set logscale x\nset format x '%g'\n" }
    let places = series.flatMap(\.x).filter(\.isFinite)
    let first = places.min() ?? 0
    let last = places.max() ?? 1
    text += "set xrange [\(range(first, last))]\n"
    let areWhole = places.allSatisfy { $0 == $0.rounded() }
    if areWhole && last - first <= 12 { text += "set xtics 1\n" }
    for (index, one) in series.enumerated() {
      text += Script.data("series\(index)", one.y.indices.map { [one.x[$0], one.y[$0], one.error?[$0] ?? 0] })
    }
    text += Script.key(series.map(\.name), plotSize, sample: keySample)
    return text + "plot " + series.indices.flatMap(plots).joined(separator: ", \\\n  ") + "\n"
  }

  /// What the horizontal axis shows: all points, and where nothing but marks is drawn, some room beside them.
  private func range(_ first: Double, _ last: Double) -> String {
    // A single point would make gnuplot invent a range.
    if first == last { return "\(first - 1):\(last + 1)" }
    guard series.allSatisfy({ $0.style == .marks }) else { return "\(first):\(last)" }
    if hasLogarithmicPlaces {
      let room = pow(last / first, 0.05)
      return "\(first / room):\(last * room)"
    }
    return "\(first - 0.05 * (last - first)):\(last + 0.05 * (last - first))"
  }

  /// A curve, its points where there are few, and its error bars; colour is never the only difference between two curves.
  private func plots(_ index: Int) -> [String] {
    let one = series[index]
    let color = "linecolor rgb '\(Palette.color(index))'"
    let dash = index < Palette.colors.count && (one.y.count <= 40 || one.style != .automatic) ? 1 : [1, 2, 4, 5, 3][index % 5]
    let curve =
      "$series\(index) using 1:2 with \(one.marks(index)) dashtype \(dash) linewidth 2.2 \(color) title \(Script.quoted(one.name))"
    guard one.error != nil else { return [curve] }
    // About 20 bars a curve, no two curves' at one place.
    let step = max(1, one.y.count / 20)
    return [curve, Script.errorBars("series\(index)", color: Palette.color(index), every: (step, index % step))]
  }
}
