/// In how many instructions each symbol occurs, so that none is lost.
struct SymbolLedger {
  private var occurrences: [Angle.Symbol: Int] = [:]
  /// Symbols that would have been lost.
  private(set) var kept: Set<Angle.Symbol> = []

  init(_ instructions: [Instruction]) {
    for instruction in instructions { count(instruction, +1) }
  }

  private mutating func count(_ instruction: Instruction, _ change: Int) {
    // Blocks are made of instructions that are counted one by one.
    if instruction.blocks.isEmpty {
      for symbol in Self.symbols(of: instruction) { occurrences[symbol, default: 0] += change }
    } else {
      for inner in instruction.blocks.joined() { count(inner, change) }
    }
  }

  private static func symbols(of instruction: Instruction) -> Set<Angle.Symbol> {
    Set(instruction.angles.flatMap(\.symbols))
  }

  /// Replaces instructions by others, unless a symbol would be lost.
  ///
  /// - Returns: whether they may be replaced.
  mutating func replace(_ old: [Instruction], by new: Instruction?) -> Bool {
    for instruction in old { count(instruction, -1) }
    if let new { count(new, +1) }
    let lost = old.flatMap(Self.symbols).filter { occurrences[$0] == 0 }
    if lost.isEmpty { return true }
    kept.formUnion(lost)
    for instruction in old { count(instruction, +1) }
    if let new { count(new, -1) }
    return false
  }
}
