import QuantumStates

extension Circuit {
  /// The circuit drawn with box characters, qubit 0 on top, time from left to right.
  ///
  /// Gates stand as far left as the gates before them allow. A drawing wider than `width` columns goes on in further blocks, marked by
  /// `»` where a line breaks. Controls are ● on 1 and ○ on 0; a line that passes a qubit without touching it is drawn as ┼.
  /// Registers of classical bits are double lines below the qubits: a measurement leads to the number of its bit there, and blocks
  /// stand between `if`, `else`, `while` and `end`, which lead to the registers of the condition.
  ///
  /// ```
  /// q0: ─┤H├─●─
  ///          │
  /// q1: ─────⊕─
  /// ```
  public func drawing(width: Int = 100) -> String {
    let prefixes = wirePrefixes
    let columns = drawingColumns
    var blocks: [[DrawingColumn]] = [[]]
    var used = 0
    for column in columns {
      let room = width - prefixes[0].count - 3
      if used > 0, used + column.width + 1 > room {
        blocks.append([])
        used = 0
      }
      blocks[blocks.count - 1].append(column)
      used += column.width + 1
    }
    let texts = blocks.enumerated().map { index, block in
      draw(block, prefixes: prefixes, isLast: index == blocks.count - 1)
    }
    return (texts + globalPhaseLine).joined(separator: "\n\n")
  }

  /// `q0: `, `q1: `, ..., then the names of the registers, padded to one width.
  private var wirePrefixes: [String] {
    let names = (0..<qubitCount).map { "q\($0)" } + registers.map(\.name)
    let width = names.map(\.count).max()!
    return names.map { String(repeating: " ", count: width - $0.count) + $0 + ": " }
  }

  /// The lines of one block.
  private func draw(_ columns: [DrawingColumn], prefixes: [String], isLast: Bool) -> String {
    var lines: [String] = []
    for wire in prefixes.indices {
      let line: Character = wire < qubitCount ? "─" : "═"
      let signs = columns.map { centered($0.sign(on: wire) ?? String(line), width: $0.width, filler: line) }
      lines.append(prefixes[wire] + "\(line)" + signs.joined(separator: String(line)) + "\(line)" + (isLast ? "" : "»"))
      guard wire + 1 < prefixes.count else { break }
      let margin = String(repeating: " ", count: prefixes[wire].count + 1)
      let links = columns.map { centered($0.links.contains(wire) ? "│" : " ", width: $0.width, filler: " ") }
      lines.append((margin + links.joined(separator: " ")).trimmedAtEnd)
    }
    return lines.joined(separator: "\n")
  }

  private func centered(_ text: String, width: Int, filler: Character) -> String {
    let space = width - text.count
    return String(repeating: filler, count: space / 2) + text + String(repeating: filler, count: space - space / 2)
  }

  /// Phases that touch no qubit, gathered in a line of their own.
  private var globalPhaseLine: [String] {
    let phases = instructions.filter { $0.qubits.isEmpty && $0.blocks.isEmpty }.flatMap(\.angles)
    return phases.isEmpty ? [] : ["global phase: \(phases.reduce(.zero, +).text(digits: 4))"]
  }

  /// The instructions packed into columns, each as far left as its wires and those that it crosses are free.
  private var drawingColumns: [DrawingColumn] {
    var columns: [DrawingColumn] = []
    var free = Array(repeating: 0, count: qubitCount + registers.count)
    forEachDrawn(instructions) { labels, isLinked in
      guard let top = labels.keys.min(), let bottom = labels.keys.max() else { return }
      let place = free[top...bottom].max()!
      if place == columns.count { columns.append(DrawingColumn()) }
      columns[place].add(labels, top: top, bottom: bottom, firstRegister: qubitCount, isLinked: isLinked)
      for wire in top...bottom { free[wire] = place + 1 }
    }
    return columns
  }
}

/// Instructions that stand above one another.
private struct DrawingColumn {
  /// What stands on the wires.
  private var signs: [Int: String] = [:]
  /// The wires below which a vertical line runs.
  private(set) var links: Set<Int> = []
  private(set) var width = 1

  mutating func add(
    _ labels: [Int: DrawingLabels.Label], top: Int, bottom: Int, firstRegister: Int, isLinked: Bool
  ) {
    for wire in top...bottom {
      signs[wire] = labels[wire]?.drawn ?? (isLinked ? (wire < firstRegister ? "┼" : "╪") : nil)
      if isLinked && wire < bottom { links.insert(wire) }
    }
    width = max(width, labels.values.map(\.drawn.count).max() ?? 1)
  }

  func sign(on wire: Int) -> String? { signs[wire] }
}

extension String {
  fileprivate var trimmedAtEnd: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}

extension Circuit: CustomStringConvertible {
  /// The drawing, at most 100 columns wide where gates allow.
  public var description: String { drawing() }
}
