/// A matrix as colours: Gram matrices, correlations, transition probabilities.
public struct HeatMap: Figure {
  public var title: String
  /// What rows and columns are.
  public var xLabel, yLabel: String
  /// What a value is, in a word, written above the scale.
  public var valueLabel: String
  /// `values[row][column]`, row 0 at the top; nan leaves a cell white.
  public var values: [[Double]]
  /// The values at the two ends of the colours; nil takes the smallest and the largest.
  public var range: ClosedRange<Double>?
  /// Rows and columns before which a line is drawn, such as where a class begins.
  public var borders: [Int]
  public var size: FigureSize

  /// - Parameter values: Shape `[rows, columns]`, both at least 1.
  public init(
    title: String, xLabel: String, yLabel: String, valueLabel: String, values: [[Double]], range: ClosedRange<Double>? = nil,
    borders: [Int] = [], size: FigureSize = FigureSize(width: 560, height: 500)
  ) {
    let columns = values.first?.count ?? 0
    precondition(
      columns >= 1 && values.allSatisfy { $0.count == columns }, "HeatMap: values of shape \(values.map(\.count)) are no matrix")
    self.title = title
    self.xLabel = xLabel
    self.yLabel = yLabel
    self.valueLabel = valueLabel
    self.values = values
    self.range = range
    self.borders = borders
    self.size = size
  }

  public var commands: String {
    let (rows, columns) = (values.count, values[0].count)
    var text = Script.labels(title: title, size, x: xLabel, y: yLabel)
    text += "unset grid\nset border 15\nset tics scale 0\nset rmargin 12\nset tmargin 3\n"
    text += "set xrange [-0.5:\(Double(columns) - 0.5)]\nset yrange [\(Double(rows) - 0.5):-0.5]\n"
    let finite = values.joined().filter(\.isFinite)
    let ends = range ?? (finite.min() ?? 0)...(finite.max() ?? 1)
    text += "set cbrange [\(ends.lowerBound):\(ends.upperBound > ends.lowerBound ? ends.upperBound : ends.lowerBound + 1)]\n"
    text += "set colorbox user origin screen 0.86, 0.2 size screen 0.025, 0.6\n"
    text += "set label 2 \(Script.quoted(valueLabel)) at screen 0.98, 0.84 right\n"
    // A number for every row and column while there is room.
    if rows <= 20 { text += "set ytics 1\n" }
    if columns <= 20 { text += "set xtics 1\n" }
    // Of even brightness and readable in grey: dark blue, green, yellow.
    text += "set palette defined (0 '#440154', 0.25 '#3B528B', 0.5 '#21918C', 0.75 '#5EC962', 1 '#FDE725')\n"
    for (index, border) in borders.enumerated() {
      let place = Double(border) - 0.5
      let line = "nohead front linewidth 1.2 linecolor rgb '#FFFFFF'"
      text += "set arrow \(2 * index + 1) from \(place), graph 0 to \(place), graph 1 \(line)\n"
      text += "set arrow \(2 * index + 2) from graph 0, first \(place) to graph 1, first \(place) \(line)\n"
    }
    let cells = values.enumerated().flatMap { row, entries in entries.enumerated().map { [Double($0), Double(row), $1] } }
    text += Script.data("cells", cells)
    return text + "plot $cells using 1:2:3 with image pixels notitle\n"
  }
}
