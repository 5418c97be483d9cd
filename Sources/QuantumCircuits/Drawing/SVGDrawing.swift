/// A circuit as an SVG file: wires, links and signs of one layout, in rows no wider than the picture.
struct SVGDrawing {
  let layout: CircuitLayout
  /// In pixels.
  let width: Int

  init(_ layout: CircuitLayout, width: Int) { (self.layout, self.width) = (layout, width) }

  // Pixels. A character of the monospaced font at 13 pixels takes 0.602 of its size.
  private static let (fontSize, character) = (13, 7.83)
  private static let (wireDistance, boxHeight, columnGap, margin, blockGap) = (40, 28, 14, 12, 24)

  var text: String {
    let left = Self.margin + Int((Double(layout.wires.map(\.count).max()!) * Self.character).rounded(.up)) + 10
    let room = width - left - Self.margin - 12
    let blocks = layout.blocks(room: room) { Self.width(of: $0) }
    let widest = blocks.map { $0.reduce(0) { $0 + Self.width(of: $1) } }.max()!
    let blockHeight = layout.wires.count * Self.wireDistance
    var body = ""
    for (place, block) in blocks.enumerated() {
      let top = Self.margin + place * (blockHeight + Self.blockGap)
      body += draw(block, left: left, top: top, isLast: place == blocks.count - 1)
    }
    var height = 2 * Self.margin + blocks.count * blockHeight + (blocks.count - 1) * Self.blockGap
    if let phase = layout.globalPhase {
      body += Self.words("global phase: \(phase)", x: Double(Self.margin), y: height + 4, anchor: "start")
      height += 20
    }
    let total = max(left + widest + Self.margin + 12, 120)
    return """
      <svg xmlns="http://www.w3.org/2000/svg" width="\(total)" height="\(height)" viewBox="0 0 \(total) \(height)" \
      font-family="DejaVu Sans Mono, Menlo, Consolas, monospace" font-size="\(Self.fontSize)">
      <rect width="100%" height="100%" fill="white"/>
      <g stroke="black" stroke-width="1.2" fill="none">
      \(body)</g>
      </svg>

      """
  }

  private static func width(of column: CircuitLayout.Column) -> Int {
    column.elements.flatMap(\.signs.values).map(width).max()! + columnGap
  }

  /// How wide a sign is.
  private static func width(of sign: WireSign) -> Int {
    switch sign {
    case .box(let name): max(boxHeight, Int((Double(name.count) * character).rounded(.up)) + 12)
    case .words(let words): Int((Double(words.count) * character).rounded(.up)) + 4
    case .meter: 32
    case .plus, .control, .cross, .barrier, .read, .inside: 18
    }
  }

  /// One row: names, wires, and the elements of its columns.
  private func draw(_ columns: ArraySlice<CircuitLayout.Column>, left: Int, top: Int, isLast: Bool) -> String {
    func y(_ wire: Int) -> Int { top + wire * Self.wireDistance + Self.wireDistance / 2 }
    let right = left + columns.reduce(0) { $0 + Self.width(of: $1) } + 8
    var svg = ""
    for (wire, name) in layout.wires.enumerated() {
      svg += Self.words(name, x: Double(left) - 8, y: y(wire), anchor: "end")
      for offset in wire < layout.qubitCount ? [0] : [-2, 2] {
        svg += Self.line(left, y(wire) + offset, right, y(wire) + offset)
      }
      if !isLast { svg += Self.words("»", x: Double(right) + 4, y: y(wire), anchor: "start") }
    }
    var x = left + 4
    for column in columns {
      let center = x + Self.width(of: column) / 2
      for element in column.elements { svg += draw(element, x: center, y: y) }
      x += Self.width(of: column)
    }
    return svg
  }

  private func draw(_ element: CircuitLayout.Element, x: Int, y: (Int) -> Int) -> String {
    var svg = ""
    let (first, last) = (element.wires.lowerBound, element.wires.upperBound)
    switch element.link {
    case .nothing: break
    case .edge: svg += Self.line(x, y(first), x, y(last), style: #" stroke-dasharray="3 3""#)
    case .line:
      // To a register leads a double line.
      let offsets = first < layout.qubitCount && last >= layout.qubitCount ? [-2, 2] : [0]
      for offset in offsets { svg += Self.line(x + offset, y(first), x + offset, y(last)) }
    }
    for wire in element.wires {
      if let sign = element.signs[wire] { svg += Self.draw(sign, x: x, y: y(wire)) }
    }
    return svg
  }

  private static func draw(_ sign: WireSign, x: Int, y: Int) -> String {
    switch sign {
    case .box(let name): return box(width(of: sign), x, y) + words(name, x: Double(x), y: y, anchor: "middle")
    case .meter:
      return box(32, x, y) + "<path d=\"M\(x - 10) \(y + 6) A 10.5 10.5 0 0 1 \(x + 10) \(y + 6)\"/>\n"
        + line(x, y + 6, x + 7, y - 8)
    case .control(let isOne): return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"4.5\" fill=\"\(isOne ? "black" : "white")\"/>\n"
    case .plus:
      return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"9\" fill=\"white\"/>\n" + line(x - 9, y, x + 9, y) + line(x, y - 9, x, y + 9)
    case .cross: return line(x - 6, y - 6, x + 6, y + 6) + line(x - 6, y + 6, x + 6, y - 6)
    case .barrier:
      let half = wireDistance / 2
      return "<rect x=\"\(x - 5)\" y=\"\(y - half)\" width=\"10\" height=\"\(wireDistance)\" fill=\"#ddd\" stroke=\"none\"/>\n"
        + line(x, y - half, x, y + half, style: #" stroke-dasharray="4 4""#)
    case .words(let text):
      let width = width(of: sign)
      return "<rect x=\"\(x - width / 2)\" y=\"\(y - 9)\" width=\"\(width)\" height=\"18\" fill=\"white\" stroke=\"none\"/>\n"
        + words(text, x: Double(x), y: y, anchor: "middle")
    case .read: return "<rect x=\"\(x - 4)\" y=\"\(y - 4)\" width=\"8\" height=\"8\" fill=\"black\"/>\n"
    case .inside: return "<circle cx=\"\(x)\" cy=\"\(y)\" r=\"2.5\" fill=\"white\"/>\n"
    }
  }

  private static func box(_ width: Int, _ x: Int, _ y: Int) -> String {
    "<rect x=\"\(x - width / 2)\" y=\"\(y - boxHeight / 2)\" width=\"\(width)\" height=\"\(boxHeight)\" fill=\"white\"/>\n"
  }

  private static func line(_ x1: Int, _ y1: Int, _ x2: Int, _ y2: Int, style: String = "") -> String {
    "<line x1=\"\(x1)\" y1=\"\(y1)\" x2=\"\(x2)\" y2=\"\(y2)\"\(style)/>\n"
  }

  private static func words(_ text: String, x: Double, y: Int, anchor: String) -> String {
    let escaped = text.map { ["&": "&amp;", "<": "&lt;", ">": "&gt;"][$0] ?? String($0) }.joined()
    return "<text x=\"\(x)\" y=\"\(Double(y) + 4.5)\" text-anchor=\"\(anchor)\" fill=\"black\" stroke=\"none\">\(escaped)</text>\n"
  }
}
