import QuantumStates

/// What a drawing shows of one instruction: a text on each of its wires.
///
/// Wires are the qubits and, below them, the registers of classical bits.
struct DrawingLabels {
  /// The text on a wire: boxed names, or a bare sign such as ● that sits on the wire.
  struct Label {
    var text: String
    var isBoxed: Bool

    /// The text as it is drawn.
    var drawn: String { isBoxed ? "┤\(text)├" : text }
  }

  var labels: [Int: Label] = [:]

  /// Signs that sit on the wire without a box.
  private static let bareSigns: Set<String> = ["⊕", "●", "○", "×", "░"]

  init(_ instruction: Instruction, in circuit: Circuit) {
    for control in instruction.controls { labels[control.qubit] = Label(text: control.isOne ? "●" : "○", isBoxed: false) }
    let angles = instruction.angles.map { $0.text(digits: 4).filter { $0 != " " } }
    let list = angles.isEmpty ? "" : "(\(angles.joined(separator: ",")))"
    switch instruction.kind {
    case .gate(let gate, _):
      add(gate.row.symbols, to: instruction.targets, angles: list)
      if instruction.targets.isEmpty, let last = instruction.controls.last {
        // A phase that sits on no target is a phase of its controls.
        labels[last.qubit] = Label(text: Self.shortened("P\(last.isOne ? "" : "○")\(list)"), isBoxed: true)
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
      add(qubits.map { _ in "░" }, to: qubits, angles: "")
    case .measurement(let bits):
      add(instruction.targets.map { _ in "M" }, to: instruction.targets, angles: "")
      addBits(bits, in: circuit) { $0 }
    case .reset: add(instruction.targets.map { _ in "|0⟩" }, to: instruction.targets, angles: "")
    case .assignment(let bits, let value):
      let text = value.text(registers: circuit.registers)
      for register in circuit.registers.indices where value.usedBits.contains(where: circuit.registers[register].bits.contains) {
        labels[circuit.qubitCount + register] = Label(text: "■", isBoxed: false)
      }
      addBits(bits, in: circuit) { "\($0)=\(text)" }
    case .snapshot(let snapshot):
      let qubits = instruction.targets.isEmpty ? [0] : instruction.targets
      add(qubits.map { _ in "◉ \(snapshot.label)" }, to: qubits, angles: "")
    case .conditional(let condition, _, _): addMarker("if", condition, of: instruction, in: circuit)
    case .loop(let condition, _, _): addMarker("while", condition, of: instruction, in: circuit)
    }
  }

  /// Where a block goes on or ends.
  init(marker: String, of instruction: Instruction) {
    for (place, qubit) in instruction.qubits.enumerated() {
      labels[qubit] = place == 0 ? Label(text: marker, isBoxed: true) : Label(text: "┊", isBoxed: false)
    }
  }

  /// Where a block begins: the condition on the first of its wires, a sign on the others and on the registers that it reads.
  private mutating func addMarker(_ word: String, _ condition: ClassicalExpression, of block: Instruction, in circuit: Circuit) {
    let read = circuit.registers.indices.filter { register in
      condition.usedBits.contains { circuit.registers[register].bits.contains($0) }
    }
    let wires = block.qubits + read.map { circuit.qubitCount + $0 }
    for (place, wire) in wires.enumerated() {
      let sign = Label(text: wire < circuit.qubitCount ? "┊" : "■", isBoxed: false)
      let text = "\(word) \(condition.text(registers: circuit.registers))"
      labels[wire] = place == 0 ? Label(text: Self.shortened(text), isBoxed: true) : sign
    }
  }

  /// The numbers of bits on the wires of their registers.
  private mutating func addBits(_ bits: [Int], in circuit: Circuit, text: (String) -> String) {
    for (place, register) in circuit.registers.enumerated() {
      let own = bits.filter(register.bits.contains).map { $0 - register.bits.lowerBound }
      if own.isEmpty { continue }
      let list = own.count == register.size && own.count > 1 ? register.name : own.map { "\($0)" }.joined(separator: ",")
      labels[circuit.qubitCount + place] = Label(text: Self.shortened(text(list)), isBoxed: false)
    }
  }

  /// One symbol a target; the angles stand with the first.
  private mutating func add(_ symbols: [String], to targets: [Int], angles: String) {
    for (place, target) in targets.enumerated() {
      let text = Self.shortened(symbols[place] + (place == 0 ? angles : ""))
      labels[target] = Label(text: text, isBoxed: !Self.bareSigns.contains(text))
    }
  }

  /// The name with the place of each target, where there is more than one.
  private mutating func addNumbered(_ name: String, to targets: [Int]) {
    add(targets.indices.map { targets.count == 1 ? name : "\(name):\($0)" }, to: targets, angles: "")
  }

  /// The text cut to a width that leaves room for other gates.
  private static func shortened(_ text: String) -> String { text.count <= 24 ? text : text.prefix(23) + "…" }
}
