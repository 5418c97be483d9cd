/// A circuit in box characters.
struct TextDrawing {
  let layout: CircuitLayout
  let width: Int

  init(_ layout: CircuitLayout, width: Int) { (self.layout, self.width) = (layout, width) }

  var text: String {
    let prefixes = prefixes
    let blocks = layout.blocks(room: width - prefixes[0].count - 3) { $0.characters + 1 }
    let drawn = blocks.enumerated().map { draw($1, prefixes: prefixes, isLast: $0 == blocks.count - 1) }
    return (drawn + (layout.globalPhase.map { ["global phase: \($0)"] } ?? [])).joined(separator: "\n\n")
  }

  /// The names of the wires, padded to one width.
  private var prefixes: [String] {
    let width = layout.wires.map(\.count).max()!
    return layout.wires.map { String(repeating: " ", count: width - $0.count) + $0 + ": " }
  }

  /// The lines of one block.
  private func draw(_ columns: ArraySlice<CircuitLayout.Column>, prefixes: [String], isLast: Bool) -> String {
    var lines: [String] = []
    for wire in prefixes.indices {
      let isQubit = wire < layout.qubitCount
      let line: Character = isQubit ? "─" : "═"
      let signs = columns.map { column in
        let element = column.element(on: wire)
        let crossing = element.map { $0.link == .nothing ? nil : isQubit ? "┼" : "╪" } ?? nil
        return centered(element?.signs[wire]?.text ?? crossing ?? String(line), column.characters, filler: line)
      }
      lines.append(prefixes[wire] + "\(line)" + signs.joined(separator: String(line)) + "\(line)" + (isLast ? "" : "»"))
      guard wire + 1 < prefixes.count else { break }
      let margin = String(repeating: " ", count: prefixes[wire].count + 1)
      let links = columns.map { column in
        let isLinked = column.element(on: wire).map { $0.link != .nothing && wire < $0.wires.upperBound } ?? false
        return centered(isLinked ? "│" : " ", column.characters, filler: " ")
      }
      lines.append((margin + links.joined(separator: " ")).trimmedAtEnd)
    }
    return lines.joined(separator: "\n")
  }

  private func centered(_ text: String, _ width: Int, filler: Character) -> String {
    let space = width - text.count
    return String(repeating: filler, count: space / 2) + text + String(repeating: filler, count: space - space / 2)
  }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
