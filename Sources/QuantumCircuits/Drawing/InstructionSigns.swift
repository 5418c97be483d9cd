import QuantumStates

/// What a drawing shows of one instruction: a sign on each of its wires.
///
/// Wires are the qubits and, below them, the registers of classical bits.
struct InstructionSigns {
  var signs: [Int: WireSign] = [:]
  private let circuit: Circuit
  private let names: DrawingNames

  init(_ instruction: Instruction, in circuit: Circuit, names: DrawingNames) {
    (self.circuit, self.names) = (circuit, names)
    for control in instruction.controls { signs[control.qubit] = .control(isOne: control.isOne) }
    let angles = instruction.angles.map { $0.text(digits: 4, names: names).filter { $0 != " " } }
    let list = angles.isEmpty ? "" : "(\(angles.joined(separator: ",")))"
    switch instruction.kind {
    case .gate(let gate, _):
      add(gate.row.symbols, to: instruction.targets, angles: list)
      if instruction.targets.isEmpty, let last = instruction.controls.last {
        // A phase that sits on no target is a phase of its controls.
        signs[last.qubit] = .box("P\(last.isOne ? "" : "○")\(list)".shortened)
      }
    case .unitary: addNumbered("Unitary", to: instruction.targets)
    case .diagonal: addNumbered("Diagonal", to: instruction.targets)
    case .permutation: addNumbered("Permutation", to: instruction.targets)
    case .channel(let channel): addNumbered("\(channel.name)\(list)", to: instruction.targets)
    case .preparation: addNumbered("State", to: instruction.targets)
    case .pauliRotation(let word, _):
      add(instruction.targets.indices.map { "R:\(word[$0]?.rawValue ?? "I")" }, to: instruction.targets, angles: list)
    case .barrier:
      let qubits = instruction.targets.isEmpty ? Array(0..<circuit.qubitCount) : instruction.targets
      for qubit in qubits { signs[qubit] = .barrier }
    case .measurement(let bits):
      for target in instruction.targets { signs[target] = .meter }
      addBits(bits) { $0 }
    case .reset: add(instruction.targets.map { _ in "|0⟩" }, to: instruction.targets, angles: "")
    case .assignment(let bits, let value):
      let text = value.text(registers: circuit.registers)
      for register in circuit.registers.indices where value.usedBits.contains(where: circuit.registers[register].bits.contains) {
        signs[circuit.qubitCount + register] = .read
      }
      addBits(bits) { "\($0)=\(text)" }
    case .snapshot(let snapshot):
      let qubits = instruction.targets.isEmpty ? [0] : instruction.targets
      add(qubits.map { _ in "◉ \(snapshot.label)" }, to: qubits, angles: "")
    case .conditional(let condition, _, _): addMarker("if", condition, of: instruction)
    case .loop(let condition, _, _): addMarker("while", condition, of: instruction)
    }
  }

  /// The signs where a block goes on or ends.
  static func marker(_ word: String, of instruction: Instruction, in circuit: Circuit) -> [Int: WireSign] {
    let wires = wires(of: instruction, in: circuit)
    return Dictionary(uniqueKeysWithValues: wires.map { ($0, $0 == wires.first ? .box(word) : .inside) })
  }

  /// The wires of a block: its qubits, and the registers that its condition and its instructions read or write.
  private static func wires(of block: Instruction, in circuit: Circuit) -> [Int] {
    let bits = block.allBits
    return block.qubits
      + circuit.registers.indices.filter { !bits.isDisjoint(with: circuit.registers[$0].bits) }.map { circuit.qubitCount + $0 }
  }

  /// Where a block begins: the condition on the first of its wires, a sign on the others and on the registers that it reads.
  private mutating func addMarker(_ word: String, _ condition: ClassicalExpression, of block: Instruction) {
    let text = "\(word) \(condition.text(registers: circuit.registers))"
    for (place, wire) in Self.wires(of: block, in: circuit).enumerated() {
      let isRead =
        wire >= circuit.qubitCount
        && condition.usedBits.contains(where: circuit.registers[wire - circuit.qubitCount].bits.contains)
      signs[wire] = place == 0 ? .box(text.shortened) : isRead ? .read : .inside
    }
  }

  /// The numbers of bits on the wires of their registers.
  private mutating func addBits(_ bits: [Int], text: (String) -> String) {
    for (place, register) in circuit.registers.enumerated() {
      let own = bits.filter(register.bits.contains).map { $0 - register.bits.lowerBound }
      if own.isEmpty { continue }
      let list = own.count == register.size && own.count > 1 ? register.name : own.map { "\($0)" }.joined(separator: ",")
      signs[circuit.qubitCount + place] = .words(text(list).shortened)
    }
  }

  /// One symbol a target; the angles stand with the first.
  private mutating func add(_ symbols: [String], to targets: [Int], angles: String) {
    for (place, target) in targets.enumerated() {
      signs[target] = WireSign(symbol: symbols[place], angles: place == 0 ? angles : "")
    }
  }

  /// The name with the place of each target, where there is more than one.
  private mutating func addNumbered(_ name: String, to targets: [Int]) {
    add(targets.indices.map { targets.count == 1 ? name : "\(name):\($0)" }, to: targets, angles: "")
  }
}
