import QuantumStates

extension Circuit {
  /// The circuit with more noise: gates G become G G† G, from the first on as evenly as the scale asks for.
  ///
  /// A gate goes with the channels that follow it before the next gate, so that noise that stands in the circuit is scaled too. The
  /// number of gates grows by the scale, up to rounding to whole foldings: `achieved` says what came out.
  ///
  /// - Parameter scale: at least 1; 3 folds every gate once, 5 twice.
  /// - Returns: the circuit, and the ratio of the numbers of gates.
  ///
  /// Source: Giurgica-Tiron, Hindy, LaRose, Mari, Zeng, "Digital zero noise extrapolation for quantum error mitigation", 2020.
  public func folded(scale: Double) -> (circuit: Circuit, achieved: Double) {
    precondition(scale >= 1 && scale.isFinite, "Circuit.folded: the scale is \(scale), at least 1")
    var units: [[Instruction]] = []
    for instruction in instructions {
      if instruction.isChannel, !units.isEmpty { units[units.count - 1].append(instruction) } else { units.append([instruction]) }
    }
    let gates = units.indices.filter { units[$0][0].isFoldable }
    let wanted = Int(((scale - 1) / 2 * Double(gates.count)).rounded())
    var result = Circuit(qubits: qubitCount, registers: registers)
    var seen = 0
    for index in units.indices {
      result.append(units[index])
      guard units[index][0].isFoldable else { continue }
      // The foldings up to here are the wanted ones in proportion.
      let times = (seen + 1) * wanted / gates.count - seen * wanted / gates.count
      seen += 1
      for _ in 0..<times {
        result.append([units[index][0].inverse] + units[index].dropFirst())
        result.append(units[index])
      }
    }
    return (result, gates.isEmpty ? 1 : 1 + 2 * Double(wanted) / Double(gates.count))
  }

  /// The circuit with every channel applied a number of times: noise of that many times the length, gates as they are.
  public func stretchingChannels(times: Int) -> Circuit {
    precondition(times >= 0, "Circuit.stretchingChannels: \(times) times, at least 0")
    var result = Circuit(qubits: qubitCount, registers: registers)
    for instruction in instructions {
      for _ in 0..<(instruction.isChannel ? times : 1) { result.append(instruction) }
    }
    return result
  }
}

extension Instruction {
  /// Whether the instruction is a gate that an inverse undoes.
  fileprivate var isFoldable: Bool {
    switch kind {
    case .gate, .unitary, .diagonal, .permutation, .pauliRotation: true
    default: false
    }
  }
}
