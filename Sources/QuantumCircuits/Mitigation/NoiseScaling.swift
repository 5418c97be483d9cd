import QuantumStates

extension Circuit {
  /// The circuit with more noise: gates G become G G† G, from the first on as evenly as the scale asks for.
  ///
  /// A gate goes with the channels that follow it before the next gate, so that noise that stands in the circuit is scaled too. The
  /// number of gates grows by the scale, up to rounding to whole foldings: `achieved` says what came out.
  ///
  /// Gates in the blocks of conditionals and loops are folded where they stand and count once, however often they are run: odd
  /// scales fold every gate alike, whatever is run.
  ///
  /// - Parameter scale: at least 1; 3 folds every gate once, 5 twice.
  /// - Returns: the circuit, and the ratio of the numbers of gates.
  ///
  /// Source: Giurgica-Tiron, Hindy, LaRose, Mari, Zeng, "Digital zero noise extrapolation for quantum error mitigation", 2020.
  public func folded(scale: Double) -> (circuit: Circuit, achieved: Double) {
    precondition(scale >= 1 && scale.isFinite, "Circuit.folded: the scale is \(scale), at least 1")
    let gates = instructions.reduce(0) { $0 + $1.foldableCount }
    let wanted = Int(((scale - 1) / 2 * Double(gates)).rounded())
    var folding = Folding(gates: gates, wanted: wanted)
    return (transformed { folding.fold($0) }, gates == 0 ? 1 : 1 + 2 * Double(wanted) / Double(gates))
  }

  /// The circuit with every channel applied a number of times: noise of that many times the length, gates as they are.
  public func stretchingChannels(times: Int) -> Circuit {
    precondition(times >= 0, "Circuit.stretchingChannels: \(times) times, at least 0")
    return transformed { Self.stretchingChannels(of: $0, times: times) }
  }

  private static func stretchingChannels(of instructions: [Instruction], times: Int) -> [Instruction] {
    instructions.flatMap { instruction in
      instruction.isChannel
        ? Array(repeating: instruction, count: times)
        : [instruction.mappingWholeBlocks { stretchingChannels(of: $0, times: times) }]
    }
  }
}

/// Deals a number of foldings to the gates of a circuit, in the order in which they stand.
private struct Folding {
  let gates: Int
  let wanted: Int
  private var seen = 0

  init(gates: Int, wanted: Int) { (self.gates, self.wanted) = (gates, wanted) }

  mutating func fold(_ instructions: [Instruction]) -> [Instruction] {
    // A gate, or what is none, with the channels behind it.
    var units: [[Instruction]] = []
    for instruction in instructions {
      if instruction.isChannel, !units.isEmpty { units[units.count - 1].append(instruction) } else { units.append([instruction]) }
    }
    var result: [Instruction] = []
    for unit in units {
      guard unit[0].isFoldable else {
        result += [unit[0].mappingWholeBlocks { fold($0) }] + unit.dropFirst()
        continue
      }
      // The foldings up to here are the wanted ones in proportion.
      let times = (seen + 1) * wanted / gates - seen * wanted / gates
      seen += 1
      result += unit
      for _ in 0..<times { result += [unit[0].inverse] + unit.dropFirst() + unit }
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

  /// How many such gates the instruction is or has in its blocks.
  fileprivate var foldableCount: Int { isFoldable ? 1 : blocks.joined().reduce(0) { $0 + $1.foldableCount } }
}
