/// How often each class was taken for each: rows are the true classes, columns the predicted ones.
///
/// The colour is the share of the row (on the diagonal: the recall), the number in a cell the count.
public struct ConfusionMatrix: Figure {
  public var title: String
  /// The names of the classes.
  public var classes: [String]
  /// `counts[actual][predicted]`.
  public var counts: [[Int]]
  public var size: FigureSize

  /// - Parameters:
  ///   - classes: at least one name.
  ///   - counts: Shape `[classes, classes]`, none negative.
  ///   - size: nil gives every cell enough room for its count.
  public init(title: String, classes: [String], counts: [[Int]], size: FigureSize? = nil) {
    precondition(
      !classes.isEmpty && counts.count == classes.count
        && counts.allSatisfy { $0.count == classes.count && $0.allSatisfy { $0 >= 0 } },
      "ConfusionMatrix: counts of shape \(counts.map(\.count)) for \(classes.count) classes")
    self.title = title
    self.classes = classes
    self.counts = counts
    let side = 190 + 44 * min(classes.count, 24)
    self.size = size ?? FigureSize(width: side + 50, height: side)
  }

  /// The matrix of a list of predictions.
  ///
  /// - Parameters:
  ///   - actual: the true class of each sample, in `0..<classes.count`.
  ///   - predicted: the class that was found, same count.
  public init(title: String, classes: [String], actual: [Int], predicted: [Int]) {
    precondition(actual.count == predicted.count, "ConfusionMatrix: \(actual.count) labels for \(predicted.count) predictions")
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes.count), count: classes.count)
    for (truth, found) in zip(actual, predicted) { counts[truth][found] += 1 }
    self.init(title: title, classes: classes, counts: counts)
  }

  /// The share of samples on the diagonal; nan without samples.
  public var accuracy: Double {
    let right = classes.indices.reduce(0) { $0 + counts[$1][$1] }
    return Double(right) / Double(counts.joined().reduce(0, +))
  }

  public var commands: String {
    let last = Double(classes.count) - 0.5
    let longest = classes.map(\.count).max() ?? 0
    let tics = classes.enumerated().map { "\(Script.quoted($1)) \($0)" }.joined(separator: ", ")
    var text = Script.labels(title: title, size, x: "predicted", y: "actual")
    text += "unset grid\nset border 15\nset tmargin 3\nset tics scale 0 font ',12'\n"
    text += "set xtics (\(tics))\(longest * classes.count > 60 ? " rotate by 40 right" : "")\nset ytics (\(tics))\n"
    text += "set xrange [-0.5:\(last)]\nset yrange [\(last):-0.5]\nset cbrange [0:1]\n"
    text += "set palette defined (0 '#FFFFFF', 0.15 '#DCEBF5', 0.5 '#6AAFD6', 1 '#084A83')\n"
    text += Script.data("cells", cells)
    let font = classes.count > 12 ? 9 : 12
    let color = "(word($4 > 0.55 ? '16777215' : '1710618', 1) + 0)"
    return text + """
      plot $cells using 1:2:4 with image pixels notitle, \\
        $cells using 1:2:(sprintf('%d', $3)):\(color) with labels font ',\(font)' textcolor rgb variable notitle

      """
  }

  /// Column, row, count, share of the row.
  private var cells: [[Double]] {
    counts.enumerated().flatMap { row, values in
      let sum = Double(max(1, values.reduce(0, +)))
      return values.enumerated().map { [Double($0), Double(row), Double($1), Double($1) / sum] }
    }
  }
}
