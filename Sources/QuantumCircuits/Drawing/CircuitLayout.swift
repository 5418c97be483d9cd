/// Where everything of a circuit stands in a drawing: columns of signs on wires. Text, SVG and LaTeX are drawn from it.
///
/// Wires are the qubits from above, then the registers of classical bits. Gates stand as far left as the gates before them allow.
struct CircuitLayout {
  /// The names of all wires.
  let wires: [String]
  let qubitCount: Int
  private(set) var columns: [Column] = []
  /// The sum of the phases that touch no qubit; nil where there are none.
  let globalPhase: String?

  /// Elements above one another.
  struct Column {
    fileprivate(set) var elements: [Element] = []
  }

  /// The signs of one instruction, or of a marker where a block begins, goes on or ends.
  struct Element {
    let signs: [Int: WireSign]
    /// From the uppermost sign to the lowest.
    let wires: ClosedRange<Int>
    let link: Link
  }

  /// What joins the signs of an element.
  enum Link {
    case nothing, line
    /// The edge of a block.
    case edge
  }

  init(_ circuit: Circuit, names: DrawingNames) {
    qubitCount = circuit.qubitCount
    wires = (0..<circuit.qubitCount).map(names.qubit) + circuit.registers.map(\.name)
    let phases = circuit.instructions.filter { $0.qubits.isEmpty && $0.blocks.isEmpty }.flatMap(\.angles)
    globalPhase = phases.isEmpty ? nil : phases.reduce(.zero, +).text(digits: 4, names: names)
    var free = Array(repeating: 0, count: wires.count)
    add(circuit.instructions, of: circuit, names, &free)
  }

  /// Adds instructions, those of blocks between markers.
  private mutating func add(_ instructions: [Instruction], of circuit: Circuit, _ names: DrawingNames, _ free: inout [Int]) {
    for instruction in instructions {
      let signs = InstructionSigns(instruction, in: circuit, names: names).signs
      let blocks = instruction.blocks
      add(signs, blocks.isEmpty ? (instruction.isJoined ? .line : .nothing) : .edge, &free)
      for (place, block) in blocks.enumerated() where place == 0 || !block.isEmpty {
        if place > 0 { add(InstructionSigns.marker("else", of: instruction, in: circuit), .edge, &free) }
        add(block, of: circuit, names, &free)
      }
      if !blocks.isEmpty { add(InstructionSigns.marker("end", of: instruction, in: circuit), .edge, &free) }
    }
  }

  /// Puts an element into the first column where its wires and those that it crosses are free.
  private mutating func add(_ signs: [Int: WireSign], _ link: Link, _ free: inout [Int]) {
    guard let top = signs.keys.min(), let bottom = signs.keys.max() else { return }
    let place = free[top...bottom].max()!
    if place == columns.count { columns.append(Column()) }
    columns[place].elements.append(Element(signs: signs, wires: top...bottom, link: link))
    for wire in top...bottom { free[wire] = place + 1 }
  }

  /// The columns cut into blocks no wider than the room, at least one column in each.
  func blocks(room: Int, width: (Column) -> Int) -> [ArraySlice<Column>] {
    var blocks: [ArraySlice<Column>] = []
    var (start, used) = (0, 0)
    for (place, column) in columns.enumerated() {
      let width = width(column)
      if place > start, used + width > room {
        blocks.append(columns[start..<place])
        (start, used) = (place, 0)
      }
      used += width
    }
    return blocks + [columns[start...]]
  }
}

extension CircuitLayout.Column {
  /// How many characters the widest sign takes.
  var characters: Int { elements.flatMap(\.signs.values).map(\.text.count).max() ?? 1 }

  /// The element that stands on a wire or crosses it.
  func element(on wire: Int) -> CircuitLayout.Element? { elements.first { $0.wires.contains(wire) } }
}

extension Instruction {
  /// Whether a line joins the wires of the instruction in a drawing.
  fileprivate var isJoined: Bool {
    switch kind {
    case .barrier, .reset: false
    default: true
    }
  }
}
