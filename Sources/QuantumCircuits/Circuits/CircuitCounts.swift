extension Circuit {
  /// How many instructions act: all but barriers.
  public var operationCount: Int { instructions.count { $0.kind != .barrier } }

  /// How often each instruction occurs, by its name without controls that were added to it.
  public var countsByName: [String: Int] {
    instructions.reduce(into: [:]) { counts, instruction in
      if instruction.kind != .barrier { counts[instruction.name, default: 0] += 1 }
    }
  }

  /// How many instructions act on exactly two qubits, controls included.
  public var twoQubitCount: Int { instructions.count { $0.kind != .barrier && $0.qubits.count == 2 } }

  /// The number of layers when every instruction starts as soon as its qubits are free; a barrier makes its qubits wait.
  public var depth: Int {
    var ready = Array(repeating: 0, count: qubitCount)
    for instruction in instructions {
      let isBarrier = instruction.kind == .barrier
      let qubits = isBarrier && instruction.targets.isEmpty ? Array(0..<qubitCount) : instruction.qubits
      let start = qubits.map { ready[$0] }.max() ?? 0
      for qubit in qubits { ready[qubit] = start + (isBarrier ? 0 : 1) }
    }
    return ready.max() ?? 0
  }
}
