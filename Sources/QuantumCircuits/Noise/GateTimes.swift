import QuantumStates

/// How long operations take, in any one unit of time.
public struct GateTimes: Sendable, Hashable {
  /// By class; where an instruction has two, `phase` counts.
  public var classes: [GateClass: Double]
  /// By gate; counts before the class.
  public var gates: [Gate: Double]

  public init(classes: [GateClass: Double] = [:], gates: [Gate: Double] = [:]) {
    precondition(
      (Array(classes.values) + Array(gates.values)).allSatisfy { $0 >= 0 && $0.isFinite },
      "GateTimes: times must be finite and not negative, got \(classes) and \(gates)")
    self.classes = classes
    self.gates = gates
  }

  /// How long an instruction takes; 0 for what has no entry.
  public func duration(of instruction: Instruction) -> Double {
    if case .gate(let gate, _) = instruction.kind, let time = gates[gate] { return time }
    let kinds = instruction.gateClasses
    if kinds.contains(.phase), let time = classes[.phase] { return time }
    return kinds.compactMap { classes[$0] }.max() ?? 0
  }
}

/// When each instruction of a circuit begins: as soon as its qubits (and, behind a barrier, all that the barrier names) are free.
public struct Schedule: Sendable, Hashable {
  /// By instruction.
  public let starts: [Double]
  /// By instruction.
  public let durations: [Double]
  /// When the last instruction ends.
  public let total: Double

  /// The schedule of a circuit.
  public init(_ circuit: Circuit, times: GateTimes) {
    var free = [Double](repeating: 0, count: circuit.qubitCount)
    var (starts, durations): ([Double], [Double]) = ([], [])
    for instruction in circuit.instructions {
      let isBarrier = instruction.kind == .barrier
      let qubits = isBarrier && instruction.targets.isEmpty ? Array(0..<circuit.qubitCount) : instruction.qubits
      let start = qubits.map { free[$0] }.max() ?? 0
      let duration = times.duration(of: instruction)
      for qubit in qubits { free[qubit] = start + duration }
      starts.append(start)
      durations.append(duration)
    }
    (self.starts, self.durations, total) = (starts, durations, free.max() ?? 0)
  }
}

/// How a qubit relaxes while time passes.
public struct Relaxation: Sendable, Hashable {
  /// Relaxation time, in the unit of the gate times.
  public var t1: Angle
  /// Coherence time, at most twice t1.
  public var t2: Angle
  /// Of the state that is approached.
  public var excitedPopulation: Angle

  public init(t1: Angle, t2: Angle, excitedPopulation: Angle = 0) {
    self.t1 = t1
    self.t2 = t2
    self.excitedPopulation = excitedPopulation
  }

  /// The channel of a time.
  public func channel(time: Double) -> Channel {
    .thermalRelaxation(t1: t1, t2: t2, time: Angle(time), excitedPopulation: excitedPopulation)
  }
}
