#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// How well circuits did, over their depth and their width.
///
/// The colour of a mark is its value, from 0 (light) to 1 (dark); circuits of the same width and nearly the same depth stand side
/// by side.
///
/// Source: Blume-Kohout, Young, "A volumetric framework for quantum computer benchmarks", 2020.
public struct VolumetricChart: Figure {
  /// One kind of circuit.
  public struct Mark: Sendable, Hashable {
    /// What stands beside the mark.
    public var name: String
    /// Qubits.
    public var width: Int
    /// Depth, at least 1.
    public var depth: Int
    /// Shown as colour, cut to 0...1.
    public var value: Double

    /// - Parameter depth: at least 1.
    public init(name: String, width: Int, depth: Int, value: Double) {
      (self.name, self.width, self.depth, self.value) = (name, width, depth, value)
    }
  }

  public var title: String
  /// What the colour means.
  public var valueLabel: String
  /// The circuits.
  public var marks: [Mark]
  public var size: FigureSize

  /// - Parameters:
  ///   - marks: at least one.
  ///   - size: nil gives every name a line of its own.
  public init(title: String, valueLabel: String, marks: [Mark], size: FigureSize? = nil) {
    precondition(
      !marks.isEmpty && marks.allSatisfy { $0.depth >= 1 }, "VolumetricChart: '\(title)' has no marks, or some of depth 0")
    (self.title, self.valueLabel, self.marks) = (title, valueLabel, marks)
    self.size = size ?? FigureSize(width: 760, height: max(480, 160 + 20 * marks.count))
  }

  public var commands: String {
    var text = Script.labels(title: title, size, x: "depth", y: "qubits")
    let (depths, widths) = (marks.map(\.depth), Set(marks.map(\.width)).sorted())
    text += "set logscale x 2\nset format x '%g'\n"
    text += "set xrange [\(Double(depths.min()!) / 1.5):\(Double(depths.max()!) * 2.2)]\n"
    // A row for each width that there is, whatever lies between them.
    let tics = widths.enumerated().map { "'\($1)' \($0)" }.joined(separator: ", ")
    text += "set yrange [-0.6:\(Double(widths.count) - 0.4)]\nset ytics (\(tics))\n"
    text += "set cbrange [0:1]\nset palette defined (0 '#F2F2F2', 0.25 '#C6DBEF', 0.5 '#6AAFD6', 0.75 '#2171B5', 1 '#08306B')\n"
    text += "set rmargin at screen 0.84\nset colorbox user origin screen 0.88, 0.2 size screen 0.025, 0.6\n"
    text += "set cblabel \(Script.quoted(valueLabel))\n"
    let places = heights
    text += Script.data("marks", marks.indices.map { [Double(marks[$0].depth), places[$0], min(1, max(0, marks[$0].value))] })
    for (index, mark) in marks.enumerated() {
      text += "set label \(index + 2) \(Script.quoted(mark.name)) at \(mark.depth), \(places[index]) left offset character 1.6, 0 "
      text += "font ',9.5' textcolor rgb '#555555'\n"
    }
    return text + """
      plot $marks using 1:2 with points pointtype 5 pointsize 1.9 linecolor rgb '#8A8A8A' notitle, \\
        $marks using 1:2:3 with points pointtype 5 pointsize 1.7 linecolor palette notitle

      """
  }

  /// Marks of one width one above the other, so that neither they nor their names meet.
  private var heights: [Double] {
    var result = marks.map { _ in 0.0 }
    for (row, width) in Set(marks.map(\.width)).sorted().enumerated() {
      let own = marks.indices.filter { marks[$0].width == width }.sorted { (marks[$0].depth, $0) < (marks[$1].depth, $1) }
      for (place, index) in own.enumerated() {
        result[index] = Double(row) + (own.count == 1 ? 0 : 0.9 * (Double(place) / Double(own.count - 1) - 0.5))
      }
    }
    return result
  }
}
