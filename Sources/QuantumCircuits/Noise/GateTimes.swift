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

  /// How long an instruction takes; 0 for what has no entry. A conditional takes as long as its longer branch, a loop as one round.
  public func duration(of instruction: Instruction) -> Double {
    if !instruction.blocks.isEmpty { return instruction.blocks.map { Schedule($0, times: self).total }.max()! }
    if case .gate(let gate, _) = instruction.kind, let time = gates[gate] { return time }
    let kinds = instruction.gateClasses
    if kinds.contains(.phase), let time = classes[.phase] { return time }
    return kinds.compactMap { classes[$0] }.max() ?? 0
  }
}

/// When each instruction of a circuit begins: as soon as its qubits (and, behind a barrier, all that the barrier names) are free
/// and the classical bits that it reads are measured.
///
/// Conditionals and loops are one instruction with a time line of their own inside. A loop counts as one round: how many there will
/// be, no schedule knows.
public struct Schedule: Sendable, Hashable {
  /// By instruction.
  public let starts: [Double]
  /// By instruction.
  public let durations: [Double]
  /// When the last instruction ends.
  public let total: Double

  /// The schedule of a circuit.
  public init(_ circuit: Circuit, times: GateTimes) { self.init(circuit.instructions, times: times) }

  /// The schedule of a block of instructions, from 0 on.
  init(_ instructions: [Instruction], times: GateTimes) {
    var free: [Int: Double] = [:]
    // Of bits when they are written, and when they were last read: nothing is stored before earlier readers have looked.
    var (written, read): ([Int: Double], [Int: Double]) = ([:], [:])
    // A barrier without names holds all qubits, those too that nothing acted on.
    var (floor, total) = (0.0, 0.0)
    var (starts, durations): ([Double], [Double]) = ([], [])
    for instruction in instructions {
      let (writes, reads) = (instruction.bits(\.writtenBits), instruction.bits(\.readBits))
      var start = instruction.qubits.reduce(floor) { max($0, free[$1] ?? 0) }
      start = reads.reduce(start) { max($0, written[$1] ?? 0) }
      start = writes.reduce(start) { max($0, written[$1] ?? 0, read[$1] ?? 0) }
      if instruction.kind == .barrier, instruction.targets.isEmpty {
        start = free.values.reduce(floor) { max($0, $1) }
        floor = start
      }
      let duration = times.duration(of: instruction)
      for qubit in instruction.qubits { free[qubit] = start + duration }
      for bit in reads { read[bit] = max(read[bit] ?? 0, start) }
      for bit in writes { written[bit] = start + duration }
      total = max(total, start + duration)
      starts.append(start)
      durations.append(duration)
    }
    (self.starts, self.durations, self.total) = (starts, durations, total)
  }
}

extension Instruction {
  /// Bits of the instruction and of those in its blocks.
  fileprivate func bits(_ own: KeyPath<Instruction, [Int]>) -> [Int] {
    blocks.isEmpty ? self[keyPath: own] : self[keyPath: own] + blocks.joined().flatMap { $0.bits(own) }
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
