/// Small images side by side, each with a caption: samples, mistakes, filters.
public struct ImageGrid: Figure {
  /// One image.
  public struct Item: Sendable, Hashable {
    /// Brightness in 0...1, row by row from the top; one value a pixel for grey, three (red, green, blue) for colour.
    public var pixels: [Double]
    /// Pixels in a row.
    public var width: Int
    /// A few words above the image.
    public var caption: String
    /// True for an image that deserves a second look, such as a mistake: its caption is coloured.
    public var isHighlighted: Bool

    /// - Parameter pixels: a multiple of `width`.
    public init(pixels: [Double], width: Int, caption: String = "", isHighlighted: Bool = false) {
      precondition(
        width > 0 && !pixels.isEmpty && pixels.count % width == 0, "ImageGrid: \(pixels.count) pixels in rows of \(width)")
      self.pixels = pixels
      self.width = width
      self.caption = caption
      self.isHighlighted = isHighlighted
    }
  }

  public var title: String
  /// The images, row by row.
  public var items: [Item]
  /// Images in a row.
  public var columns: Int
  /// Pixels of an image in each direction, and values a pixel (1 or 3).
  private let width, height, channels: Int

  /// - Parameters:
  ///   - items: at least one, all of the same shape.
  ///   - hasColor: true when each pixel has three values.
  public init(title: String, items: [Item], columns: Int = 8, hasColor: Bool = false) {
    precondition(!items.isEmpty && columns > 0, "ImageGrid: '\(title)' has \(items.count) images in \(columns) columns")
    let first = items[0]
    channels = hasColor ? 3 : 1
    width = first.width
    height = first.pixels.count / (first.width * channels)
    precondition(
      items.allSatisfy { $0.width == first.width && $0.pixels.count == first.pixels.count }
        && first.pixels.count == width * height * channels,
      "ImageGrid: '\(title)' has images of different shapes or of no whole rows")
    self.title = title
    self.items = items
    self.columns = min(columns, items.count)
  }

  private var rows: Int { (items.count + columns - 1) / columns }
  /// Points of the screen for a pixel of an image: images are 84 points wide.
  private var scale: Double { 84 / Double(width) }
  /// An image, its gap and its caption (6.3 points a letter), in pixels of the image.
  private var columnStep: Double { max(96, 10 + 6.3 * Double(items.map(\.caption.count).max() ?? 0)) / scale }
  private var rowStep: Double { Double(height) + Double(width) * 0.3 }

  public var size: FigureSize {
    FigureSize(
      width: max(320, Int(columnStep * scale) * columns + 16), height: max(120, Int(rowStep * scale) * rows + 44))
  }

  public var commands: String {
    var text = Script.labels(title: title, size, x: "", y: "")
    text += "unset grid\nunset border\nunset tics\nset lmargin 1\nset rmargin 1\nset bmargin 0.5\nset tmargin 2.4\n"
    text += "set xrange [0:\(columnStep * Double(columns))]\nset yrange [\(rowStep * Double(rows)):0]\nset size ratio -1\n"
    var plots: [String] = []
    for (index, item) in items.enumerated() {
      let left = Double(index % columns) * columnStep + (columnStep - Double(width)) / 2
      let top = Double(index / columns) * rowStep + Double(width) * 0.26
      text += Script.data("image\(index)", pixels(of: item, left: left, top: top))
      plots.append("$image\(index) using 1:2:3:4:5 with rgbimage notitle")
      let color = item.isHighlighted ? Palette.color(1) : "#333333"
      text += "set label \(index + 2) \(Script.quoted(item.caption)) at \(left + Double(width) / 2), \(top) center "
      text += "offset 0, character 0.6 font ',10.5' textcolor rgb '\(color)'\n"
    }
    return text + "plot " + plots.joined(separator: ", \\\n  ") + "\n"
  }

  private func pixels(of item: Item, left: Double, top: Double) -> [[Double]] {
    (0..<(width * height)).map { pixel in
      let values = (0..<channels).map { (min(1, max(0, item.pixels[pixel * channels + $0])) * 255).rounded() }
      return [left + Double(pixel % width) + 0.5, top + Double(pixel / width) + 0.5]
        + (channels == 3 ? values : [values[0], values[0], values[0]])
    }
  }
}
