import QuantumStates

extension Instruction {
  /// The word of the circuit language, without qubits and angles.
  public var name: String {
    switch kind {
    case .gate(let gate, _): gate.row.word
    case .unitary: "Unitary"
    case .diagonal: "Diagonal"
    case .permutation: "Permutation"
    case .pauliRotation: "PauliRotation"
    case .preparation: "AmplitudeEncoding"
    case .channel(let channel): channel.name
    case .barrier: "Barrier"
    case .measurement: "Measure"
    case .reset: "Reset"
    case .assignment: "Assign"
    case .conditional: "If"
    case .loop: "While"
    case .snapshot: "Snapshot"
    }
  }
}

extension Instruction: CustomStringConvertible {
  /// The instruction as the circuit language writes it, for example `CRX(w[0], 0, 1).controlled(by: [3: 0])`.
  public var description: String {
    var arguments: [String] = []
    var ownControls = 0
    switch kind {
    case .gate(let gate, let angles):
      arguments = angles.map(\.description)
      ownControls = gate.row.controlCount
      arguments += qubits.prefix(ownControls).map(String.init) + targets.map(String.init)
    case .pauliRotation(let word, let angle):
      arguments = [angle.description] + targets.indices.map { "\(word[$0]?.rawValue ?? "I")(\(targets[$0]))" }
    case .preparation(let preparation): arguments = ["\(preparation.count) amplitudes"] + targets.map(String.init)
    case .channel(let channel): arguments = channel.strengths.map(\.description) + targets.map(String.init)
    case .measurement(let bits):
      let registers: [ClassicalRegister] = []
      arguments = targets.map(String.init) + ["into: \(registers.name(ofBits: bits))"]
    case .assignment(let bits, let value):
      let registers: [ClassicalRegister] = []
      arguments = ["\(value)", "to: \(registers.name(ofBits: bits))"]
    case .conditional(let condition, _, _): arguments = ["\(condition)"]
    case .loop(let condition, let limit, _): arguments = ["\(condition)", "limit: \(limit)"]
    case .snapshot(let snapshot): arguments = ["\"\(snapshot.label)\""] + targets.map(String.init)
    case .unitary, .diagonal, .permutation, .barrier, .reset: arguments = targets.map(String.init)
    }
    let added = controls.dropFirst(ownControls)
    let suffix = added.map { "\($0.qubit): \($0.isOne ? 1 : 0)" }.joined(separator: ", ")
    return "\(name)(\(arguments.joined(separator: ", ")))" + (added.isEmpty ? "" : ".controlled(by: [\(suffix)])")
  }
}
