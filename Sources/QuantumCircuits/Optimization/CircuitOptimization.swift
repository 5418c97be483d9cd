extension Circuit {
  /// The same circuit with fewer instructions: the same unitary with its global phase, the same measurements, and the same
  /// dependence on every parameter and feature.
  ///
  /// Rules are applied until nothing changes any more, so that the result of an optimized circuit is itself. No rule may take the
  /// last occurrence of a symbol away: `RX(w) RX(-w)` stays where nothing else depends on w, and the report names w. What is no
  /// unitary gate is neither changed nor crossed on its qubits; blocks are optimized each by itself.
  ///
  /// A noise model acts on the gates that it finds: optimize before noise is added, or not at all.
  ///
  /// - Complexity: O(instructions) a pass, each looking back over at most 64 instructions.
  public func optimized(_ rules: Set<OptimizationRule> = Set(OptimizationRule.allCases)) -> OptimizedCircuit {
    var ledger = SymbolLedger(instructions)
    var (current, applied) = (instructions, [OptimizationRule: Int]())
    while true {
      var pass = Peephole(rules: rules, qubitCount: qubitCount, ledger: ledger)
      let next = pass.run(current)
      ledger = pass.ledger
      applied.merge(pass.applied, uniquingKeysWith: +)
      if next == current { break }
      current = next
    }
    var result = Circuit(qubits: qubitCount, registers: registers)
    for instruction in current { result.add(instruction) }
    let report = OptimizationReport(
      before: CircuitSize(self), after: CircuitSize(result), applied: applied, keptSymbols: ledger.kept.sorted())
    return OptimizedCircuit(circuit: result, report: report)
  }
}

/// What an optimization may do.
public enum OptimizationRule: String, CaseIterable, Sendable {
  /// Rotations about the same axis become one, angles and expressions added up; so do powers of a gate, as T T = S.
  case mergeRotations = "merge-rotations"
  /// A gate and its inverse go.
  case cancelInverses = "cancel-inverses"
  /// Gates that do nothing go; a phase of the whole state is kept as a global phase.
  case removeIdentities = "remove-identities"
  /// Partners are looked for beyond instructions that commute: diagonals and controls, targets about the same axis.
  case commute
}

/// A circuit after optimization, and what was done.
public struct OptimizedCircuit: Sendable {
  /// The circuit.
  public let circuit: Circuit
  /// What it took and takes.
  public let report: OptimizationReport
}

/// How large a circuit was before and is after its optimization.
public struct OptimizationReport: Sendable, Hashable {
  /// Sizes before.
  public let before: CircuitSize
  /// Sizes after.
  public let after: CircuitSize
  /// How often each rule was applied.
  public let applied: [OptimizationRule: Int]
  /// Parameters and features for whose sake something was left that could have gone.
  public let keptSymbols: [Angle.Symbol]

  package init(before: CircuitSize, after: CircuitSize, applied: [OptimizationRule: Int], keptSymbols: [Angle.Symbol]) {
    (self.before, self.after, self.applied, self.keptSymbols) = (before, after, applied, keptSymbols)
  }
}

/// The numbers by which circuits are compared.
public struct CircuitSize: Sendable, Hashable, Codable {
  /// All that acts, as `operationCount` counts.
  public let operations: Int
  /// Layers, as `depth` counts.
  public let depth: Int
  /// Instructions on exactly two qubits.
  public let twoQubit: Int
  /// How often each instruction occurs.
  public let counts: [String: Int]

  /// The numbers of a circuit.
  public init(_ circuit: Circuit) {
    (operations, depth) = (circuit.operationCount, circuit.depth)
    (twoQubit, counts) = (circuit.twoQubitCount, circuit.countsByName)
  }
}
