extension Circuit {
  /// Calls `body` with the labels of everything that is drawn, the instructions of blocks between markers, and whether a line links them.
  func forEachDrawn(_ instructions: [Instruction], _ body: (_ labels: [Int: DrawingLabels.Label], _ isLinked: Bool) -> Void) {
    for instruction in instructions {
      body(DrawingLabels(instruction, in: self).labels, instruction.isLinked)
      for (place, block) in instruction.blocks.enumerated() where place == 0 || !block.isEmpty {
        if place > 0 { body(DrawingLabels(marker: "else", of: instruction).labels, true) }
        forEachDrawn(block, body)
      }
      if !instruction.blocks.isEmpty { body(DrawingLabels(marker: "end", of: instruction).labels, true) }
    }
  }
}

extension Instruction {
  /// Whether a line joins the wires of the instruction in a drawing.
  fileprivate var isLinked: Bool {
    switch kind {
    case .barrier, .reset: false
    default: true
    }
  }
}
