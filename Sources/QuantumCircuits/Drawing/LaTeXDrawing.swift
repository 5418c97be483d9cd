/// A circuit in the language of the TikZ library quantikz2, one environment for each row.
///
/// Source: Kay, "Tutorial on the Quantikz package", 2018, version 1.0.
struct LaTeXDrawing {
  let layout: CircuitLayout
  /// In characters of the text drawing.
  let width: Int

  init(_ layout: CircuitLayout, width: Int) { (self.layout, self.width) = (layout, width) }

  var text: String {
    let blocks = layout.blocks(room: width - layout.wires.map(\.count).max()! - 5) { $0.characters + 1 }
    let phase = layout.globalPhase.map { ["global phase: \(Self.escaped($0))"] } ?? []
    return (blocks.map(environment) + phase).joined(separator: "\n\n") + "\n"
  }

  private func environment(_ columns: ArraySlice<CircuitLayout.Column>) -> String {
    let rows = layout.wires.indices.map { wire in
      let start = "\\lstick{\(Self.words(layout.wires[wire]))}" + (wire < layout.qubitCount ? "" : " \\setwiretype{c}")
      let cells = columns.map { cell($0.element(on: wire), wire) }
      return "  " + ([start] + cells + [""]).joined(separator: " & ")
    }
    return "\\begin{quantikz}\n" + rows.joined(separator: " \\\\\n") + "\n\\end{quantikz}"
  }

  /// What stands in a column of a wire; the uppermost wire of an element carries its vertical line.
  private func cell(_ element: CircuitLayout.Element?, _ wire: Int) -> String {
    guard let element else { return "" }
    let sign = element.signs[wire].map(Self.command) ?? ""
    let (top, bottom) = (element.wires.lowerBound, element.wires.upperBound)
    guard wire == top, bottom > top, element.link != .nothing else { return sign }
    let isClassical = element.link == .line && top < layout.qubitCount && bottom >= layout.qubitCount
    let style = element.link == .edge ? "[style={dashed}]" : ""
    return sign + "\\wire[d][\(bottom - top)]\(style){\(isClassical ? "c" : "q")}"
  }

  private static func command(_ sign: WireSign) -> String {
    switch sign {
    case .box(let name): "\\gate{\(words(name))}"
    case .meter: "\\meter{}"
    case .control(let isOne): isOne ? "\\control{}" : "\\ocontrol{}"
    case .plus: "\\targ{}"
    case .cross: "\\targX{}"
    case .barrier: "\\gate[style={draw=none,fill=black!12,inner xsep=0pt}]{\\phantom{x}}"
    case .words(let text): "\\gate[style={draw=none,inner sep=1pt}]{\(words(text))}"
    case .read: "\\control{}"
    case .inside: "\\ocontrol{}"
    }
  }

  /// Upright text in what may be mathematics.
  private static func words(_ text: String) -> String { "\\text{\(escaped(text))}" }

  /// The text with what LaTeX reads as commands spelled out.
  private static func escaped(_ text: String) -> String { text.map { replacements[$0] ?? String($0) }.joined() }

  private static let replacements: [Character: String] = [
    "π": "$\\pi$", "√": "$\\surd$", "†": "$^\\dagger$", "²": "$^2$", "×": "$\\times$", "○": "$\\circ$", "●": "$\\bullet$",
    "◉": "$\\odot$", "⟩": "$\\rangle$", "…": "$\\dots$", "|": "$|$", "*": "$\\cdot$", "-": "$-$", "+": "$+$", "<": "$<$",
    ">": "$>$", "_": "\\_", "#": "\\#", "$": "\\$", "%": "\\%", "&": "\\&", "{": "\\{", "}": "\\}", "~": "\\textasciitilde{}",
    "^": "\\textasciicircum{}", "\\": "\\textbackslash{}",
  ]
}
