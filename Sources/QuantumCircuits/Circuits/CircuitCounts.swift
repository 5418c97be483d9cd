extension Circuit {
  /// Calls `body` for every instruction that acts on the state or on bits, those inside blocks in place of the blocks.
  private func forEachAction(_ body: (Instruction) -> Void) {
    func visit(_ instruction: Instruction) {
      if instruction.blocks.isEmpty {
        if instruction.actsOnState || !instruction.writtenBits.isEmpty { body(instruction) }
      } else {
        instruction.blocks.joined().forEach(visit)
      }
    }
    instructions.forEach(visit)
  }

  /// How many instructions act: all but barriers and snapshots, those inside blocks each once.
  public var operationCount: Int {
    var count = 0
    forEachAction { _ in count += 1 }
    return count
  }

  /// How often each instruction occurs, by its name without controls that were added to it.
  public var countsByName: [String: Int] {
    var counts: [String: Int] = [:]
    forEachAction { counts[$0.name, default: 0] += 1 }
    return counts
  }

  /// How many instructions act on exactly two qubits, controls included.
  public var twoQubitCount: Int {
    var count = 0
    forEachAction { if $0.qubits.count == 2 { count += 1 } }
    return count
  }

  /// The number of layers when every instruction starts as soon as its qubits and bits are free; a barrier makes its qubits wait.
  ///
  /// A conditional takes as many layers as its deeper block, a loop as many as one round.
  public var depth: Int { Self.depth(of: instructions, qubitCount: qubitCount, bitCount: bitCount) }

  private static func depth(of instructions: [Instruction], qubitCount: Int, bitCount: Int) -> Int {
    var ready = Array(repeating: 0, count: qubitCount)
    var bitsReady = Array(repeating: 0, count: bitCount)
    for instruction in instructions {
      if case .snapshot = instruction.kind { continue }
      let isBarrier = instruction.kind == .barrier
      let qubits = isBarrier && instruction.targets.isEmpty ? Array(0..<qubitCount) : instruction.qubits
      let bits = instruction.allBits
      let start = max(qubits.map { ready[$0] }.max() ?? 0, bits.map { bitsReady[$0] }.max() ?? 0)
      let layers =
        instruction.blocks.map { depth(of: $0, qubitCount: qubitCount, bitCount: bitCount) }.max()
        ?? (isBarrier || qubits.isEmpty ? 0 : 1)
      for qubit in qubits { ready[qubit] = start + layers }
      for bit in bits { bitsReady[bit] = start + layers }
    }
    return max(ready.max() ?? 0, bitsReady.max() ?? 0)
  }
}
