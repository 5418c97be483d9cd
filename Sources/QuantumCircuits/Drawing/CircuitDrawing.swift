import QuantumStates

extension Circuit {
  /// The circuit drawn with box characters, qubit 0 on top, time from left to right.
  ///
  /// Gates stand as far left as the gates before them allow. A drawing wider than `width` columns goes on in further blocks, marked by
  /// `»` where a line breaks. Controls are ● on 1 and ○ on 0; a line that passes a qubit without touching it is drawn as ┼.
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

  /// `q0: `, `q1: `, ... padded to one width.
  private var wirePrefixes: [String] {
    let digits = String(qubitCount - 1).count
    return (0..<qubitCount).map { qubit in
      let name = "q\(qubit)"
      return String(repeating: " ", count: digits + 1 - name.count) + name + ": "
    }
  }

  /// The lines of one block.
  private func draw(_ columns: [DrawingColumn], prefixes: [String], isLast: Bool) -> String {
    var lines: [String] = []
    for qubit in 0..<qubitCount {
      let wire = columns.map { centered($0.sign(on: qubit), width: $0.width, filler: "─") }.joined(separator: "─")
      lines.append(prefixes[qubit] + "─" + wire + "─" + (isLast ? "" : "»"))
      guard qubit + 1 < qubitCount else { break }
      let margin = String(repeating: " ", count: prefixes[qubit].count + 1)
      let links = columns.map { centered($0.links.contains(qubit) ? "│" : " ", width: $0.width, filler: " ") }
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
    let phases = instructions.filter { $0.qubits.isEmpty && $0.kind != .barrier }.flatMap(\.angles)
    return phases.isEmpty ? [] : ["global phase: \(phases.reduce(.zero, +).text(digits: 4))"]
  }

  /// The instructions packed into columns, each as far left as its qubits and the wires that it crosses are free.
  private var drawingColumns: [DrawingColumn] {
    var columns: [DrawingColumn] = []
    var free = Array(repeating: 0, count: qubitCount)
    for instruction in instructions {
      let labels = DrawingLabels(instruction, allQubits: 0..<qubitCount).labels
      guard let top = labels.keys.min(), let bottom = labels.keys.max() else { continue }
      let place = free[top...bottom].max()!
      if place == columns.count { columns.append(DrawingColumn()) }
      columns[place].add(labels, top: top, bottom: bottom, isLinked: instruction.kind != .barrier)
      for qubit in top...bottom { free[qubit] = place + 1 }
    }
    return columns
  }
}

/// Instructions that stand above one another.
private struct DrawingColumn {
  /// What stands on the wires.
  private var signs: [Int: String] = [:]
  /// The qubits below which a vertical line runs.
  private(set) var links: Set<Int> = []
  private(set) var width = 1

  mutating func add(_ labels: [Int: DrawingLabels.Label], top: Int, bottom: Int, isLinked: Bool) {
    for qubit in top...bottom {
      signs[qubit] = labels[qubit]?.drawn ?? (isLinked ? "┼" : "─")
      if isLinked && qubit < bottom { links.insert(qubit) }
    }
    width = max(width, labels.values.map(\.drawn.count).max() ?? 1)
  }

  func sign(on qubit: Int) -> String { signs[qubit] ?? "─" }
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
