/// A figure: what is shown, not how.
///
/// A new kind of figure is one value type with the gnuplot commands that draw it; terminal, fonts and colours are given.
public protocol Figure: Sendable {
  /// What the figure shows, in a few words.
  var title: String { get }
  /// Width and height in points of a screen (the PNG has twice as many pixels each way).
  var size: FigureSize { get }
  /// gnuplot commands after terminal and style are set, ending in one `plot`.
  var commands: String { get }
}

/// The size of a figure in points.
public struct FigureSize: Sendable, Hashable {
  /// Points from left to right.
  public var width: Int
  /// Points from top to bottom.
  public var height: Int

  /// - Parameters:
  ///   - width: at least 100.
  ///   - height: at least 100.
  public init(width: Int, height: Int) {
    precondition(width >= 100 && height >= 100, "FigureSize: \(width) x \(height) is below 100 x 100")
    self.width = width
    self.height = height
  }

  /// 640 x 400.
  public static let standard = FigureSize(width: 640, height: 400)
}

/// Colours that people with any colour vision can tell apart.
///
/// Source: Okabe and Ito, Color Universal Design (2008), with the yellow left out (too faint on white).
enum Palette {
  static let colors = ["#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#4D4D4D"]

  static func color(_ index: Int) -> String { colors[index % colors.count] }

  /// The colour mixed with white. - Parameter strength: 0 is white, 1 the colour itself.
  static func tint(_ index: Int, strength: Double) -> String {
    let value = Int(color(index).dropFirst(), radix: 16)!
    let channels = [16, 8, 0].map { shift in
      let full = Double((value >> shift) & 0xFF)
      return Int((255 + (full - 255) * strength).rounded())
    }
    return "#" + channels.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }
}

/// Pieces of gnuplot's language.
enum Script {
  /// A string literal: in single quotes gnuplot interprets nothing.
  static func quoted(_ text: String) -> String {
    let oneLine = String(text.map { $0.isNewline ? " " : $0 })
    return "'" + oneLine.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
  }

  /// A number literal; gnuplot writes a missing one as NaN.
  static func number(_ value: Double) -> String { value.isFinite ? value.description : "NaN" }

  /// A named block of rows of numbers.
  static func data(_ name: String, _ rows: some Sequence<[Double]>) -> String {
    "$\(name) << EOD\n" + rows.map { $0.map(number).joined(separator: " ") + "\n" }.joined() + "EOD\n"
  }

  /// The title, flush left above the plot, and the names of the axes.
  static func labels(title: String, _ size: FigureSize, x: String, y: String) -> String {
    """
    set label 1 \(quoted(title)) at graph 0, screen \(fromTop(22, size)) left font ',17' textcolor rgb '#111111'
    set xlabel \(quoted(x))
    set ylabel \(quoted(y))

    """
  }

  /// The key, where no curve can hide behind it: between title and plot in up to three lines, else in a column beside the plot.
  ///
  /// - Parameter size: of the figure without that column, which `room` adds.
  static func key(_ names: [String], _ size: FigureSize, sample: Double) -> String {
    let rows = keyRows(names, size, sample: sample)
    if rows > mostRows {
      let whole = room(forKey: names, size, sample: sample)
      return """
        set rmargin at screen \(Double(size.width - 24) / Double(whole.width))
        set key at screen \(Double(size.width - 8) / Double(whole.width)), screen \(fromTop(42, whole)) left top vertical Left reverse noenhanced samplen \(sample) maxrows \(names.count)

        """
    }
    // gnuplot overestimates the width of long names, the more the longer.
    let width = (names.map(\.count).max() ?? 0) >= 12 ? -2 : 1
    return """
      set tmargin \(4.2 + 1.3 * Double(rows - 1))
      set key at graph 0, screen \(fromTop(42, size)) left top horizontal Left reverse noenhanced samplen \(sample) width \(width) maxrows \(rows)

      """
  }

  /// How large a figure is with its key.
  static func room(forKey names: [String], _ size: FigureSize, sample: Double) -> FigureSize {
    guard keyRows(names, size, sample: sample) > mostRows else { return size }
    let letters = Double(names.map(\.count).max() ?? 0)
    return FigureSize(
      width: size.width + Int(7.4 * letters + 10 * sample) + 28, height: max(size.height, 18 * names.count + 60))
  }

  private static let mostRows = 3

  /// How many lines a key between title and plot has; its columns are as wide as the longest name.
  private static func keyRows(_ names: [String], _ size: FigureSize, sample: Double) -> Int {
    let room = Double(size.width - 90) / 8.5
    let letters = names.map { Double($0.count) + 4 + sample }
    guard letters.reduce(0, +) > room, let widest = letters.max() else { return 1 }
    let columns = max(1, Int(room / widest))
    return (names.count + columns - 1) / columns
  }

  /// Bars from value - error to value + error, of a block with rows of place, value, error. Drawn as arrows with flat heads:
  /// gnuplot's own error bars blank out the middle.
  ///
  /// - Parameter every: the distance of the points that have one, and the first of them, where curves have many.
  static func errorBars(_ data: String, color: String, every: (step: Int, first: Int) = (1, 0)) -> String {
    "$\(data) every \(every.step)::\(every.first) using 1:($2 - $3):(0):(2 * $3) with vectors heads size graph 0.006, 90 linewidth 1.2 linecolor rgb '\(color)' notitle"
  }

  private static func fromTop(_ points: Double, _ size: FigureSize) -> Double { 1 - points / Double(size.height) }

  /// What all figures share: quiet axes, a faint grid behind the data, the palette.
  static let style = """
    set encoding utf8
    set border 3 linewidth 1 linecolor rgb '#8A8A8A'
    set tics nomirror out scale 0.6 textcolor rgb '#333333'
    set grid xtics ytics back linetype 1 linewidth 0.6 linecolor rgb '#E3E3E3'
    set tmargin 4.2
    set rmargin 3
    set key off
    unset colorbox

    """
}
