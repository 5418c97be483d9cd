import QuantumStates

/// What a drawing shows of one instruction: a text on each of its qubits.
struct DrawingLabels {
  /// The text on a qubit: boxed names, or a bare sign such as ● that sits on the wire.
  struct Label {
    var text: String
    var isBoxed: Bool

    /// The text as it is drawn.
    var drawn: String { isBoxed ? "┤\(text)├" : text }
  }

  var labels: [Int: Label] = [:]

  /// Signs that sit on the wire without a box.
  private static let bareSigns: Set<String> = ["⊕", "●", "○", "×", "░"]

  init(_ instruction: Instruction, allQubits: Range<Int>) {
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
      let qubits = instruction.targets.isEmpty ? Array(allQubits) : instruction.targets
      add(qubits.map { _ in "░" }, to: qubits, angles: "")
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
