/// One pass over a list of instructions: each looks back for a partner to merge with or to cancel.
struct Peephole {
  let rules: Set<OptimizationRule>
  let qubitCount: Int
  var ledger: SymbolLedger
  private(set) var applied: [OptimizationRule: Int] = [:]
  /// The instructions so far; those that went are nil.
  private var slots: [Instruction?] = []
  /// The slots that touch each qubit, ascending.
  private var history: [[Int]]
  /// Where the global phase stands.
  private var phaseSlot: Int?

  /// How many instructions on its qubits an instruction looks back.
  private static let reach = 64

  init(rules: Set<OptimizationRule>, qubitCount: Int, ledger: SymbolLedger) {
    (self.rules, self.qubitCount, self.ledger) = (rules, qubitCount, ledger)
    history = Array(repeating: [], count: qubitCount)
  }

  mutating func run(_ instructions: [Instruction]) -> [Instruction] {
    for instruction in instructions { take(instruction.mappingWholeBlocks { optimizing($0) }) }
    return slots.compactMap { $0 }
  }

  private mutating func optimizing(_ block: [Instruction]) -> [Instruction] {
    var pass = Peephole(rules: rules, qubitCount: qubitCount, ledger: ledger)
    let result = pass.run(block)
    ledger = pass.ledger
    applied.merge(pass.applied, uniquingKeysWith: +)
    return result
  }

  private mutating func take(_ instruction: Instruction) {
    var instruction = instruction
    if rules.contains(.removeIdentities), let phase = instruction.identityPhase {
      if phase == 0, ledger.replace([instruction], by: nil) { return count(.removeIdentities) }
      if phase != 0, instruction.qubits.count > 0, instruction.controls.isEmpty {
        let replacement = Instruction(.gate(.gphase, angles: [Angle(phase)]), targets: [], source: instruction.source)
        if ledger.replace([instruction], by: replacement) {
          count(.removeIdentities)
          instruction = replacement
        }
      }
    }
    if let partner = partner(of: instruction) {
      slots[partner.slot] = partner.result
      return count(partner.rule)
    }
    append(instruction)
  }

  private mutating func count(_ rule: OptimizationRule) { applied[rule, default: 0] += 1 }

  private mutating func append(_ instruction: Instruction) {
    let isBarrier = instruction.kind == .barrier && instruction.targets.isEmpty
    for qubit in isBarrier ? Array(0..<qubitCount) : instruction.qubits { history[qubit].append(slots.count) }
    if instruction.isGlobalPhase { phaseSlot = phaseSlot ?? slots.count }
    slots.append(instruction)
  }

  /// The nearest instruction that this one can join, and what the two become.
  private mutating func partner(
    of instruction: Instruction
  ) -> (slot: Int, result: Instruction?, rule: OptimizationRule)? {
    if instruction.isGlobalPhase {
      guard let phaseSlot, let earlier = slots[phaseSlot] else { return nil }
      return joined(earlier, instruction).map { (phaseSlot, $0.result, $0.rule) }
    }
    guard instruction.isMovable else { return nil }
    // From the latest on backwards over the slots of all its qubits.
    var ends = instruction.qubits.map { (qubit: $0, count: history[$0].count) }
    for _ in 0..<Self.reach {
      guard let slot = ends.compactMap({ $0.count > 0 ? history[$0.qubit][$0.count - 1] : nil }).max() else { return nil }
      for place in ends.indices where ends[place].count > 0 && history[ends[place].qubit][ends[place].count - 1] == slot {
        ends[place].count -= 1
      }
      guard let earlier = slots[slot] else { continue }
      guard earlier.isMovable else { return nil }
      if let joined = joined(earlier, instruction) { return (slot, joined.result, joined.rule) }
      guard rules.contains(.commute), earlier.commutes(with: instruction) else { return nil }
    }
    return nil
  }

  /// What two instructions in a row become, where they join and no symbol is lost.
  private mutating func joined(
    _ first: Instruction, _ second: Instruction
  ) -> (result: Instruction?, rule: OptimizationRule)? {
    if rules.contains(.mergeRotations), let merged = first.merged(with: second), ledger.replace([first, second], by: merged) {
      return (merged, .mergeRotations)
    }
    if rules.contains(.cancelInverses), first.isUndone(by: second), ledger.replace([first, second], by: nil) {
      return (nil, .cancelInverses)
    }
    return nil
  }
}

extension Instruction {
  /// Whether the instruction is a unitary gate, which may change places with others.
  fileprivate var isMovable: Bool {
    switch kind {
    case .gate, .unitary, .diagonal, .permutation, .pauliRotation: true
    case .preparation, .channel, .barrier, .measurement, .reset, .assignment, .conditional, .loop, .snapshot: false
    }
  }

  /// Whether the instruction is a phase of the whole state.
  fileprivate var isGlobalPhase: Bool {
    if case .gate(.gphase, _) = kind { controls.isEmpty } else { false }
  }
}
